/** More shards than one word of the reach tables has bits; what is logged and posted does not depend on that. */
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { Chip, type ChipOptions } from '../../routing/index.js';
import { tinyImage } from './tiny-image.js';

const STEPS = 60;
const { image } = tinyImage({
  seed: 51,
  cores: Array.from({ length: 40 }, (_, c) => 1 + (c % 4)),
  density: 0.08,
  maxDelay: 3,
  ternary: true,
  profile: UNLIMITED,
  sources: 50,
  schedules: [
    { kind: 'poisson', first: 0, thresholds: new Uint32Array(50).fill(2 ** 29), seed: 4, from: 1, to: 999 },
  ],
  probes: [
    { population: 0, variables: ['spikes'], neurons: Uint32Array.of(0, 7, 50, 98), from: 1, to: 0, every: 1 },
    { population: 1, variables: ['spikes'], neurons: Uint32Array.of(3, 49), from: 1, to: 0, every: 1 },
  ],
});

async function outcome(options: ChipOptions) {
  await using chip = await Chip.open(image, { pool: 'inline', ...options });
  const { spikes } = await chip.run(STEPS);
  return { spikes, hash: chip.stateHash(), counters: chip.counters(), shards: chip.shards };
}

describe.each(['all', 'probed', 'none'] as const)('recording spikes: %s', (recordSpikes) => {
  it.each(['scalar', 'wasm'] as const)('40 shards are as one: %s', async (kernels) => {
    const one = await outcome({ workers: 1, kernels: 'scalar', recordSpikes });
    const forty = await outcome({ workers: 40, kernels, recordSpikes });
    expect([one.shards, forty.shards]).toEqual([1, 40]);
    expect({ ...forty, shards: 1 }).toEqual(one);
    expect(one.spikes.ids.length > 20).toBe(recordSpikes !== 'none');
    if (recordSpikes === 'all') expect(one.spikes.values).toContain(-1);
  });
});
