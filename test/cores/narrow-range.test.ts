/**
 * Around +-2^19, where the kernels change between the update that checks nothing and the one that checks
 * everything: values that cross in both directions, thresholds above, blocks that fall asleep beyond.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as D from '../../cores/descriptor.js';
import { type ClusterSpec, type CoreImage, type CoreState, LOIHI1 } from '../../cores/index.js';
import { between, type Draw, drawFrom } from './kernels-case.js';
import { ListBuilder } from './list-builder.js';
import { type Message, Twins } from './twin-clusters.js';

const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const EDGE = 2 ** 19;
const AXONS = 8;

interface Edges {
  readonly seed: number;
  readonly cores: readonly {
    readonly n: number;
    readonly sleepless: boolean;
    readonly uniform: boolean;
    readonly wideThreshold: boolean;
  }[];
}

const edges: fc.Arbitrary<Edges> = fc.record({
  seed: fc.nat(),
  cores: fc.array(
    fc.record({
      n: fc.oneof(fc.constantFrom(1, 16, 17, 64), fc.integer({ min: 1, max: 150 })),
      sleepless: fc.boolean(),
      uniform: fc.boolean(),
      wideThreshold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** A value at an edge, a little off it, or anywhere between. */
function near(draw: Draw, edge: number): number {
  const sign = draw(2) === 0 ? 1 : -1;
  if (draw(3) === 0) return between(draw, -edge, edge);
  return sign * (edge + between(draw, -70, 70)) + 0;
}

function coreOf(draw: Draw, { n, sleepless, uniform, wideThreshold }: Edges['cores'][number]): CoreImage {
  const builder = new ListBuilder();
  const delays = draw(3) === 0 ? 1 : 1 + draw(5);
  for (let axon = 0; axon < AXONS; axon++) {
    // -1, 0 and 1 unit, and steps that cross at once; all together they must stay below 2^15 units
    const strength = draw(3) === 0 ? 1 : 240;
    if (draw(3) === 0) {
      const length = 1 + draw(n);
      const weights = Array.from({ length }, () => between(draw, -strength, strength));
      builder.row(weights, draw(n - length + 1), draw(delays), 0);
    } else {
      const weight = between(draw, -strength, strength);
      const all = draw(2) === 0;
      builder.sparse(
        Array.from({ length: all ? n : 1 + draw(6) }, (_, k) => ({
          target: all ? k : draw(n),
          delay: draw(delays),
          weight: draw(2) === 0 ? weight : -weight,
        })),
        draw(2),
      );
    }
    builder.endAxon();
  }
  const column = (one: () => number): number | Int32Array => {
    const values = Int32Array.from({ length: n }, one);
    return uniform || draw(2) === 0 ? values[0]! : values;
  };
  const bias = (): number =>
    (sleepless ? 1 : draw(4) === 0 ? 1 : 0) * (draw(2) === 0 ? 1 : -1) * (1 + draw(draw(2) === 0 ? 4 : 4095));
  return builder.core(LOIHI1, n, {
    compartments: {
      // keep 4096, 4095, 1, 0, and what decays fast
      du: column(() => [4095, 4094, 2000, 1, 0][draw(5)]!),
      dv: column(() => [0, 0, 0, 1, 2000, 4095][draw(6)]!),
      vthMant: column(
        () => (wideThreshold ? [8191, 8192, 8193, 20_000, 131_071] : [10, 4000, 8190, 8191])[draw(4)]!,
      ),
      refract: column(() => draw(5)),
      biasMant: Int32Array.from({ length: n }, bias),
      biasExp: draw(3) === 0 ? 7 : 0,
    },
    registers: { dsOffset: draw(2) as 0 | 1, dmOffset: 0 },
    u0: Int32Array.from({ length: n }, () => (draw(2) === 0 ? 0 : near(draw, EDGE))),
    v0: Int32Array.from({ length: n }, () => (draw(2) === 0 ? 0 : near(draw, EDGE))),
  });
}

function clusterOf({ seed, cores }: Edges): ClusterSpec {
  const draw = drawFrom(seed);
  const images = cores.map((core) => coreOf(draw, core));
  const axonBits = 8;
  return {
    cores: images,
    placements: images.map((_, coreId) => ({ profile: LOIHI1, coreId, seed: 1 })),
    rows: {
      start: Uint32Array.from({ length: AXONS + 1 }, (_, k) => k * images.length),
      entries: Uint32Array.from(
        { length: AXONS * images.length },
        (_, k) => ((k % images.length) << axonBits) | Math.floor(k / images.length),
      ),
      axonBits,
    },
    payloads: false,
    inboxCapacity: AXONS,
  };
}

/** The core's state with u and v at the edges again. */
function atEdges(draw: Draw, state: CoreState): CoreState {
  const edge = [1, EDGE, 2 ** 22, 2 ** 23 - 70][draw(4)]!;
  const most = 2 ** 23 - 1;
  const value = (): number => (draw(3) === 0 ? 0 : Math.max(-most, Math.min(most, near(draw, edge))));
  return {
    ...state,
    u: state.u.map(value),
    v: state.v.map((_, i) => (state.refractory[i] === 0 ? value() : 0)),
  };
}

/** How often the kernels were where it matters. */
const seen = {
  widened: 0,
  narrowed: 0,
  asleep: 0,
  uniform: 0,
  sleepless: 0,
  spikes: 0,
  skipped: 0,
  negative: 0,
};

async function compare(spec: Edges, steps: number, every: number) {
  const twins = await Twins.place(clusterOf(spec));
  const draw = drawFrom(spec.seed + 3);
  const { wasm } = twins;
  for (const { descriptor: d } of wasm.cores) {
    expect(d[D.NARROW]).toBe(1);
    seen.uniform += d[D.UNIFORM]!;
    seen.sleepless += d[D.SLEEPLESS]!;
  }
  let wide = wasm.cores.map(({ descriptor: d }) => d[D.WIDE]!);
  for (let t = 1; t <= steps; t++) {
    const messages: Message[] = [];
    // every row at most once a step, as placed
    if (draw(every) === 0) {
      for (let row = 0; row < AXONS; row++) {
        if (draw(3) === 0) messages.push({ row, payload: draw(4) === 0 ? -1 : 1, pushed: false });
      }
    }
    if (twins.step(t, messages, draw(2) === 0)) seen.skipped++;
    expect(twins.difference(draw(4) === 0 ? t : null), `after step ${t}`).toBeNull();
    const now = wasm.cores.map(({ descriptor: d }) => d[D.WIDE]!);
    wide.forEach((was, i) => {
      if (was < now[i]!) seen.widened++;
      if (was > now[i]!) seen.narrowed++;
    });
    wide = now;
    seen.asleep += wasm.cores.some(({ descriptor: d }) => d[D.WIDE_ASLEEP] === 1) ? 1 : 0;
    seen.negative += wasm.cores.some(({ v }) => v.some((x) => x < -EDGE)) ? 1 : 0;
    seen.spikes += wasm.firedCount;
    if (draw(25) !== 0) continue;
    expect(twins.differenceApart(t)).toBeNull();
    twins.spec.cores.forEach((_, i) => {
      const state = atEdges(draw, twins.scalar.readState(i, t));
      for (const cluster of twins.both) cluster.writeState(i, t, state);
      twins.apart[i]!.writeState(0, t, state);
    });
    expect(twins.difference(t), `written after step ${t}`).toBeNull();
  }
}

describe('values around +-2^19', () => {
  it(
    'are updated as by the specification, busy',
    async () => {
      await fc.assert(
        fc.asyncProperty(edges, (spec) => compare(spec, 60, 1)),
        { numRuns: 80 * EFFORT, seed: 2 },
      );
    },
    60_000 * EFFORT,
  );

  it(
    'are updated as by the specification, falling asleep and waking',
    async () => {
      await fc.assert(
        fc.asyncProperty(edges, (spec) =>
          compare({ ...spec, cores: spec.cores.map((core) => ({ ...core, sleepless: false })) }, 120, 10),
        ),
        { numRuns: 50 * EFFORT, seed: 3 },
      );
    },
    60_000 * EFFORT,
  );

  it('were seen on both sides', () => {
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(20);
  });
});
