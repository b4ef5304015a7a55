/**
 * Spikes of a fully connected layer come in runs, and the kernels add the rows of a run together in 16 bits. Runs
 * longer than 256 rows, of -128 only, of any length, shifted and halved, and what breaks a run. Rows of small weights are
 * added in bytes first, at the ends of what those hold.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone, type ClusterSpec, LOIHI1 } from '../../cores/index.js';
import { between, type Draw, drawFrom } from './kernels-case.js';
import { ListBuilder } from './list-builder.js';
import { type Message, Twins } from './twin-clusters.js';

const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const ROWS = 700;
const WRAPS = { ...LOIHI1, rules: { ...LOIHI1.rules, onOverflow: 'wrap' as const } };

interface Layers {
  readonly seed: number;
  /** Compartments of a row on each core. */
  readonly lengths: readonly number[];
  /** Largest |weight| of most rows: several rows of small ones are added in bytes. */
  readonly most: number;
  /** Whether it is all there is. */
  readonly lowest: boolean;
  /** Nothing ends a run but its length. */
  readonly pure: boolean;
  readonly delay: number;
  readonly biased: boolean;
  readonly payloads: boolean;
}

const layers: fc.Arbitrary<Layers> = fc.record({
  seed: fc.nat(),
  lengths: fc.array(
    fc.oneof(fc.constantFrom(1, 15, 16, 17, 63, 64, 65, 80, 127, 128, 129), fc.integer({ min: 1, max: 300 })),
    { minLength: 1, maxLength: 3 },
  ),
  most: fc.constantFrom(128, 128, 127, 64, 63, 32, 31, 16, 15, 1),
  lowest: fc.boolean(),
  pure: fc.boolean(),
  delay: fc.constantFrom(0, 0, 1, 7),
  biased: fc.boolean(),
  payloads: fc.boolean(),
});

/** A row of weights: bytes, even ones that are halved to bytes, or more than bytes hold. */
function weights(draw: Draw, length: number, { most, lowest, pure }: Layers): number[] {
  const kind = pure ? 2 : draw(12);
  // of rows of bytes the last is odd, or the row would be stored halved
  const last = Math.max(1, most - 1 + (most & 1));
  if (lowest && kind < 10) {
    const sign = most < 128 && draw(4) === 0 ? 1 : -1;
    return Array.from({ length }, (_, k) => sign * (kind === 9 ? 2 * most : k === length - 1 ? last : most));
  }
  const scale = kind === 0 ? 255 : Math.min(127, most);
  const row = Array.from({ length }, () => between(draw, most === 128 ? -scale - 1 : -scale, scale));
  return kind === 1 ? row.map((w) => w & ~1) : [last, ...row.slice(1)];
}

function clusterOf(spec: Layers): ClusterSpec {
  const { seed, lengths, pure, delay, biased, payloads } = spec;
  const draw = drawFrom(seed);
  const places = lengths.map((length) => ({ length, first: draw(40), shift: draw(3) }));
  const builders = places.map(() => new ListBuilder());
  const start = [0];
  const entries: number[] = [];
  const axons = places.map(() => 0);
  for (let row = 0; row < ROWS; row++) {
    // most rows reach the first core with one segment; what does not, ends a run
    const core = !pure && draw(20) === 0 ? draw(places.length) : 0;
    const { length, first, shift } = places[core]!;
    const builder = builders[core]!;
    const odd = pure ? 99 : draw(100);
    const lane = odd < 10 && odd > 4 ? Math.max(0, first - 1) : first;
    builder.row(weights(draw, length, spec), lane, delay, odd === 0 ? shift + 1 : shift);
    if (odd === 1) builder.row(weights(draw, 1, spec), 0, delay, shift);
    if (odd === 2) builder.sparse([{ target: 0, delay: 0, weight: 7 }]);
    if (odd === 3) builder.row([], 0);
    builder.endAxon();
    if (odd !== 4) entries.push((core << 16) | axons[core]!);
    axons[core]! += 1;
    start.push(entries.length);
  }
  const cores = builders.map((builder, i) => {
    const { first, length } = places[i]!;
    const bias = biased ? 3 : 0;
    return builder.core(WRAPS, first + length, {
      compartments: { du: 1000, dv: 900, vthMant: 9000, biasMant: bias },
      maxDelay: delay,
    });
  });
  const placements = cores.map((_, coreId) => ({ profile: WRAPS, coreId, seed: 1, eventsPerAxon: 100 }));
  const rows = { start: Uint32Array.from(start), entries: Uint32Array.from(entries), axonBits: 16 };
  return { cores, placements, rows, payloads, inboxCapacity: 2 * ROWS };
}

/** Runs of up to all rows, in order or not, with a spike of -1 or a payload among them. */
function messagesFor(draw: Draw, payloads: boolean): Message[] {
  const pushed = draw(2) === 0;
  const stride = 1 + draw(3);
  const from = draw(ROWS);
  const odd = draw(3);
  const other = pushed && payloads ? between(draw, -3, 3) : -1;
  const isOther = (k: number): boolean => (odd === 0 ? false : odd === 1 ? k === 100 : draw(90) === 0);
  return Array.from({ length: draw(ROWS + 1) }, (_, k) => ({
    row: (from + k * stride) % ROWS,
    payload: (payloads || !pushed) && isOther(k) ? other : 1,
    pushed,
  }));
}

describe('runs of dense rows', () => {
  it(
    'add what their rows add one by one',
    async () => {
      await fc.assert(
        fc.asyncProperty(layers, async (spec) => {
          const twins = await Twins.place(clusterOf(spec));
          const draw = drawFrom(spec.seed + 1);
          for (let t = 1; t <= 6; t++) {
            twins.step(t, messagesFor(draw, spec.payloads));
            expect(twins.difference(t), `after step ${t}`).toBeNull();
          }
          expect(twins.differenceApart(6)).toBeNull();
        }),
        { numRuns: 80 * EFFORT, seed: 1 },
      );
    },
    60_000 * EFFORT,
  );

  it('add rows in bytes only where every row of their format can be, also one that was met in another', async () => {
    const builder = new ListBuilder();
    const axons = 17;
    const length = 64;
    builder.row(new Array<number>(length).fill(127), 0);
    builder.endAxon();
    for (let axon = 1; axon < axons; axon++) {
      builder.row(new Array<number>(length).fill(1), 0, 0, 1);
      builder.endAxon();
    }
    const image = builder.core(WRAPS, length, { compartments: { vthMant: 100_000 } });
    // all but one of the second format are the row of the first
    const offset = image.synapses.offset.map((at, s) => (s < axons - 1 ? 0 : at));
    const core = { ...image, synapses: { ...image.synapses, offset } };
    const twins = await Twins.place(
      alone(core, { profile: WRAPS, coreId: 0, seed: 1 }, { inboxCapacity: 1 }),
    );
    twins.step(
      1,
      Array.from({ length: axons }, (_, row) => ({ row, payload: 1, pushed: false })),
    );
    expect(twins.difference(1)).toBeNull();
  });
});
