/**
 * Activity of a step says what the counters say, for any workers, kernels and lengths of recordings: its counts sum to
 * `updatesActive`, its marks to its counts, and asking for it changes nothing else.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ones, SeamountError } from '../../cores/index.js';
import {
  activityWords,
  Chip,
  type ChipImage,
  type ChipOptions,
  joinRecordings,
  type Recording,
} from '../../routing/index.js';
import { cells, compile, connectors, Network, synapses } from '../../src/index.js';
import { chipCase, chipOf } from './random-chip.js';

const STEPS = 60;

async function run(image: ChipImage, options: ChipOptions) {
  await using chip = await Chip.open(image, { pool: 'inline', ...options });
  const parts: Recording[] = [];
  try {
    // several legs: what is known between steps must not go stale between legs
    for await (const part of chip.legs(STEPS, { every: 23 })) parts.push(part);
  } catch (error) {
    // sums without a register may leave the emulator's
    if (!(error instanceof SeamountError && error.code === 'E_OVERFLOW')) throw error;
  }
  return { recording: joinRecordings(parts), counters: chip.counters(), hash: chip.stateHash() };
}

const column = (rows: Uint32Array, width: number, at: number): number[] =>
  Array.from({ length: rows.length / width }, (_, step) => rows[step * width + at]!);

describe('activity', () => {
  it('counts per core what the counters sum up', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        const plain = await run(image, { kernels: 'scalar' });
        expect(plain.recording.activity).toBeNull();
        let first: Uint32Array | null = null;
        for (const kernels of ['scalar', 'wasm'] as const) {
          for (const workers of [1, 3]) {
            const { recording, counters, hash } = await run(image, { kernels, workers, activity: 'counts' });
            expect(hash).toBe(plain.hash);
            const { counts, masks } = recording.activity!;
            expect(masks).toBeNull();
            expect(counts.length).toBe(recording.to * image.cores.length);
            // of each step, too
            first ??= counts;
            expect(counts).toEqual(first);
            counters.cores.forEach(({ updatesActive }, c) => {
              const sum = column(counts, image.cores.length, c).reduce((a, b) => a + b, 0);
              expect(BigInt(sum)).toBe(updatesActive);
            });
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('counts what moves in an active set as the scalar code does, which makes none', async () => {
    const network = new Network();
    const few = network.population(
      6000,
      cells.loihi({
        vthMant: 20,
        dv: 1000,
        biasExp: 6,
        biasMant: Int32Array.from({ length: 6000 }, (_, i) => (i % 700 === 3 ? 14 : 0)),
      }),
    );
    // one in 700 fires in every other step, and its targets seldom do
    network.projection(few, few, connectors.fixedNumberPre(8), synapses.static({ weight: 12 }));
    const { image } = compile(network, { profile: 'unlimited', coreSize: 1900 });
    const [scalar, wasm, two] = await Promise.all(
      [{ kernels: 'scalar' as const }, {}, { workers: 2 }].map((options) =>
        run(image, { ...options, activity: 'counts' }),
      ),
    );
    expect(scalar!.recording.spikes.ids.length).toBeGreaterThan(100);
    for (const { recording } of [wasm!, two!])
      expect(recording.activity!.counts).toEqual(scalar!.recording.activity!.counts);
  });

  it('marks as many compartments as it counts, in every step', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        const { recording: counted, hash } = await run(image, { activity: 'counts' });
        const marked = await Promise.all(
          [
            { kernels: 'scalar', workers: 1 } as const,
            { kernels: 'wasm', workers: 2, recordingWords: 64 } as const,
          ].map((options) => run(image, { ...options, activity: 'compartments' })),
        );
        const first = activityWords(image.cores);
        for (const { recording, hash: other } of marked) {
          expect(other).toBe(hash);
          const { counts, masks } = recording.activity!;
          expect(counts).toEqual(counted.activity!.counts);
          expect(masks).toEqual(marked[0]!.recording.activity!.masks);
          image.cores.forEach((_, c) => {
            const words = Array.from({ length: first[c + 1]! - first[c]! }, (_w, k) =>
              column(masks!, first.at(-1)!, first[c]! + k).map(ones),
            );
            const sums = words.reduce((a, b) => a.map((x, i) => x + b[i]!));
            expect(sums).toEqual(column(counts, image.cores.length, c));
          });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('marks compartments with voltage or bias where that is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        const all = await run(image, { activity: 'compartments' });
        const some = await run(image, { activity: 'voltages' });
        const of = all.recording.activity!.masks!;
        some.recording.activity!.masks!.forEach((word, i) => {
          expect(word & ~of[i]!).toBe(0);
        });
        expect(some.hash).toBe(all.hash);
      }),
      { numRuns: 15 },
    );
  });
});
