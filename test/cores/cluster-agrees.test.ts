/**
 * Cores placed together compute what each computes alone: lists fused over cores, one delay line with room for
 * the longest delay of any, lanes side by side. Both backends, after every step.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import * as D from '../../cores/descriptor.js';
import { SeamountError } from '../../cores/index.js';
import { drawFrom } from './kernels-case.js';
import { type ClusterCase, clusterCase, clusterOf, messagesFor } from './random-cluster.js';
import { Twins } from './twin-clusters.js';

/** Times as many cases, for a change of the kernels. */
const EFFORT = Number(process.env.KERNEL_CASES ?? 1);

/** What the cases went through, so that agreement is known to be about something. */
const seen = { spikes: 0, negative: 0, skipped: 0, narrow: 0, faults: 0, noise: 0, resting: 0, sleepless: 0 };
const kinds = new Set<number>();

/** The cluster, or null when its weights are too large for any core. */
async function place(spec: ClusterCase): Promise<Twins | null> {
  try {
    return await Twins.place(clusterOf(spec), { shared: (spec.seed & 1) === 0 });
  } catch (error) {
    if (error instanceof SeamountError && error.code === 'E_CAPACITY') return null;
    throw error;
  }
}

async function compare(spec: ClusterCase, steps: number, every: number) {
  const twins = await place(spec);
  fc.pre(twins !== null);
  const { scalar, wasm } = twins!;
  const draw = drawFrom(spec.seed + 2);
  const limit = scalar.words[C.PAYLOAD_LIMIT]!;
  let t = draw(2) === 0 ? 0 : draw(1000);
  for (const cluster of [scalar, wasm, ...twins!.apart]) {
    for (const { descriptor } of cluster.cores) descriptor[D.ACCOUNTED] = t;
  }
  for (let k = 0; k < steps; k++) {
    t++;
    const messages = draw(every) === 0 ? messagesFor(draw, spec, limit) : [];
    if (twins!.step(t, messages, draw(2) === 0)) seen.skipped++;
    expect(twins!.difference(draw(4) === 0 ? t : null), `after step ${t}`).toBeNull();
    if (k % 5 === 4) expect(twins!.differenceApart(t), `after step ${t}`).toBeNull();
    seen.spikes += wasm.firedCount;
    seen.negative += wasm.fired.subarray(0, wasm.firedCount).filter((word) => word >>> 31 === 1).length;
  }
  expect(twins!.difference(t)).toBeNull();
  expect(twins!.differenceApart(t)).toBeNull();
  for (let s = 0; s < wasm.rowSegments[wasm.rows]!; s++) {
    kinds.add(wasm.segments[s * C.SEGMENT_WORDS + C.SEGMENT_FORMAT]! & 15);
  }
  for (const { descriptor: d } of wasm.cores) {
    seen.narrow += d[D.NARROW]!;
    seen.faults += d[D.FAULT] === 0 ? 0 : 1;
    seen.noise += d[D.NOISE_TARGET] === 0 ? 0 : 1;
    seen.resting += d[D.REST_ACTIVE_TOTAL]! > 0 ? 1 : 0;
    seen.sleepless += d[D.SLEEPLESS]! - wasm.words[C.NEVER_RESTS]! > 0 ? 1 : 0;
  }
}

describe('cores of one cluster', () => {
  it(
    'compute what each computes alone, busy',
    async () => {
      await fc.assert(
        fc.asyncProperty(clusterCase, (spec) => compare(spec, 25, 1)),
        { numRuns: 80 * EFFORT, seed: 4 },
      );
    },
    60_000 * EFFORT,
  );

  it(
    'compute what each computes alone, coming to rest',
    async () => {
      const calm = clusterCase.map((spec) => ({
        ...spec,
        cores: spec.cores.map((core, i) =>
          i % 3 === 2 ? core : { ...core, bias: false, noise: 'off' as const },
        ),
      }));
      await fc.assert(
        fc.asyncProperty(calm, (spec) => compare(spec, 80, 12)),
        { numRuns: 40 * EFFORT, seed: 5 },
      );
    },
    60_000 * EFFORT,
  );

  it('were compared where it matters', () => {
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
    expect([...kinds].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
