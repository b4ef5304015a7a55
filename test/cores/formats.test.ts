/** The same synapses in every format give the same sums, and bytes of rows and shared kernels are stored once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alone,
  type BackendKind,
  type CoreImage,
  clusterLayout,
  packSynapse,
  packTarget,
  SeamountError,
  UNLIMITED,
} from '../../cores/index.js';
import { BACKENDS, FORMAT, runCore, testImage } from './core-fixture.js';

interface Segment {
  readonly kind: 'sparse' | 'dense' | 'conv' | 'wide';
  readonly shift: number;
  readonly offset: number;
  readonly count: number;
  readonly first: number;
  readonly delay: number;
}

/** An image whose in-axons have these segments. */
function imageOf(
  n: number,
  axons: readonly (readonly Segment[])[],
  stored: { words?: number[]; rows?: number[] },
  maxDelay: number,
): CoreImage {
  const all = axons.flat();
  const starts = [0];
  for (const axon of axons) starts.push(starts.at(-1)! + axon.length);
  return {
    ...testImage(UNLIMITED, { n }),
    compartments: { ...testImage(UNLIMITED, { n }).compartments, vthMant: 131_071, dv: 4095 },
    inAxons: axons.length,
    maxDelay,
    synapses: {
      formats: all.map(({ kind, shift }) => ({ ...FORMAT, kind: kind === 'wide' ? 'sparse' : kind, shift })),
      axonStart: Uint32Array.from(starts),
      format: Uint8Array.from(all, (_, s) => s),
      wide: Uint8Array.from(all, ({ kind }) => (kind === 'wide' ? 1 : 0)),
      offset: Uint32Array.from(all, (s) => s.offset),
      count: Uint32Array.from(all, (s) => s.count),
      first: Uint32Array.from(all, (s) => s.first),
      delay: Uint8Array.from(all, (s) => s.delay),
      words: Uint32Array.from(stored.words ?? []),
      rows: Int16Array.from(stored.rows ?? []),
    },
  };
}

/** u (which keeps nothing here) of steps 1 .. maxDelay + 1 after a message at step 1. */
async function response(
  image: CoreImage,
  axon: number,
  payload: number,
  kernels: BackendKind,
): Promise<number[][]> {
  const { core, step } = await runCore(UNLIMITED, image, { payloads: true, kernels });
  const out: number[][] = [];
  for (let t = 1; t <= image.maxDelay + 1; t++) {
    step(t, t === 1 ? [[axon, payload]] : []);
    out.push([...core.u.subarray(0, image.n)]);
  }
  return out;
}

const rows = fc.oneof(
  fc.array(fc.integer({ min: -128, max: 127 }), { minLength: 1, maxLength: 50 }),
  fc.array(
    fc.integer({ min: -128, max: 127 }).map((x) => 2 * x),
    { minLength: 1, maxLength: 50 },
  ),
  fc.array(fc.integer({ min: -256, max: 255 }), { minLength: 1, maxLength: 50 }),
);

describe.each(BACKENDS)('synapse formats (%s)', (kernels) => {
  it('rows, lists, kernels and wide lists agree', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.nat({ max: 30 }),
        fc.nat({ max: 7 }),
        fc.nat({ max: 4 }),
        fc.integer({ min: -3, max: 3 }),
        async (weights, first, delay, shift, payload) => {
          const n = first + weights.length;
          const count = weights.length;
          const list = weights.map((w, i) => packSynapse(w, delay, i));
          const pairs = weights.flatMap((w, i) => [packTarget(delay, i), w * 2 ** shift]);
          const at = { shift, count, first };
          const image = imageOf(
            n,
            [
              [{ ...at, kind: 'dense', offset: 3, delay }],
              [{ ...at, kind: 'sparse', offset: 0, delay: 0 }],
              [{ ...at, kind: 'conv', offset: 0, delay: 0 }],
              [{ ...at, kind: 'wide', offset: count, delay: 0 }],
            ],
            { words: [...list, ...pairs], rows: [9, 9, 9, ...weights] },
            delay + 2,
          );
          const wanted = Array.from({ length: delay + 3 }, (_, k) =>
            Array.from({ length: n }, (_, i) =>
              k === delay && i >= first ? weights[i - first]! * 2 ** shift * payload * 64 + 0 : 0,
            ),
          );
          for (let axon = 0; axon < 4; axon++) {
            expect(await response(image, axon, payload, kernels)).toEqual(wanted);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('each kind is counted as its own', async () => {
    const words = [packSynapse(2, 0, 0), packSynapse(4, 0, 1)];
    const at = { shift: 0, offset: 0, count: 2, first: 0, delay: 0 };
    const image = imageOf(
      3,
      [
        [
          { ...at, kind: 'sparse' },
          { ...at, kind: 'conv', first: 1 },
        ],
        [{ ...at, kind: 'dense', count: 3 }],
      ],
      { words, rows: [0, 0, 2] },
      0,
    );
    const { cluster, core, step } = await runCore(UNLIMITED, image, { eventsPerAxon: 2, kernels });
    step(1, [0, 1, 1]);
    // sparse, dense, conv, in pairs of 32 bits
    expect([...cluster.events]).toEqual([2, 0, 6, 0, 2, 0]);
    expect([...core.u.subarray(0, 3)]).toEqual([2 * 64, 6 * 64, 8 * 64]);
  });

  it('a shared kernel or row costs its bytes once', () => {
    const words = Array.from({ length: 900 }, (_, i) => packSynapse(2, 0, i % 30));
    const kernel = { kind: 'conv', shift: 0, offset: 0, count: 900, delay: 0 } as const;
    const row = { kind: 'dense', shift: 0, offset: 0, count: 500, first: 0, delay: 0 } as const;
    const image = (axons: number): CoreImage =>
      imageOf(
        600,
        Array.from({ length: axons }, (_, a) => [{ ...kernel, first: a }, row]),
        { words, rows: new Array<number>(500).fill(4) },
        0,
      );
    const bytesOf = (axons: number): number =>
      clusterLayout(alone(image(axons), { profile: UNLIMITED, coreId: 0, seed: 0 }, { inboxCapacity: 1 }))
        .bytes;
    // A further axon costs two segments and a word of the row table.
    const more = bytesOf(101) - bytesOf(1);
    expect(more).toBeLessThan(100 * 36 + 128);
  });
});

describe('sums that 32 bits cannot hold', () => {
  const at = { kind: 'wide', shift: 0, count: 2, first: 0, delay: 0, offset: 0 } as const;
  const image = (w: number): CoreImage =>
    imageOf(1, [[at]], { words: [packTarget(0, 0), w, packTarget(1, 0), w] }, 1);

  it('are refused when the core is placed', async () => {
    await expect(runCore(UNLIMITED, image(2 ** 30))).rejects.toThrow(SeamountError);
    await expect(runCore(UNLIMITED, image(2 ** 29), { eventsPerAxon: 2 })).rejects.toThrow('compartment 0');
    await runCore(UNLIMITED, image(2 ** 30 - 1));
  });

  it('cannot come from payloads either', async () => {
    const { cluster } = await runCore(UNLIMITED, image(2 ** 20), { payloads: true });
    expect(cluster.push(0, 1023)).toBe(true);
    expect(() => cluster.push(0, 1024)).toThrow('the limit there is 1023');
    expect(() => cluster.push(0, -1024)).toThrow(SeamountError);
  });
});

describe('messages', () => {
  it('beyond the inbox, the axons or the format are not lost silently', async () => {
    const image = imageOf(1, [[]], {}, 0);
    const { cluster } = await runCore(UNLIMITED, image, { inboxCapacity: 2 });
    expect([cluster.push(0), cluster.push(0), cluster.push(0)]).toEqual([true, true, false]);
    expect(() => cluster.push(1)).toThrow('no row 1');
    expect(() => cluster.push(0, 2)).toThrow('without payloads');
  });
});
