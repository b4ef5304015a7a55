/** The adaptive threshold of one compartment, step by step, and what it changes elsewhere. */
import { describe, expect, it } from 'vitest';
import {
  type CompartmentRegisters,
  checkCompartmentRegister,
  LOIHI1,
  PROFILES,
  UNLIMITED,
} from '../../cores/index.js';
import { BACKENDS, placeAlone, type RunningCore, runCore, type TestCore, testImage } from './core-fixture.js';

const LIMIT = 2 ** 23 - 1;
const image = (compartments: Partial<CompartmentRegisters>, registers: TestCore['registers'] = {}, n = 1) =>
  testImage(UNLIMITED, {
    n,
    compartments,
    registers,
    axons: [[{ target: 0, weight: { mantissa: 0, shift: 0, sumShift: 0, wide: 3, effective: 192 } }]],
  });

/** v, theta and spikes of compartment 0 in steps 1 .. n. */
function trace({ core, step }: RunningCore, steps: number, messages: Record<number, number[]> = {}) {
  const [v, theta, spikes]: [number[], number[], number[]] = [[], [], []];
  for (let t = 1; t <= steps; t++) {
    if (step(t, messages[t]).length > 0) spikes.push(t);
    v.push(core.v[0]!);
    theta.push(core.theta![0]!);
  }
  return { v, theta, spikes };
}

describe.each(BACKENDS)('an adaptive threshold (%s)', (kernels) => {
  const run = (...args: Parameters<typeof image>) => runCore(UNLIMITED, image(...args), { kernels });

  it('is raised by a spike and decays toward zero, before the comparison', async () => {
    const registers = { biasMant: 100, vthMant: 1, vthStep: 2, dth: 1024 };
    expect(trace(await run(registers), 7)).toEqual({
      v: [0, 100, 0, 100, 0, 100, 0],
      // 128 3/4 = 96; 72, fires at 200 > 136; 200 3/4 = 150; 112.5 rounds to 112; ...
      theta: [128, 96, 200, 150, 240, 180, 263],
      spikes: [1, 3, 5, 7],
    });
  });

  it('must be passed, not reached', async () => {
    // theta stays 128, so the threshold is 192 and one event brings v to it
    const running = await run({ vthMant: 1, vthStep: 2, dth: 0 });
    expect(trace(running, 4, { 1: [0], 3: [0], 4: [0] })).toEqual({
      v: [0, 0, 192, 0],
      theta: [128, 128, 128, 256],
      spikes: [1, 4],
    });
  });

  it('decays while v is held', async () => {
    const registers = { biasMant: 100, vthMant: 1, vthStep: 2, dth: 2048, refract: 4 };
    expect(trace(await run(registers), 5)).toEqual({
      v: [0, 0, 0, 0, 0],
      theta: [128, 64, 32, 16, 136],
      spikes: [1, 5],
    });
  });

  it('is what a soft reset subtracts', async () => {
    const registers = { biasMant: 100, vthMant: 1, vthStep: 1, dth: 2048 };
    expect(trace(await run(registers, { resetMode: 'subtract' }), 3)).toEqual({
      // 100 - 64; 136 - (64 + 32); 140 - (64 + 48)
      v: [36, 40, 28],
      theta: [64, 96, 112],
      spikes: [1, 2, 3],
    });
  });

  it('is raised to 2^23 - 1 at most', async () => {
    const registers = { biasMant: 4095, biasExp: 7, vthMant: 0, vthStep: 131_071, dth: 0 };
    const { theta, spikes } = trace(await run(registers), 40);
    expect([theta[0], theta.at(-1)]).toEqual([131_071 * 64, LIMIT]);
    expect(spikes).toEqual([1, 18]);
  });

  it('is not touched by a periodic reset', async () => {
    const registers = { biasMant: 100, vthMant: 1, vthStep: 2, dth: 1024 };
    const { theta } = trace(await run(registers, { resetInterval: 2, resetOffset: 0 }), 2);
    expect(theta).toEqual([128, 96]);
  });

  it('keeps its compartment awake and active until it is back', async () => {
    const running = await run({ vthMant: 1, vthStep: 2, dth: 2048 }, {}, 20);
    const { cluster, core, step } = running;
    let t = 1;
    step(t, [0]);
    for (t = 2; !cluster.isQuiet(t); t++) step(t);
    // 128 after step 1, 64 after step 2, ... 1 after step 8, 0 after step 9
    expect([t, core.theta![0]]).toEqual([10, 0]);
    cluster.account(20);
    expect(core.counters().updatesActive).toBe(9n);
  });

  it('without decay rests where it is, and counts as active', async () => {
    const { cluster, core, step } = await run({ vthMant: 1, vthStep: 2, dth: 0 }, {}, 20);
    step(1, [0]);
    step(2);
    expect([cluster.isQuiet(3), core.theta![0]]).toEqual([true, 128]);
    cluster.account(11);
    expect(core.counters().updatesActive).toBe(11n);
  });

  it('adapts the rate of a driven neuron as a plain loop does', async () => {
    const [bias, dv, vthMant, vthStep, dth, refract] = [3000, 200, 400, 100, 30, 3];
    const { step } = await run({ biasMant: bias, dv, vthMant, vthStep, dth, refract });
    const spikes: number[] = [];
    for (let t = 1; t <= 3000; t++) if (step(t).length > 0) spikes.push(t);

    const expected: number[] = [];
    let [v, theta, until] = [0, 0, 0];
    for (let t = 1; t <= 3000; t++) {
      theta = Math.floor((theta * (4096 - dth)) / 4096);
      if (t < until) continue;
      v = Math.floor((v * (4096 - dv)) / 4096) + bias;
      if (v <= vthMant * 64 + theta) continue;
      expected.push(t);
      v = 0;
      theta += vthStep * 64;
      until = t + refract;
    }
    expect(spikes).toEqual(expected);
    const intervals = spikes.slice(1).map((t, i) => t - spikes[i]!);
    expect(intervals[0]).toBeLessThan(intervals.at(-1)! / 1.5);
    expect(Math.abs(intervals.at(-1)! - intervals.at(-2)!)).toBeLessThanOrEqual(1);
  });
});

describe('a core', () => {
  it('has offsets only where some step is not 0', async () => {
    const without = await runCore(UNLIMITED, image({ vthStep: new Int32Array(4), dth: 7 }, {}, 4));
    expect([without.core.theta, without.cluster.readState(0, 0).theta]).toEqual([null, undefined]);
    const one = await runCore(UNLIMITED, image({ vthStep: Int32Array.of(0, 0, 0, 5) }, {}, 4));
    expect(one.cluster.readState(0, 0).theta).toEqual(new Int32Array(4));
  });

  it('saves, restores and resets them', async () => {
    const spec = image({ biasMant: 100, vthMant: 1, vthStep: 2, dth: 1024 });
    const [a, b] = [await runCore(UNLIMITED, spec), await runCore(UNLIMITED, spec, { kernels: 'wasm' })];
    const fresh = a.cluster.readState(0, 0);
    for (let t = 1; t <= 3; t++) a.step(t);
    const state = a.cluster.readState(0, 3);
    expect(state.theta).toEqual(Int32Array.of(200));
    b.cluster.writeState(0, 3, state);
    for (let t = 4; t <= 20; t++)
      expect([a.step(t), a.core.theta![0]]).toEqual([b.step(t), b.core.theta![0]]);
    a.cluster.resetState(0);
    expect(a.cluster.readState(0, 0)).toEqual(fresh);
  });

  it('refuses offsets that are not its own', async () => {
    const plain = await runCore(UNLIMITED, image({}));
    const adaptive = await runCore(UNLIMITED, image({ vthStep: 1 }));
    const { theta, ...none } = adaptive.cluster.readState(0, 0);
    expect(() => plain.cluster.writeState(0, 0, { ...none, theta: theta! })).toThrow(
      'theta has 1 entries, not 0',
    );
    expect(() => adaptive.cluster.writeState(0, 0, none)).toThrow('theta has 0 entries, not 1');
    for (const raised of [-1, LIMIT + 1]) {
      const state = { ...none, theta: Int32Array.of(raised) };
      expect(() => adaptive.cluster.writeState(0, 0, state)).toThrow(`cannot be raised by ${raised}`);
    }
  });

  it('has no adaptive threshold unless its profile allows it, and none with ternary spikes', () => {
    const allowing = PROFILES.filter(({ rules }) => checkCompartmentRegister('vthStep', 5, rules) === null);
    expect(allowing.map(({ name }) => name)).toEqual(['unlimited']);
    const refused = 'has no adaptive threshold; profiles that have: unlimited';
    expect(() => placeAlone(LOIHI1, testImage(LOIHI1, { n: 1, compartments: { vthStep: 5 } }))).toThrow(
      refused,
    );
    expect(() => placeAlone(UNLIMITED, image({ vthStep: 1 }, { ternary: true }))).toThrow('ternary');
    expect(() => placeAlone(UNLIMITED, image({ vthStep: 131_072, dth: 4096 }))).toThrow(
      /dth is 4096.*vthStep is 131072/s,
    );
  });
});
