/** Spikes, traces, state and counters do not depend on workers, pool or kernels. */
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions, spikeHash } from '../../routing/index.js';
import { RelayPool } from './relay-pool.js';
import { type TinyOptions, tinyImage } from './tiny-image.js';

const STEPS = 200;

const poisson = { kind: 'poisson', first: 0, seed: 3, from: 2, to: 150 } as const;
const NETS: Readonly<Record<string, TinyOptions>> = {
  'delays, generated and listed sources, probes': {
    seed: 11,
    cores: [16, 17, 5, 40, 8, 31, 1, 9, 22, 12],
    sources: 12,
    maxDelay: 9,
    schedules: [
      { ...poisson, thresholds: new Uint32Array(6).fill(2 ** 30) },
      {
        kind: 'regular',
        first: 6,
        periods: Uint32Array.of(7, 0, 3),
        phases: Uint32Array.of(2, 1, 5),
        to: 190,
      },
      { kind: 'array', steps: Uint32Array.of(40, 1, 40, 200), sources: Uint32Array.of(9, 10, 11, 9) },
      { kind: 'array', steps: Uint32Array.of(7, 40), sources: Uint32Array.of(10, 9) },
    ],
    probes: [
      {
        population: 0,
        variables: ['spikes', 'v'],
        neurons: Uint32Array.of(0, 3, 80, 160),
        from: 1,
        to: 0,
        every: 1,
      },
      { population: 0, variables: ['u'], neurons: Uint32Array.of(159, 160), from: 20, to: 77, every: 5 },
    ],
  },
  'every neuron fires in every step': { seed: 13, cores: [9, 30, 4, 16, 16, 16, 16, 16], driven: true },
  'adaptive thresholds': {
    seed: 14,
    cores: [20, 33, 7, 16, 5, 9, 12, 40],
    adaptive: 0.6,
    profile: UNLIMITED,
  },
  'ternary, one core': { seed: 12, cores: [50], ternary: true, profile: UNLIMITED },
};

const POOLS = { inline: 'inline', threads: 'threads', 'in relays': new RelayPool() } as const;

interface Outcome {
  readonly spikes: string;
  readonly state: string;
  readonly counters: unknown;
  readonly traces: unknown;
}

async function outcome(image: ChipImage, options: ChipOptions): Promise<Outcome> {
  await using chip = await Chip.open(image, options);
  chip.send({ sources: [1, 2], steps: [5, 90] });
  const { spikes, traces } = await chip.run(STEPS);
  expect(spikes.steps.length).toBeGreaterThan(100);
  return {
    spikes: `${spikeHash(spikes).toString(16)} ${spikes.values?.join()}`,
    state: chip.stateHash(),
    counters: chip.counters(),
    traces,
  };
}

describe.each(Object.entries(NETS))('%s', (_, options) => {
  const { image } = tinyImage(options);
  const reference = outcome(image, { workers: 1, kernels: 'scalar', pool: 'inline' });
  for (const kernels of ['scalar', 'wasm'] as const) {
    for (const [name, pool] of Object.entries(POOLS)) {
      it.each([1, 2, 3, 8])(`${kernels}, ${name}, workers: %i`, async (workers) => {
        expect(await outcome(image, { workers, kernels, pool })).toEqual(await reference);
      });
    }
  }
});

describe('what was recorded', () => {
  const { image } = tinyImage(NETS['delays, generated and listed sources, probes']!);

  it('is in order of step, then id, and holds the sources', async () => {
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { spikes } = await chip.run(STEPS);
    const { steps, ids } = spikes;
    for (let i = 1; i < ids.length; i++) {
      expect(steps[i - 1]! < steps[i]! || ids[i - 1]! <= ids[i]!).toBe(true);
    }
    const stepsOf = (source: number) => [...steps].filter((_, i) => ids[i] === 161 + source);
    expect(stepsOf(6)).toEqual(Array.from({ length: 27 }, (_, k) => 2 + 7 * k));
    expect(stepsOf(7)).toEqual([]);
    expect(stepsOf(9)).toEqual([40, 40, 200]);
    expect(stepsOf(10)).toEqual([1, 7]);
    expect(stepsOf(0).every((step) => step >= 2 && step <= 150)).toBe(true);
    expect(stepsOf(0).length).toBeGreaterThan(20);
  });

  it('can be the probed neurons only, or nothing', async () => {
    await using all = await Chip.open(image, { kernels: 'scalar' });
    await using some = await Chip.open(image, {
      kernels: 'scalar',
      workers: 3,
      pool: 'inline',
      recordSpikes: 'probed',
    });
    await using none = await Chip.open(image, { kernels: 'scalar', recordSpikes: 'none' });
    const { spikes } = await all.run(STEPS);
    const probed = [...spikes.ids.keys()].filter((i) => [0, 3, 80, 160].includes(spikes.ids[i]!));
    const recorded = await some.run(STEPS);
    expect([...recorded.spikes.ids]).toEqual(probed.map((i) => spikes.ids[i]));
    expect([...recorded.spikes.steps]).toEqual(probed.map((i) => spikes.steps[i]));
    expect((await none.run(STEPS)).spikes.ids).toHaveLength(0);
    expect(none.stateHash()).toBe(all.stateHash());
  });

  it('samples u and v in their windows', async () => {
    await using chip = await Chip.open(image, { kernels: 'scalar', workers: 2, pool: 'inline' });
    const { traces } = await chip.run(STEPS);
    expect(traces.map(({ probe, variable }) => [probe, variable])).toEqual([
      [0, 'v'],
      [1, 'u'],
    ]);
    expect(traces[0]!.samples).toHaveLength(4 * STEPS);
    expect([...traces[1]!.steps]).toEqual([20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75]);
    await using again = await Chip.open(image, { kernels: 'scalar' });
    await again.run(40);
    const slice = image.populations[0]!.slices.find((s) => 160 >= s.neuron && 160 < s.neuron + s.count)!;
    expect(traces[1]!.samples[4 * 2 + 1]).toBe(
      again.state(slice.core).u[slice.compartment + 160 - slice.neuron],
    );
  });
});
