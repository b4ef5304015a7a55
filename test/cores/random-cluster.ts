/** Clusters of unlike cores for comparing backends: every format, rule and register, from a seed. */
import fc from 'fast-check';
import {
  BRIAN2LOIHI,
  type ChipProfile,
  type ClusterSpec,
  type CoreImage,
  delayOf,
  indexOf,
  LAVA,
  LOIHI1,
  NENGO_LOIHI,
  packSynapse,
  type Rows,
  UNLIMITED,
} from '../../cores/index.js';
import { between, type Draw, drawFrom, imageOf, type KernelCase, withReset } from './kernels-case.js';

export interface ClusterCase {
  readonly seed: number;
  readonly profile: ChipProfile;
  readonly payloads: boolean;
  readonly cores: readonly Omit<KernelCase, 'profile' | 'payloads'>[];
  readonly rows: number;
}

/** Messages of one step at most, and times that a row may name one in-axon. */
export const MESSAGES = 6;
const REPEATS = 2;

const profile = fc
  .tuple(
    fc.constantFrom(LOIHI1, NENGO_LOIHI, LAVA, BRIAN2LOIHI, UNLIMITED),
    fc.constantFrom('wrap' as const, 'clamp' as const, 'error' as const),
    fc.boolean(),
  )
  .map(([shipped, onOverflow, adaptiveThreshold]): ChipProfile => {
    // sums of a connection have banks, and a core with banks is never placed with others
    const weights = { ...shipped.rules.weights, negativeExponent: 'synapseFloor' as const };
    return { ...shipped, rules: { ...shipped.rules, onOverflow, weights, adaptiveThreshold } };
  });

const core = fc.record({
  seed: fc.nat(),
  n: fc.oneof(fc.constantFrom(1, 15, 16, 17, 64), fc.integer({ min: 1, max: 120 })),
  axons: fc.integer({ min: 1, max: 6 }),
  maxDelay: fc.oneof(fc.constant(0), fc.nat({ max: 9 }), fc.nat({ max: 62 })),
  fan: fc.oneof(fc.constantFrom(0, 1, 120), fc.nat({ max: 30 })),
  bias: fc.boolean(),
  noise: fc.constantFrom(
    'off' as const,
    'off' as const,
    'off' as const,
    'current' as const,
    'voltage' as const,
  ),
  layer: fc.integer({ min: 0, max: 4 }).map((k) => k === 4),
  extreme: fc.integer({ min: 0, max: 3 }).map((k) => k === 3),
});

export const clusterCase: fc.Arbitrary<ClusterCase> = fc.record({
  seed: fc.nat(),
  profile,
  payloads: fc.boolean(),
  cores: fc.oneof(
    fc.array(core, { minLength: 2, maxLength: 6 }),
    // a delay line of more than 2^16 sums: addresses do not fit 16 bits
    fc.tuple(core, core).map(([a, b]) => [a, { ...b, n: 1100, maxDelay: 62 }]),
    // no delay anywhere: one row of the delay line
    fc.array(
      core.map((c) => ({ ...c, maxDelay: 0 })),
      { minLength: 2, maxLength: 6 },
    ),
  ),
  rows: fc.integer({ min: 1, max: 24 }),
});

export function clusterOf({ seed, profile, payloads, cores, rows }: ClusterCase): ClusterSpec {
  const draw = drawFrom(seed + 5);
  const images = cores.map((own) => {
    const mode = profile.rules.resets[draw(profile.rules.resets.length)]!;
    const image = withReset(imageOf({ ...own, profile, payloads }), mode, own.seed);
    return draw(2) === 0 ? image : withOneWeight(image, between(draw, -256, 255));
  });
  let firstKey = 1000;
  const placements = images.map(({ n }, i) => {
    const own = { profile, coreId: 40 - i, seed: 9, eventsPerAxon: MESSAGES * REPEATS, firstKey };
    firstKey += n;
    return own;
  });
  const axons = images.map(({ inAxons }) => inAxons);
  return { cores: images, placements, rows: rowsOf(draw, rows, axons), payloads, inboxCapacity: 64 };
}

/** The same core with one mantissa in all its lists, which then are stored as addresses only. */
function withOneWeight(image: CoreImage, mantissa: number): CoreImage {
  const { formats, format, wide, offset, count, words } = image.synapses;
  const changed = words.slice();
  for (let s = 0; s < count.length; s++) {
    if (formats[format[s]!]!.kind !== 'sparse' || wide[s] === 1) continue;
    for (let k = offset[s]!; k < offset[s]! + count[s]!; k++) {
      changed[k] = packSynapse(mantissa, delayOf(words[k]!), indexOf(words[k]!));
    }
  }
  return { ...image, synapses: { ...image.synapses, words: changed } };
}

/** Rows that reach up to two in-axons of every core, often none at all, in any order. */
function rowsOf(draw: Draw, count: number, axons: readonly number[]): Rows {
  const axonBits = 8;
  const start = [0];
  const entries: number[] = [];
  for (let row = 0; row < count; row++) {
    const reached = axons.flatMap((own, core) =>
      Array.from({ length: draw(REPEATS + 1) }, () => (core << axonBits) | draw(own)),
    );
    if (draw(3) === 0) reached.reverse();
    if (draw(6) !== 0) entries.push(...(draw(3) === 0 ? reached.slice(0, 1) : reached));
    start.push(entries.length);
  }
  return { start: Uint32Array.from(start), entries: Uint32Array.from(entries), axonBits };
}

/** Messages of one step, both ways, with the payloads that the cluster allows. */
export function messagesFor(
  draw: Draw,
  { rows, payloads }: ClusterCase,
  limit: number,
): { row: number; payload: number; pushed: boolean }[] {
  return Array.from({ length: draw(MESSAGES + 1) }, () => {
    const pushed = draw(2) === 0;
    const most = Math.min(1000, limit);
    let payload = pushed || draw(3) !== 0 ? 1 : -1;
    if (pushed && payloads) payload = between(draw, -most, most);
    return { row: draw(rows), payload, pushed };
  });
}
