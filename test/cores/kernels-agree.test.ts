/**
 * The SIMD kernels compute what the scalar specification computes, bit for bit: state, delay line, spikes,
 * counters, sleep and faults of random cores, after every step.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import * as D from '../../cores/descriptor.js';
import {
  alone,
  BRIAN2LOIHI,
  type ChipProfile,
  Cluster,
  type Core,
  type CoreImage,
  clusterLayout,
  createBackend,
  LAVA,
  LOIHI1,
  NENGO_LOIHI,
  packSynapse,
  placeCluster,
  UNLIMITED,
} from '../../cores/index.js';
import { between, drawFrom, imageOf, type KernelCase, placementOf, withReset } from './kernels-case.js';

const BASE = 65_536;
/** Times as many cases, for a change of the kernels. */
const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const profile = fc
  .tuple(
    fc.constantFrom(LOIHI1, NENGO_LOIHI, LAVA, BRIAN2LOIHI, UNLIMITED),
    fc.constantFrom('wrap' as const, 'clamp' as const, 'error' as const),
    fc.boolean(),
  )
  .map(
    ([shipped, onOverflow, adaptiveThreshold]): ChipProfile => ({
      ...shipped,
      rules: { ...shipped.rules, onOverflow, adaptiveThreshold },
    }),
  );

const kernelCase: fc.Arbitrary<KernelCase> = fc.record({
  seed: fc.nat(),
  profile,
  n: fc.oneof(fc.constantFrom(1, 16, 64, 65), fc.integer({ min: 1, max: 300 })),
  axons: fc.integer({ min: 1, max: 12 }),
  maxDelay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 63 })),
  fan: fc.oneof(fc.constantFrom(0, 1, 300), fc.nat({ max: 40 })),
  payloads: fc.boolean(),
  bias: fc.boolean(),
  noise: fc.constantFrom('off' as const, 'off' as const, 'current' as const, 'voltage' as const),
  layer: fc.integer({ min: 0, max: 4 }).map((k) => k === 4),
  extreme: fc.boolean(),
});

/** Words that differ although the cores agree: addresses, what the kernels know of ranges, and when they last looked. */
const OWN_WORDS = new Set(Object.entries(D).flatMap(([name, word]) => (name.endsWith('_AT') ? [word] : [])));
for (const word of [D.WIDE, D.WIDE_ASLEEP, D.ACCOUNTED]) OWN_WORDS.add(word);

/** The core's own lanes of every row of the delay line; a lane beyond them belongs to nobody. */
function sumsOf({ acc, descriptor, u }: Core): number[] {
  const stride = 1 << descriptor[D.STRIDE_BITS]!;
  const rows = descriptor[D.BANKS]! * descriptor[D.SLOTS]!;
  return Array.from({ length: rows }, (_, row) => [
    ...acc.subarray(row * stride, row * stride + u.length),
  ]).flat();
}

/** Everything of a core that the next step or a user can see. */
function visible(cluster: Cluster): Readonly<Record<string, ArrayLike<number>>> {
  const core = cluster.cores[0]!;
  return {
    words: core.descriptor.filter((_, word) => !OWN_WORDS.has(word)),
    u: core.u,
    v: core.v,
    refractUntil: core.refractUntil,
    theta: core.theta ?? [],
    fired: cluster.fired.subarray(0, cluster.firedCount),
    spikeCounts: core.spikeCounts,
    counters: core.counterWords,
    events: cluster.events,
    acc: sumsOf(core),
    awake: core.awake,
    restActive: core.restActive,
  };
}

/** The first difference, or null. Cheaper than `toEqual` on arrays of this size. */
function difference(expected: Cluster, got: Cluster): string | null {
  const left = visible(expected);
  const right = visible(got);
  for (const name of Object.keys(left)) {
    const a = left[name]!;
    const b = right[name]!;
    if (a.length !== b.length) return `${name}: length ${a.length}, got ${b.length}`;
    for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return `${name}[${k}]: ${a[k]}, got ${b[k]}`;
  }
  // Marks may be more than the arrivals, never fewer; so may the last arrival step.
  const unmarked = (mark: number, at: number): boolean => mark > got.marks[at]!;
  const missing = got.words[C.NEVER_RESTS] === 1 ? -1 : expected.marks.findIndex(unmarked);
  if (missing >= 0) return `block ${missing} of the delay line is not marked`;
  const late = got.words[C.LAST_ARRIVAL]! < expected.words[C.LAST_ARRIVAL]!;
  return late ? 'the last arrival step is too early' : null;
}

interface Busyness {
  readonly steps: number;
  readonly messages: number;
  /** One step in this many brings messages. */
  readonly every: number;
}

const CALM: KernelCase = {
  seed: 1,
  profile: LOIHI1,
  n: 64,
  axons: 1,
  maxDelay: 0,
  fan: 1,
  payloads: false,
  bias: false,
  noise: 'off',
  layer: false,
  extreme: false,
};

/** What the cases went through, so that agreement is known to be about something. */
const seen = {
  skipped: 0,
  negative: 0,
  resting: 0,
  raised: 0,
  saturated: 0,
  raisedAsleep: 0,
  marked: 0,
  faults: 0,
  spikes: 0,
  inputs: 0,
  currents: 0,
  biases: 0,
  voltages: 0,
};

type Reset = 'zero' | 'value' | 'subtract';

async function compare(spec: KernelCase, reset: Reset, shared: boolean, busy: Busyness) {
  const allowed = spec.profile.rules.resets.includes(reset) ? reset : 'zero';
  const image = withReset(imageOf(spec), allowed, spec.seed);
  return compareImage(image, spec, shared, busy);
}

async function compareImage(image: CoreImage, spec: KernelCase, shared: boolean, busy: Busyness) {
  const placed = alone(image, placementOf(spec), { payloads: spec.payloads, inboxCapacity: 256 });
  const layout = clusterLayout(placed);
  const pages = Math.ceil((BASE + 2 * layout.bytes) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  const clusters = [BASE, BASE + layout.bytes].map((at) => {
    placeCluster(memory.buffer, at, placed, layout);
    return new Cluster(memory.buffer, at);
  }) as [Cluster, Cluster];
  const [expected, got] = clusters;
  const core = got.cores[0]!;
  const scalar = await createBackend(memory, 'scalar');
  const wasm = await createBackend(memory, 'wasm');

  const draw = drawFrom(spec.seed + 2);
  const injects = spec.noise !== 'off' && core.noiseRaw !== null && draw(3) === 0;
  const limit = Math.min(1000, expected.words[C.PAYLOAD_LIMIT]!);
  let t = draw(2) === 0 ? 0 : draw(1000);
  for (const { cores } of clusters) cores[0]!.descriptor[D.ACCOUNTED] = t;
  for (let k = 0; k < busy.steps; k++) {
    t++;
    for (let m = draw(busy.every) === 0 ? draw(busy.messages + 1) : 0; m > 0; m--) {
      const axon = draw(spec.axons);
      const payload = spec.payloads ? between(draw, -limit, limit) : 1;
      for (const cluster of clusters) cluster.push(axon, payload);
    }
    if (injects) {
      const { min, max } = spec.profile.rules.noise;
      const raw = Int32Array.from({ length: spec.n }, () => between(draw, min, max));
      for (const { cores } of clusters) cores[0]!.injectNoise(raw);
    }
    if (!got.isQuiet(t) || draw(2) === 0) {
      wasm.deliver(got, t);
      wasm.integrate(got, t);
    } else {
      seen.skipped++;
    }
    scalar.deliver(expected, t);
    scalar.integrate(expected, t);

    if (got.cores[0]!.descriptor[D.ACCOUNTED]! < t) got.words[C.FIRED_COUNT] = 0;
    for (const cluster of clusters) cluster.account(t);
    expect(difference(expected, got), `after step ${t}`).toBeNull();
    const fired = got.fired.subarray(0, got.firedCount);
    seen.negative += fired.reduce((sum, word) => sum + (word >>> 31), 0);
    const theta = core.theta ?? new Int32Array(0);
    seen.raised += theta.some((x) => x !== 0) ? 1 : 0;
    seen.saturated += theta.includes(D.THETA_MAX) ? 1 : 0;
    seen.raisedAsleep += theta.some((x, i) => x !== 0 && core.awake[i >> 4] === 0) ? 1 : 0;
    seen.resting += core.descriptor[D.REST_ACTIVE_TOTAL]! > 0 ? 1 : 0;
    seen.marked += got.marks.some((mark, at) => mark > expected.marks[at]!) ? 1 : 0;
  }
  seen.faults += core.fault() === null ? 0 : 1;
  const counters = core.counters();
  seen.spikes += Number(counters.spikes);
  seen.inputs += Number(counters.overflowInput);
  seen.currents += Number(counters.overflowCurrent);
  seen.biases += Number(counters.overflowBias);
  seen.voltages += Number(counters.overflowVoltage);
}

/** u and v stand one after the other at each value near an end, nothing decays, and every input is 1 unit. */
async function compareAtEnds(spec: KernelCase, sign: number) {
  const image = imageOf(spec);
  const { n } = spec;
  const { rules } = spec.profile;
  const end = (bits: number): Int32Array =>
    Int32Array.from({ length: n }, (_, i) => sign * (2 ** bits - 1 - (i >> 1)));
  const words = [-1, 1, 0].map((mantissa) => packSynapse(mantissa, 0, 0));
  await compareImage(
    {
      ...image,
      compartments: {
        ...image.compartments,
        du: 0,
        dv: 0,
        vthMant: 131_071,
        refract: 1,
        biasMant: rules.bias.mantMax === 0 ? 0 : Int32Array.from({ length: n }, (_, i) => sign * (i & 1)),
        biasExp: 0,
      },
      registers: { ...image.registers, ternary: false, dsOffset: 0, dmOffset: 0, resetInterval: 0 },
      u0: end(rules.current.kind === 'none' ? 30 : 23),
      v0: end(rules.voltage === 'none' ? 30 : 23),
      synapses: {
        ...image.synapses,
        formats: image.synapses.formats.map((format) => ({ ...format, shift: 0 })),
        axonStart: Uint32Array.from([0, n, 2 * n, 3 * n]),
        format: new Uint8Array(3 * n),
        wide: new Uint8Array(3 * n),
        offset: Uint32Array.from({ length: 3 * n }, (_, s) => Math.floor(s / n)),
        count: new Uint32Array(3 * n).fill(1),
        first: Uint32Array.from({ length: 3 * n }, (_, s) => s % n),
        delay: new Uint8Array(3 * n),
        words: Uint32Array.from(words),
      },
    },
    spec,
    true,
    { steps: 40, messages: 2, every: 1 },
  );
}

const reset = fc.constantFrom('zero' as const, 'value' as const, 'subtract' as const);

describe('kernels', () => {
  it(
    'agree with the scalar specification on busy cores',
    async () => {
      await fc.assert(
        fc.asyncProperty(kernelCase, reset, fc.boolean(), async (spec, mode, shared) => {
          await compare(spec, mode, shared, { steps: 25, messages: 20, every: 1 });
        }),
        { numRuns: 200 * EFFORT },
      );
    },
    120_000 * EFFORT,
  );

  it(
    'agree on cores that come to rest',
    async () => {
      await fc.assert(
        fc.asyncProperty(kernelCase, reset, async (spec, mode) => {
          const calm = { ...spec, bias: false, noise: 'off' as const };
          await compare(calm, mode, true, { steps: 80, messages: 3, every: 15 });
        }),
        { numRuns: 60 * EFFORT },
      );
    },
    120_000 * EFFORT,
  );

  it('agree at the very ends of the registers', async () => {
    const profiles = [LOIHI1, LAVA, BRIAN2LOIHI];
    for (const shipped of profiles) {
      for (const onOverflow of ['wrap', 'clamp', 'error'] as const) {
        const profile = { ...shipped, rules: { ...shipped.rules, onOverflow } };
        for (const seed of [1, 2, 3]) {
          for (const sign of [-1, 1]) await compareAtEnds({ ...CALM, profile, seed, n: 256, axons: 3 }, sign);
        }
      }
    }
  });

  it('were compared where it matters', () => {
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });
});
