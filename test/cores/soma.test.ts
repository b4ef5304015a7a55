/** One compartment at the edges of its registers: tables of steps, to be read like a datasheet. */
import { describe, expect, it } from 'vitest';
import {
  BRIAN2LOIHI,
  type ChipProfile,
  type CoreImage,
  LAVA,
  LOIHI1,
  type OverflowBehaviour,
  type StoredWeight,
  UNLIMITED,
} from '../../cores/index.js';
import { BACKENDS, type RunningCore, runCore, type TestCore, testImage } from './core-fixture.js';

const weight = (units: number): StoredWeight => ({
  mantissa: 0,
  shift: 0,
  sumShift: 0,
  wide: units,
  effective: units * 64,
});
/** One compartment with an in-axon per weight, in units of 64. */
const one = (profile: ChipProfile, spec: Omit<TestCore, 'n' | 'axons'>, ...weights: number[]): CoreImage =>
  testImage(profile, { n: 1, axons: weights.map((w) => [{ target: 0, weight: weight(w) }]), ...spec });
const withOverflow = (profile: ChipProfile, onOverflow: OverflowBehaviour): ChipProfile => ({
  ...profile,
  rules: { ...profile.rules, onOverflow },
});
/** v and spikes of each step; messages by step. */
const trace = ({ core, step }: RunningCore, steps: number, messages: Record<number, number[]> = {}) => {
  const v: number[] = [];
  const spikes: number[] = [];
  for (let t = 1; t <= steps; t++) {
    if (step(t, messages[t]).length > 0) spikes.push(t);
    v.push(core.v[0]!);
  }
  return { v, spikes };
};

describe.each(BACKENDS)('one compartment (%s)', (kernels) => {
  const run = (profile: ChipProfile, image: CoreImage) => runCore(profile, image, { kernels });

  it('fires when v is above the threshold, not at it', async () => {
    const at = await run(LOIHI1, one(LOIHI1, { compartments: { vthMant: 10 } }, 10, 11));
    expect(trace(at, 2, { 1: [0] })).toEqual({ v: [640, 640], spikes: [] });
    const above = await run(LOIHI1, one(LOIHI1, { compartments: { vthMant: 10 } }, 10, 11));
    expect(trace(above, 2, { 1: [1] })).toEqual({ v: [0, 0], spikes: [1] });
  });

  it('du = 4095 clears u, du = 0 keeps 4095/4096 of it; dv = 0 keeps v, dv = 4095 keeps v >> 12', async () => {
    for (const [du, u2] of [
      [4095, 0],
      [0, Math.trunc((64_000 * 4095) / 4096)],
    ] as const) {
      const { core, step } = await run(LOIHI1, one(LOIHI1, { compartments: { du, vthMant: 131_071 } }, 1000));
      step(1, [0]);
      expect([core.u[0], core.v[0]]).toEqual([64_000, 64_000]);
      step(2);
      expect([core.u[0], core.v[0]]).toEqual([u2, 64_000 + u2]);
    }
    const leaky = await run(LOIHI1, one(LOIHI1, { compartments: { dv: 4095, vthMant: 131_071 } }, 1000));
    expect(trace(leaky, 2, { 1: [0] }).v).toEqual([64_000, 64_000 >> 12]);
  });

  it('negative bias exponents round down', async () => {
    const biased = { compartments: { biasMant: -5, biasExp: -1, vthMant: 100 } };
    const { core, step } = await run(LAVA, one(LAVA, biased));
    step(1);
    expect(core.v[0]).toBe(-3);
  });

  it.each([
    [0, [1, 2, 3, 4, 5, 6]],
    [1, [1, 2, 3, 4, 5, 6]],
    [2, [1, 3, 5]],
    [3, [1, 4]],
    [63, [1]],
  ])('refract %i holds v for one step less', async (refract, spikes) => {
    const biased = { compartments: { biasMant: 4000, biasExp: 7, vthMant: 100, refract } };
    expect(trace(await run(LOIHI1, one(LOIHI1, biased)), 6).spikes).toEqual(spikes);
  });

  it('u goes on while v is held', async () => {
    const spec = { compartments: { du: 0, vthMant: 1, refract: 4 } };
    const running = await run(LOIHI1, one(LOIHI1, spec, 100));
    running.step(1, [0]);
    running.step(2, [0]);
    expect([running.core.u[0]! > 6400, running.core.v[0], running.core.refractoryCount(0, 2)]).toEqual([
      true,
      0,
      2,
    ]);
    expect(running.core.refractUntil[0]).toBe(2 + 3);
  });

  it('v is clamped to vmin and vmax', async () => {
    const clamped = { compartments: { vthMant: 131_071 }, registers: { vmin: -1023, vmax: 2047 } };
    const running = await run(LOIHI1, one(LOIHI1, clamped, 100, -300));
    expect(trace(running, 2, { 1: [0], 2: [1] }).v).toEqual([2047, -1023]);
  });

  it('reset to a value, also while held', async () => {
    const spec = {
      compartments: { vthMant: 1, vreset: -50, refract: 3, dv: 2048 },
      registers: { resetMode: 'value' as const },
    };
    const running = await run(UNLIMITED, one(UNLIMITED, spec, 2));
    expect(trace(running, 5, { 1: [0], 2: [0] })).toEqual({ v: [-50, -50, -50, -25, -12], spikes: [1] });
  });

  it('soft reset keeps what is above the threshold, and may fire again from it', async () => {
    const spec = { compartments: { vthMant: 1 }, registers: { resetMode: 'subtract' as const } };
    const running = await run(UNLIMITED, one(UNLIMITED, spec, 3));
    expect(trace(running, 4, { 1: [0] })).toEqual({ v: [128, 64, 64, 64], spikes: [1, 2] });
    expect(running.cluster.isQuiet(5)).toBe(true);
  });

  it('a ternary compartment fires -1 below its lower threshold', async () => {
    const spec = { compartments: { vthMant: 1, vthLoMant: -2 }, registers: { ternary: true } };
    const { core, step } = await run(UNLIMITED, one(UNLIMITED, spec, -2, -3, 2));
    expect([step(1, [0]), core.v[0]]).toEqual([[], -128]);
    expect([step(2, [1]), core.v[0]]).toEqual([[~0], 0]);
    expect([step(3, [2]), core.v[0]]).toEqual([[0], 0]);
    expect(core.counters().spikes).toBe(2n);
    expect([...core.spikeCounts.subarray(0, 2)]).toEqual([2, 0]);
  });

  it('a periodic reset comes before integration', async () => {
    const spec = {
      compartments: { vthMant: 131_071, du: 0 },
      registers: { resetInterval: 3, resetOffset: 4 },
    };
    const { core, step } = await run(UNLIMITED, one(UNLIMITED, spec, 100));
    for (let t = 1; t <= 3; t++) step(t, [0]);
    step(4, [0]);
    expect([core.u[0], core.v[0]]).toEqual([6400, 6400]);
  });
});

describe.each(BACKENDS)('sums that leave their registers (%s)', (kernels) => {
  const run = (profile: ChipProfile, image: CoreImage) => runCore(profile, image, { kernels });
  const big = 2 ** 15;
  it.each([
    ['wrap', 64 * (2 * big - 2 ** 16), 1n, null],
    ['clamp', 2 ** 21 - 1, 1n, null],
    ['error', 64 * (2 * big - 2 ** 16), 1n, { kind: 'input', compartment: 0, step: 1 }],
  ] as const)('input under %s', async (behaviour, u, overflowInput, fault) => {
    const profile = withOverflow(LOIHI1, behaviour);
    const { core, step } = await run(profile, one(profile, {}, big, big));
    step(1, [0, 1]);
    expect(core.u[0]).toBe(u);
    expect(core.counters()).toMatchObject({ overflowInput, overflowCurrent: 0n, overflowBias: 0n });
    expect(core.fault()).toEqual(fault);
  });

  it('current and bias sum', async () => {
    const profile = withOverflow(LOIHI1, 'clamp');
    const spec = { compartments: { du: 0, vthMant: 131_071, biasMant: 4095, biasExp: 7 } };
    const { core, step } = await run(profile, one(profile, spec, big - 1));
    for (let t = 1; t <= 5; t++) step(t, [0]);
    expect(core.u[0]).toBe(2 ** 23 - 1);
    const { overflowCurrent, overflowBias } = core.counters();
    expect([overflowCurrent > 0n, overflowBias >= overflowCurrent]).toEqual([true, true]);
  });

  it('without a register the limit is the emulator’s, and always stops the run', async () => {
    const spec = { compartments: { du: 4096, vthMant: 131_071 } };
    const { cluster, core, step } = await run(BRIAN2LOIHI, one(BRIAN2LOIHI, spec, 2 ** 24 - 1, 2 ** 24));
    step(1, [0]);
    expect([core.u[0], core.fault()]).toEqual([64 * (2 ** 24 - 1), null]);
    cluster.resetState(0);
    step(1, [1]);
    expect(core.fault()).toEqual({ kind: 'input', compartment: 0, step: 1 });
    const grows = { compartments: { du: 0, dv: 0, vthMant: 131_071 } };
    const negative = await run(BRIAN2LOIHI, one(BRIAN2LOIHI, grows, -(2 ** 23)));
    for (let t = 1; t <= 2; t++) negative.step(t, t === 1 ? [0] : []);
    expect([negative.core.v[0], negative.core.fault()]).toEqual([-(2 ** 30), null]);
    negative.step(3);
    expect(negative.core.fault()).toEqual({ kind: 'voltage', compartment: 0, step: 3 });
    expect(negative.core.counters().overflowVoltage).toBe(1n);
  });

  it('Lava’s single wrap leaves a current far outside, up to the emulator’s limit; beyond, the run stops', async () => {
    const profile = withOverflow(LAVA, 'wrap');
    const spec = { compartments: { du: 0, vthMant: 131_071 }, registers: { dsOffset: 0 as const } };
    const { cluster, core, step } = await run(profile, one(profile, spec, 2 ** 23));
    for (let t = 1; t <= 2; t++) step(t, [0]);
    expect([core.u[0], core.fault()]).toEqual([2 ** 30 - 2 * 2 ** 24, null]);
    step(3, [0]);
    expect([core.u[0], core.fault()]).toEqual([
      2 ** 30 + 2 ** 29 - 3 * 2 ** 24 - 2 ** 31,
      { kind: 'current', compartment: 0, step: 3 },
    ]);
    expect(core.counters().overflowCurrent).toBe(3n);
    expect(() => cluster.writeState(0, 3, cluster.readState(0, 3))).not.toThrow();
  });

  it('the first fault is kept: lowest compartment of the first step', async () => {
    const profile = withOverflow(LOIHI1, 'error');
    const axons = [
      [7, 2].map((target) => ({ target, weight: weight(2 ** 16) })),
      [{ target: 1, weight: weight(2 ** 16) }],
    ];
    const { core, step } = await run(profile, testImage(profile, { n: 20, axons }));
    step(1, [0]);
    step(2, [1]);
    expect(core.fault()).toEqual({ kind: 'input', compartment: 2, step: 1 });
    expect(core.counters().overflowInput).toBe(3n);
  });
});
