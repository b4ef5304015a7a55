/**
 * The active set changes nothing but time: compartments that move in and out of it, bursts that leave no
 * place, values too wide for it, sums that cancel, and a host that looks or writes in between.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import * as D from '../../cores/descriptor.js';
import { type ClusterSpec, type CoreImage, LOIHI1 } from '../../cores/index.js';
import { between, type Draw, drawFrom } from './kernels-case.js';
import { ListBuilder, type ListSynapse } from './list-builder.js';
import { type Message, Twins, unequalStates } from './twin-clusters.js';

const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
/** Rows of few synapses; then rows that reach a large part of a core. */
const SMALL = 60;
const LARGE = 12;
const AXON_BITS = 8;

interface Sparse {
  readonly seed: number;
  readonly cores: readonly number[];
  readonly delays: number;
  /** Whether most compartments integrate without loss, and rest off 0. */
  readonly integrating: boolean;
  /** Whether some compartments grow until they are wide. */
  readonly growing: boolean;
  /** Some compartments in a thousand have a bias. */
  readonly biased: number;
}

const sparse: fc.Arbitrary<Sparse> = fc.record({
  seed: fc.nat(),
  cores: fc.constantFrom([4096], [2040, 2100], [16, 3000, 5, 1100, 70], [4500, 1, 16, 17]),
  delays: fc.constantFrom(0, 0, 1, 6),
  integrating: fc.boolean(),
  growing: fc.boolean(),
  biased: fc.constantFrom(0, 0, 2),
});

function coreOf(draw: Draw, n: number, { delays, integrating, growing, biased }: Sparse): CoreImage {
  const builder = new ListBuilder();
  const delay = (): number => draw(delays + 1);
  const targets = (count: number, weight: () => number): ListSynapse[] =>
    Array.from({ length: count }, () => ({ target: draw(n), delay: delay(), weight: weight() }));
  // all together must stay below 2^15 units, or the core is not narrow
  const strength = n < 200 ? 15 : 127;
  const any = (): number => between(draw, -strength, strength);
  const size = Math.min(9, n);
  const kernel = builder.kernel(
    Array.from({ length: size }, (_, target) => ({ target, delay: delay(), weight: any() })),
  );
  for (let axon = 0; axon < SMALL; axon++) {
    const kind = draw(8);
    const same = any();
    if (kind < 3) builder.sparse(targets(draw(7), any), draw(2));
    else if (kind < 5) builder.sparse(targets(draw(7), () => same));
    else if (kind === 5) builder.conv(kernel, draw(n - size + 1));
    else if (kind === 6) builder.wide(targets(draw(3), () => between(draw, -7 * strength, 7 * strength)));
    else {
      const length = 1 + draw(Math.min(n, 20));
      builder.row(Array.from({ length }, any), draw(n - length + 1), delay());
    }
    builder.endAxon();
  }
  for (let axon = 0; axon < LARGE; axon++) {
    // a fifth or more of a core, in every kind of list
    const count = Math.ceil(n / (2 + draw(4)));
    const each = targets(count, () => between(draw, -3, 3)).map((synapse, k) => ({
      ...synapse,
      target: (k * 3 + axon) % n,
    }));
    if (axon % 4 === 0) builder.sparse(each);
    else if (axon % 4 === 1) builder.sparse(each.map((synapse) => ({ ...synapse, weight: 2 })));
    else if (axon % 4 === 2) builder.wide(each);
    else
      builder.row(
        Array.from({ length: count }, () => between(draw, -3, 3)),
        draw(n - count + 1),
        delay(),
      );
    builder.endAxon();
  }
  const grows = (i: number): boolean => growing && i % 37 === 5;
  // a few inputs carry them below -2^19, where they fall asleep
  const sinks = (i: number): boolean => growing && i % 41 === 7 && !grows(i);
  const column = (value: (i: number) => number): Int32Array =>
    Int32Array.from({ length: n }, (_, i) => value(i));
  const lossless = column((i) => (grows(i) || sinks(i) || draw(5) < (integrating ? 4 : 1) ? 1 : 0));
  return builder.core(LOIHI1, n, {
    compartments: {
      du: column((i) => (grows(i) ? 0 : sinks(i) ? 4095 : [4095, 2500, 400][draw(3)]!)),
      dv: column((i) => (lossless[i] === 1 ? 0 : [4095, 1000][draw(2)]!)),
      vthMant: column((i) => (grows(i) ? 8192 + draw(100) : 30 + draw(200))),
      refract: column(() => draw(12)),
      biasMant: column(() => (draw(1000) < biased ? 40 + draw(90) : 0)),
    },
    registers: { dsOffset: 0 },
    v0: column((i) => {
      if (grows(i)) return (draw(2) === 0 ? 1 : -1) * (2 ** 19 - 1 - draw(9000));
      if (sinks(i)) return draw(300) - (2 ** 19 - 1);
      return draw(40) === 0 ? between(draw, -2000, 1000) : 0;
    }),
    maxDelay: delays,
  });
}

function clusterOf(spec: Sparse): ClusterSpec {
  const draw = drawFrom(spec.seed);
  const cores = spec.cores.map((n) => coreOf(draw, n, spec));
  const start = [0];
  const entries: number[] = [];
  for (let row = 0; row < SMALL + LARGE; row++) {
    cores.forEach((_, core) => {
      if (draw(3) !== 0) entries.push((core << AXON_BITS) | row);
    });
    start.push(entries.length);
  }
  let firstKey = 0;
  const placements = cores.map(({ n }, coreId) => {
    firstKey += n;
    return { profile: LOIHI1, coreId, seed: 1, eventsPerAxon: 2, firstKey: firstKey - n };
  });
  const rows = { start: Uint32Array.from(start), entries: Uint32Array.from(entries), axonBits: AXON_BITS };
  return { cores, placements, rows, payloads: false, inboxCapacity: 2 * (SMALL + LARGE) };
}

/** Messages of a step: none, a few, or a burst; each row at most twice, then often once of either sign. */
function messagesFor(draw: Draw, busy: number): Message[] {
  const out: Message[] = [];
  const add = (row: number): void => {
    const pushed = draw(3) === 0;
    out.push({ row, payload: pushed || draw(5) !== 0 ? 1 : -1, pushed });
    // what cancels
    if (draw(6) === 0) out.push({ row, payload: -out.at(-1)!.payload, pushed: false });
  };
  for (let row = 0; row < SMALL; row++) if (draw(busy) === 0) add(row);
  if (draw(20) === 0) for (let k = 1 + draw(4); k > 0; k--) add(SMALL + ((draw(3) + 3 * k) % LARGE));
  return out.some(({ pushed, payload }) => pushed && payload !== 1)
    ? out.map((message) => (message.payload === 1 ? message : { ...message, pushed: false }))
    : out;
}

/** What happened to the sets. */
const seen = {
  steps: 0,
  entered: 0,
  overflowed: 0,
  wide: 0,
  wideAsleep: 0,
  heldOff0: 0,
  refractory: 0,
  spikes: 0,
  swept: 0,
  looks: 0,
  writes: 0,
  resets: 0,
  skipped: 0,
};

/** The host reads, writes back or clears cores; returns the step after which time goes on. */
function disturb(twins: Twins, draw: Draw, t: number): number {
  const kind = draw(3);
  const { both, wasm, scalar } = twins;
  if (kind === 2) {
    twins.spec.cores.forEach(({ u0, v0 }, i) => {
      for (const cluster of both) cluster.resetState(i, u0, v0);
    });
    seen.resets++;
    return 0;
  }
  const i = draw(wasm.cores.length);
  const [wanted, got] = [scalar.readState(i, t), wasm.readState(i, t)];
  expect(unequalStates(wanted, got), `state after step ${t}`).toBeNull();
  seen.looks++;
  if (kind === 1) {
    const from = draw(wanted.u.length);
    const state = { ...wanted, u: wanted.u.map((u, k) => (k >= from && k < from + 3 ? u + 900 : u)) };
    for (const cluster of both) cluster.writeState(i, t, state);
    seen.writes++;
  }
  return t;
}

/** Looks for a set soon again; otherwise waits become too long for a test. */
function lookSoon(twins: Twins, t: number, patience: number): void {
  twins.wasm.words[C.NEXT_LOOK] = t;
  twins.wasm.words[C.PATIENCE] = patience;
}

async function compare(spec: Sparse, steps: number, busy: number) {
  const twins = await Twins.place(clusterOf(spec));
  const { wasm, scalar } = twins;
  expect([wasm.words[C.CAN_CONDENSE], wasm.words[C.LINE_ROWS] === 1]).toEqual([1, spec.delays === 0]);
  const draw = drawFrom(spec.seed + 4);
  const places = (): number => wasm.cores.reduce((sum, { descriptor: d }) => sum + d[D.PLACES]!, 0);
  let t = 0;
  for (let k = 0; k < steps; k++) {
    t++;
    const was = twins.isCondensed;
    const before = places();
    if (twins.step(t, draw(4) === 0 ? [] : messagesFor(draw, busy), true)) seen.skipped++;
    expect(twins.difference(draw(6) === 0 ? t : null), `after step ${t}`).toBeNull();
    const wide = wasm.cores.some(({ descriptor: d }) => d[D.WIDE] === 1);
    if (wasm.cores.some(({ descriptor: d }) => d[D.WIDE_ASLEEP] === 1)) seen.wideAsleep++;
    if (twins.isCondensed) {
      seen.steps++;
      seen.entered += was ? 0 : 1;
      seen.swept += places() < before ? 1 : 0;
      seen.spikes += wasm.firedCount;
      seen.wide += wide ? 1 : 0;
      seen.heldOff0 += scalar.cores.some(({ descriptor: d }) => d[D.REST_ACTIVE_TOTAL]! > 0) ? 1 : 0;
      seen.refractory += scalar.cores.some(({ refractUntil }) => refractUntil.some((until) => until > t + 1))
        ? 1
        : 0;
    } else if (was) {
      seen.overflowed += wide ? 0 : 1;
    }
    if (draw(50) === 0) {
      t = disturb(twins, draw, t);
      lookSoon(twins, t, 0);
    }
    if (draw(20) === 0) lookSoon(twins, t + 1, draw(16));
  }
  wasm.cores.forEach((_, i) => {
    expect(unequalStates(scalar.readState(i, t), wasm.readState(i, t))).toBeNull();
  });
  // dissolved: blocks that had a place are awake until the next step
  lookSoon(twins, t + 100, 0);
  twins.step(t + 1, []);
  expect(twins.difference(t + 1), 'after the end').toBeNull();
}

describe('an active set', () => {
  it(
    'agrees with the specification under sparse activity',
    async () => {
      await fc.assert(
        fc.asyncProperty(sparse, (spec) => compare(spec, 160, 20)),
        { numRuns: 12 * EFFORT, seed: 6 },
      );
    },
    60_000 * EFFORT,
  );

  it(
    'agrees with the specification when nearly nothing happens',
    async () => {
      await fc.assert(
        fc.asyncProperty(sparse, (spec) => compare(spec, 260, 2000)),
        { numRuns: 8 * EFFORT, seed: 7 },
      );
    },
    60_000 * EFFORT,
  );

  it('is not made while something sleeps that is too wide for it', async () => {
    const builder = new ListBuilder();
    builder.sparse([{ target: 100, delay: 0, weight: -3 }]);
    builder.endAxon();
    const n = 4096;
    const core = builder.core(LOIHI1, n, {
      compartments: { du: 4095, dv: 0 },
      v0: Int32Array.from({ length: n }, (_, i) => (i === 100 ? -(2 ** 19) - 5 : 0)),
    });
    const twins = await Twins.place({
      cores: [core],
      placements: [{ profile: LOIHI1, coreId: 0, seed: 1 }],
      rows: { start: Uint32Array.of(0, 1), entries: Uint32Array.of(0), axonBits: 1 },
      payloads: false,
      inboxCapacity: 1,
    });
    for (let t = 1; t <= 40; t++) {
      twins.step(t, t % 3 === 0 ? [{ row: 0, payload: 1, pushed: false }] : []);
      expect(twins.difference(t), `after step ${t}`).toBeNull();
      expect(twins.isCondensed).toBe(false);
    }
  });

  it('was made, dissolved and made again', () => {
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
    expect(seen.entered).toBeGreaterThan(40);
  });
});
