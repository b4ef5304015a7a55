/**
 * Skipping what rests changes nothing: a core that sleeps by blocks and is skipped when quiet agrees, in
 * spikes, state and counters, with a reference that visits every compartment in every step.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import { BACKENDS, runCore, testImage } from './core-fixture.js';
import { randomCore } from './random-core.js';
import { reference } from './reference-core.js';

const PLACEMENT = { coreId: 5, seed: 77, payloads: true, eventsPerAxon: 3 } as const;

describe.each(BACKENDS)('event-driven (%s)', (kernels) => {
  it('agrees with the reference, and says what hardware would have done', async () => {
    let skipped = 0;
    await fc.assert(
      fc.asyncProperty(randomCore(40), async ({ profile, spec, messages }) => {
        const expected = reference(profile, spec, messages, PLACEMENT);
        const { cluster, core, step } = await runCore(profile, testImage(profile, spec), {
          ...PLACEMENT,
          kernels,
        });
        let active = 0;
        let overflows = 0;
        for (const [k, wanted] of expected.entries()) {
          const t = k + 1;
          let fired: number[] = [];
          if (messages[t]!.length === 0 && cluster.isQuiet(t)) skipped++;
          else fired = step(t, messages[t]);
          active += wanted.active;
          overflows += wanted.overflows;
          expect(fired, `spikes of step ${t}`).toEqual(wanted.fired);
          expect([...core.u.subarray(0, spec.n)], `u of step ${t}`).toEqual(wanted.u);
          expect([...core.v.subarray(0, spec.n)], `v of step ${t}`).toEqual(wanted.v);
          const theta = core.theta ?? new Int32Array(spec.n);
          expect([...theta.subarray(0, spec.n)], `theta of step ${t}`).toEqual(wanted.theta);
        }
        cluster.account(expected.length);
        const counters = core.counters();
        expect(counters.steps).toBe(BigInt(expected.length));
        expect(counters.updatesActive).toBe(BigInt(active));
        expect(counters.updatesIdle).toBe(BigInt(expected.length * spec.n - active));
        expect(counters.spikes).toBe(BigInt(expected.reduce((sum, { fired }) => sum + fired.length, 0)));
        const { overflowInput, overflowCurrent, overflowBias, overflowVoltage } = counters;
        expect(overflowInput + overflowCurrent + overflowBias + overflowVoltage).toBe(BigInt(overflows));
      }),
      { numRuns: 300 },
    );
    expect(skipped).toBeGreaterThan(300);
  }, 120_000);

  it('a spike wakes its block only, and the core rests again', async () => {
    const weight = { mantissa: 10, shift: 0, sumShift: 0, wide: null, effective: 640 };
    const image = testImage(LOIHI1, {
      n: 1024,
      compartments: { du: 2000, dv: 2000 },
      axons: [[{ target: 700, delay: 2, weight }]],
    });
    const { cluster, core, step } = await runCore(LOIHI1, image, { kernels });
    expect([cluster.isQuiet(1), core.awake.reduce((a, b) => a + b)]).toEqual([true, 0]);
    step(2, [0]);
    expect(cluster.isQuiet(3)).toBe(false);
    step(3);
    step(4);
    expect([core.u[700], core.awake.reduce((a, b) => a + b)]).toEqual([640, 1]);
    let t = 5;
    for (; !cluster.isQuiet(t); t++) step(t);
    expect([core.u[700], core.v[700], t < 40]).toEqual([0, 0, true]);
  });
});
