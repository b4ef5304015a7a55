/** How long shards are busy is measured beside the run, and nothing of the run depends on it. */
import { describe, expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { tinyImage } from './tiny-image.js';

const { image } = tinyImage({ seed: 8, cores: [30, 30, 30], maxDelay: 3 });

describe('the balance of a chip', () => {
  it.each(['inline', 'threads'] as const)('says how long each shard was busy: %s', async (pool) => {
    await using chip = await Chip.open(image, { workers: 2, pool });
    expect(chip.balance.map(({ time }) => time)).toEqual([null, null]);
    await chip.run(1000);
    const { balance } = chip;
    expect(balance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(balance.reduce((sum, { cores }) => sum + cores, 0)).toBe(3);
    for (const { time } of balance) {
      expect(time!.busyMs).toBeGreaterThan(0);
      expect(time!.waitedMs).toBeGreaterThanOrEqual(0);
    }
    await chip.run(1000);
    expect(chip.balance[0]!.time!.busyMs).toBeGreaterThan(balance[0]!.time!.busyMs);
  });

  it('one shard is not measured: it has nobody to wait for', async () => {
    await using chip = await Chip.open(image);
    await chip.run(1000);
    expect(chip.balance).toEqual([{ firstCore: 0, cores: 3, share: 1, time: null }]);
  });

  it('times that were measured are no state', async () => {
    await using chip = await Chip.open(image, { workers: 2, pool: 'inline' });
    await using other = await Chip.open(image);
    await chip.run(500);
    await other.run(500);
    expect(chip.stateHash()).toBe(other.stateHash());
    expect(chip.checkpoint()).toEqual(other.checkpoint());
  });
});
