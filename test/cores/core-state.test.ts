/** A core saved and restored at any step continues as if nothing had happened. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import { BACKENDS, runCore, testImage } from './core-fixture.js';
import { randomCore } from './random-core.js';

const PLACEMENT = { coreId: 5, seed: 77, payloads: true, eventsPerAxon: 3 } as const;

describe.each(BACKENDS)('state (%s)', (kernels) => {
  it('restored in another core it leads to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomCore(30),
        fc.integer({ min: 0, max: 30 }),
        async ({ profile, spec, messages }, at) => {
          const image = testImage(profile, spec);
          const whole = await runCore(profile, image, { ...PLACEMENT, kernels });
          const resumed = await runCore(profile, image, { ...PLACEMENT, kernels });
          if (at === 0) resumed.cluster.writeState(0, 0, whole.cluster.readState(0, 0));
          for (let t = 1; t <= 30; t++) {
            whole.step(t, messages[t]);
            if (t > at) resumed.step(t, messages[t]);
            const state = whole.cluster.readState(0, t);
            if (t === at) resumed.cluster.writeState(0, t, state);
            if (t >= at) expect(resumed.cluster.readState(0, t)).toEqual(state);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is empty after a reset', async () => {
    const weight = { mantissa: 10, shift: 0, sumShift: 0, wide: null, effective: 640 };
    const image = testImage(LOIHI1, { n: 20, axons: [[{ target: 3, delay: 4, weight }]] });
    const { cluster, core, step } = await runCore(LOIHI1, image);
    const fresh = cluster.readState(0, 0);
    step(1, [0]);
    expect([...cluster.readState(0, 1).pending]).toEqual([3, 0, 3, 10]);
    cluster.resetState(0);
    expect(cluster.readState(0, 0)).toEqual(fresh);
    cluster.resetState(
      0,
      5,
      Int32Array.from({ length: 20 }, (_, i) => i),
    );
    expect([core.u[19], core.v[19]]).toEqual([5, 19]);
  });

  it('of another core is refused', async () => {
    const { cluster } = await runCore(LOIHI1, testImage(LOIHI1, { n: 20 }));
    const state = cluster.readState(0, 0);
    expect(() => cluster.writeState(0, 0, { ...state, u: state.u.subarray(1) })).toThrow(
      'u has 19 entries, not 20',
    );
    expect(() => cluster.writeState(0, 0, { ...state, pending: Int32Array.of(0, 0, 1, 5) })).toThrow(
      'has no place',
    );
    expect(() => cluster.writeState(0, 0, { ...state, pending: Int32Array.of(1) })).toThrow('quadruples');
    expect(() => cluster.writeState(0, 0, { ...state, v: state.v.map(() => 2 ** 24) })).toThrow('v 16777216');
    expect(() => cluster.writeState(0, 0, { ...state, refractory: state.v.map(() => -1) })).toThrow(
      'refractory',
    );
  });
});
