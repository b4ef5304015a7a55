/**
 * Rows of a fixed length: addresses of every width, lists that fit and lists that do not, into delay lines with marks
 * and without and into places. Both backends after every step, and each core alone.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import { type ClusterSpec, type CoreImage, LOIHI1 } from '../../cores/index.js';
import { between, type Draw, drawFrom } from './kernels-case.js';
import { ListBuilder } from './list-builder.js';
import { type Message, Twins } from './twin-clusters.js';

const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const ROWS = 80;
const AXON_BITS = 8;

interface Alike {
  readonly seed: number;
  readonly cores: readonly number[];
  readonly delays: number;
  /** Synapses of a core's list: as many in each, about as many, or mostly a tenth. */
  readonly fan: number;
  readonly spread: 'none' | 'some' | 'long';
  /** Weights within a list: one, or any. */
  readonly weights: 'even' | 'own';
  readonly bias: 'none' | 'some' | 'all';
  readonly payloads: boolean;
}

const shape = fc.constantFrom<Pick<Alike, 'cores' | 'delays'>>(
  { cores: [30, 50], delays: 0 },
  { cores: [30, 50], delays: 5 },
  { cores: [1500, 600], delays: 62 },
  // fit for an active set
  { cores: [4096], delays: 0 },
  { cores: [2040, 17, 2100], delays: 0 },
  { cores: [66_000], delays: 0 },
);
const rest = fc.record({
  seed: fc.nat(),
  fan: fc.constantFrom(1, 4, 25, 60),
  spread: fc.constantFrom('none' as const, 'some' as const, 'long' as const),
  weights: fc.constantFrom('even' as const, 'even' as const, 'own' as const),
  bias: fc.constantFrom('none' as const, 'some' as const, 'all' as const),
  payloads: fc.boolean(),
});
const alike = fc.tuple(shape, rest).map(([a, b]): Alike => ({ ...a, ...b }));

function lengthOf(draw: Draw, { fan, spread }: Alike): number {
  if (spread === 'none') return fan;
  if (spread === 'some') return Math.max(0, fan + between(draw, -3, 3));
  return draw(12) === 0 ? 10 * fan : Math.ceil(fan / 4);
}

function coreOf(draw: Draw, n: number, weights: readonly number[], spec: Alike): CoreImage {
  const builder = new ListBuilder();
  const shift = spec.seed % 3;
  for (const weight of weights) {
    builder.sparse(
      Array.from({ length: lengthOf(draw, spec) }, () => ({
        weight: spec.weights === 'even' ? weight : between(draw, -20, 30),
        target: draw(n),
        delay: draw(spec.delays + 1),
      })),
      shift,
    );
    builder.endAxon();
  }
  const bias = (): number => (spec.bias === 'all' || (spec.bias === 'some' && draw(50) === 0) ? 60 : 0);
  return builder.core(LOIHI1, n, {
    compartments: {
      du: 2500,
      dv: draw(2) === 0 ? 1000 : Int32Array.from({ length: n }, () => draw(4096)),
      vthMant: 60,
      refract: 2,
      biasMant: Int32Array.from({ length: n }, bias),
    },
    maxDelay: spec.delays,
  });
}

function clusterOf(spec: Alike): ClusterSpec {
  const draw = drawFrom(spec.seed);
  const weights = Array.from({ length: ROWS }, () => between(draw, -20, 30));
  const cores = spec.cores.map((n) => coreOf(draw, n, weights, spec));
  const start = [0];
  const entries: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    cores.forEach((_, core) => {
      if (draw(5) !== 0) entries.push((core << AXON_BITS) | row);
    });
    start.push(entries.length);
  }
  let firstKey = 0;
  const placements = cores.map(({ n }, coreId) => {
    firstKey += n;
    return { profile: LOIHI1, coreId, seed: 1, eventsPerAxon: 2, firstKey: firstKey - n };
  });
  const rows = { start: Uint32Array.from(start), entries: Uint32Array.from(entries), axonBits: AXON_BITS };
  return { cores, placements, rows, payloads: spec.payloads, inboxCapacity: 2 * ROWS };
}

function messagesFor(draw: Draw, payloads: boolean): Message[] {
  // nothing, a few, or more than are fetched together
  const count = [0, 0, 3, 70][draw(4)]!;
  return Array.from({ length: count }, () => {
    const pushed = draw(3) === 0;
    return {
      row: draw(ROWS),
      payload: pushed ? (payloads ? between(draw, -3, 3) : 1) : 1 - 2 * draw(2),
      pushed,
    };
  });
}

/** What the cases went through. */
const bits = new Set<number>();
const seen = { spills: 0, allFit: 0, marked: 0, unmarked: 0, condensed: 0, spikes: 0 };

async function compare(spec: Alike, steps: number): Promise<void> {
  const twins = await Twins.place(clusterOf(spec), { shared: (spec.seed & 1) === 0 });
  const { words } = twins.wasm;
  const draw = drawFrom(spec.seed + 1);
  bits.add(words[C.FIXED_BITS]!);
  for (let t = 1; t <= steps; t++) {
    words[C.NEXT_LOOK] = t;
    twins.step(t, messagesFor(draw, spec.payloads));
    expect(twins.difference(null), `step ${t}`).toBeNull();
    seen.condensed += twins.isCondensed ? 1 : 0;
    seen.spikes += twins.wasm.firedCount;
  }
  expect(twins.difference(steps)).toBeNull();
  expect(twins.differenceApart(steps)).toBeNull();
  if (words[C.FIXED_BITS] === 0) return;
  seen[words[C.FIXED_SPILLS] === 1 ? 'spills' : 'allFit']++;
  seen[words[C.NEVER_RESTS] === 1 ? 'unmarked' : 'marked']++;
}

describe('rows of a fixed length', () => {
  it(
    'give what the lists give',
    () =>
      fc.assert(
        fc.asyncProperty(alike, (spec) => compare(spec, 24)),
        { numRuns: 60 * EFFORT, seed: 31 },
      ),
    60_000 * EFFORT,
  );

  it(
    'give it of more than two million sums, too',
    () =>
      fc.assert(
        fc.asyncProperty(rest, (each) =>
          compare({ ...each, fan: 60, weights: 'even', cores: [66_000], delays: 31 }, 6),
        ),
        { numRuns: 3 * EFFORT, seed: 32 },
      ),
    60_000 * EFFORT,
  );

  it('were compared where it matters', () => {
    // 0: they would take too much memory
    expect([...bits].sort((a, b) => a - b)).toEqual([0, 16, 21, 23, 32]);
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });
});
