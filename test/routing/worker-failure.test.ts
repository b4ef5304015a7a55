/** A worker that throws, dies or hangs ends the run soon, and the first cause is what the caller hears. */
import { describe, expect, it } from 'vitest';
import { Cluster, type SeamountError } from '../../cores/index.js';
import { Chip, type ChipOptions } from '../../routing/index.js';
import { PiscinaPool } from '../../routing/pool-piscina.js';
import { tinyImage } from './tiny-image.js';

const { image } = tinyImage({ seed: 21, cores: [20, 20, 20, 20] });

const open = (worker: string, options: ChipOptions): Promise<Chip> =>
  Chip.open(image, {
    kernels: 'scalar',
    pool: new PiscinaPool(new URL(`./unruly/${worker}.ts`, import.meta.url).href),
    ...options,
  });

async function failureOf(chip: Chip): Promise<{ error: SeamountError; ms: number }> {
  const started = performance.now();
  const error = await chip.run(100_000).then(
    () => expect.fail('the run should have failed'),
    (e: SeamountError) => e,
  );
  return { error, ms: performance.now() - started };
}

describe('a worker that throws', () => {
  it('ends the run at once, named with what it said', async () => {
    await using chip = await open('throws', { workers: 3 });
    const { error, ms } = await failureOf(chip);
    expect(error).toMatchObject({ code: 'E_WORKER', message: 'shard 1 failed in step 50: no such axon' });
    expect(ms).toBeLessThan(3000);
    await expect(chip.run(1)).rejects.toMatchObject({ code: 'E_USAGE' });
    expect(() => chip.stateHash()).toThrow(/failed/);
  });
});

describe('a worker that dies', () => {
  it.each([1, 3])('of %i ends the run within seconds, by name', async (workers) => {
    await using chip = await open('dies', { workers });
    const { error, ms } = await failureOf(chip);
    expect(error.code).toBe('E_WORKER');
    expect(error.message).toMatch(new RegExp(`^shard ${workers - 1} died in step 50: `));
    expect(ms).toBeLessThan(5000);
  });
});

describe('a worker that hangs', () => {
  it('is named by the shard that waits for it', async () => {
    await using chip = await open('hangs', { workers: 2, stallMs: 400 });
    const { error, ms } = await failureOf(chip);
    expect(error.code).toBe('E_STALL');
    expect(error.message).toMatch(/shard 1/);
    expect(error.message).toMatch(/step 50/);
    expect(error.message).toMatch(/0\.4 s/);
    expect(ms).toBeLessThan(6000);
  });

  it('is noticed by the host when it is alone', async () => {
    await using chip = await open('hangs', { workers: 1, stallMs: 400 });
    const { error } = await failureOf(chip);
    expect(error).toMatchObject({
      code: 'E_STALL',
      message: 'shard 0 has not got beyond step 50 for 0.4 s',
    });
  });
});

describe('a worker that cannot start', () => {
  it('is an error of open', async () => {
    await expect(open('does-not-exist', { workers: 2 })).rejects.toMatchObject({ code: 'E_WORKER' });
  });
});

describe('a step that throws in the calling thread', () => {
  it('fails the chip, once and for good', async () => {
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { isQuiet } = Cluster.prototype;
    Cluster.prototype.isQuiet = () => {
      throw new RangeError('no such block');
    };
    try {
      await expect(chip.run(10)).rejects.toMatchObject({
        code: 'E_WORKER',
        message: 'step 1 failed: no such block',
      });
    } finally {
      Cluster.prototype.isQuiet = isQuiet;
    }
    expect(() => chip.stepSync()).toThrow('the chip has failed');
  });
});

describe('close', () => {
  it('in the middle of a run ends it and all threads', async () => {
    const chip = await Chip.open(image, { kernels: 'scalar', workers: 2 });
    const run = chip.run(2_000_000_000).catch((e: SeamountError) => e);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await chip.close();
    expect(await run).toMatchObject({ code: 'E_USAGE', message: 'the chip was closed during a run' });
    await chip.close();
    await expect(chip.run(1)).rejects.toThrow('the chip is closed');
  });
});
