/**
 * Membrane updates of a recording are what comparing v of every neuron step by step gives, for any workers, kernels and
 * lengths of recordings, and asking for them changes nothing else.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import {
  Chip,
  type ChipImage,
  type ChipOptions,
  joinRecordings,
  type Recording,
  spikeHash,
} from '../../routing/index.js';
import { cells, compile, connectors, Network, sources, synapses } from '../../src/index.js';
import { type ChipCase, chipCase, chipOf } from './random-chip.js';

const STEPS = 150;

const WAYS: readonly ChipOptions[] = [
  { kernels: 'scalar', workers: 1 },
  { kernels: 'scalar', workers: 3, recordingWords: 0 },
  { kernels: 'wasm', workers: 1, recordingWords: 64 },
  { kernels: 'wasm', workers: 3 },
  { kernels: 'wasm', workers: 2, pool: 'threads' },
];

/** With `resetAt`, the host resets the chip after that step. */
async function run(image: ChipImage, options: ChipOptions, resetAt = STEPS) {
  await using chip = await Chip.open(image, { pool: 'inline', ...options });
  const parts: Recording[] = [];
  try {
    for await (const part of chip.legs(resetAt, { every: 47 })) parts.push(part);
    if (resetAt < STEPS) chip.reset();
    for await (const part of chip.legs(STEPS - resetAt, { every: 31 })) parts.push(part);
  } catch (error) {
    // sums without a register may leave the emulator's
    if (!(error instanceof SeamountError && error.code === 'E_OVERFLOW')) throw error;
  }
  return { recording: joinRecordings(parts), counters: chip.counters(), hash: chip.stateHash() };
}

/** An image with v of all cells probed, which reads v itself in steps in which a neuron is held, too. */
function probed(image: ChipImage): ChipImage {
  const probes = image.populations.flatMap(({ kind, size }, population) =>
    kind === 'source'
      ? []
      : [
          {
            population,
            variables: ['v'] as const,
            neurons: Uint32Array.from({ length: size }, (_, i) => i),
            from: 1,
            to: 0,
            every: 1,
          },
        ],
  );
  const { profile } = image;
  return {
    ...image,
    profile: { ...profile, rules: { ...profile.rules, refractoryReadout: 'zero' } },
    probes,
  };
}

/** By step and population, from traces of v of all neurons. */
function recounted(
  { populations, probes }: ChipImage,
  { to, spikes, traces }: Recording,
): readonly (readonly number[])[] {
  const fired = new Set(Array.from(spikes.steps, (step, k) => 2 ** 20 * step + spikes.ids[k]!));
  const rows = Array.from({ length: to }, () => populations.map(() => 0));
  for (const { probe, steps, samples } of traces) {
    const { population } = probes[probe]!;
    const { firstId, size } = populations[population]!;
    steps.forEach((step, row) => {
      for (let i = 0; i < size; i++) {
        const has = samples[row * size + i];
        const had = row === 0 ? undefined : samples[(row - 1) * size + i];
        if (has !== had || fired.has(2 ** 20 * step + firstId + i)) rows[step - 1]![population]!++;
      }
    });
  }
  return rows;
}

const rowsOf = ({ populations }: ChipImage, { membraneUpdates, to }: Recording): number[][] =>
  Array.from({ length: to }, (_, row) => [
    ...membraneUpdates!.subarray(row * populations.length, (row + 1) * populations.length),
  ]);

async function expectRecounted(image: ChipImage, resetAt?: number): Promise<void> {
  const plain = await run(image, { kernels: 'scalar' }, resetAt);
  expect(plain.recording.membraneUpdates).toBeNull();
  const traced = probed(image);
  const right = recounted(traced, (await run(traced, { kernels: 'scalar' }, resetAt)).recording);
  for (const options of WAYS) {
    const { recording, counters, hash } = await run(image, { ...options, membraneUpdates: true }, resetAt);
    expect(rowsOf(image, recording)).toEqual(right);
    expect(spikeHash(recording.spikes)).toBe(spikeHash(plain.recording.spikes));
    expect(counters).toEqual(plain.counters);
    expect(hash).toBe(plain.hash);
  }
}

/** Two populations on each core, and compartments of none between them. */
function shared(spec: ChipCase): ChipImage {
  const image = chipOf(spec);
  const [cellsOf, inputs] = image.populations;
  const halves = [0, 1].map((half) => {
    let size = 0;
    const slices = cellsOf!.slices.flatMap(({ core, compartment, count }) => {
      const own = Math.floor(count / 2);
      if (own === 0) return [];
      size += own;
      return [{ core, compartment: compartment + half * (count - own), neuron: size - own, count: own }];
    });
    return { ...cellsOf!, label: `half ${half}`, slices, size };
  });
  const [first, second] = halves;
  const populations = [first!, inputs!, { ...second!, firstId: inputs!.firstId + inputs!.size }];
  return { ...image, populations, probes: [] };
}

describe('membrane updates', () => {
  it('are what comparing traces of v gives', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, (spec) => expectRecounted(chipOf(spec))),
      { numRuns: 25 },
    );
  });

  it('are told apart by population where cores are shared', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, (spec) => expectRecounted(shared(spec))),
      { numRuns: 15 },
    );
  });

  it('include what a reset by the host changes', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, fc.integer({ min: 1, max: STEPS - 1 }), (spec, resetAt) =>
        expectRecounted(chipOf(spec), resetAt),
      ),
      { numRuns: 15 },
    );
  });

  it('are counted in an active set as the scalar code counts, which makes none', async () => {
    const network = new Network();
    // one in 300 gets an input in a step, and 9 steps later its v is 0 again
    const input = network.population(6000, sources.poisson({ probability: 1 / 300 }));
    const few = network.population(6000, cells.loihi({ vthMant: 20, dv: 2048 }));
    network.projection(input, few, connectors.oneToOne(), synapses.static({ weight: 12 }));
    network.projection(few, few, connectors.fixedNumberPre(2), synapses.static({ weight: 12 }));
    await expectRecounted(compile(network, { profile: 'unlimited', coreSize: 1900 }).image);
  });

  it('are all of a resumed chip in its first step, which has none before it', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        await using chip = await Chip.open(image);
        await chip.run(1);
        await using resumed = await Chip.open(image, {
          checkpoint: chip.checkpoint(),
          membraneUpdates: true,
        });
        const { membraneUpdates } = await resumed.run(1);
        expect([...membraneUpdates!]).toEqual(
          image.populations.map(({ kind, size }) => (kind === 'cells' ? size : 0)),
        );
      }),
      { numRuns: 5 },
    );
  });
});
