/** The generator of noise: range, uniformity, and independence of core, compartment and step. */
import { describe, expect, it } from 'vitest';
import { LOIHI1, noiseDraw, noiseKey } from '../../cores/index.js';
import { runCore, testImage } from './core-fixture.js';

const MIN = -127;
const SPAN = 255;

describe('noise', () => {
  it('draws every value of its range equally often', () => {
    const counts = new Array<number>(SPAN).fill(0);
    const draws = SPAN * 1000;
    for (let k = 0; k < draws; k++)
      counts[noiseDraw(noiseKey(7, k % 5, k >> 8), k & 255, MIN, SPAN) - MIN]! += 1;
    const chiSquare = counts.reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0);
    // 254 degrees of freedom: mean 254, standard deviation 22.5.
    expect(chiSquare).toBeGreaterThan(254 - 5 * 22.5);
    expect(chiSquare).toBeLessThan(254 + 5 * 22.5);
  });

  it('does not correlate between neighbours in compartment, core, step or seed', () => {
    const draw = (i: number, core: number, t: number, seed: number): number =>
      noiseDraw(noiseKey(seed, core, t), i, MIN, SPAN) / 73.6;
    const pairs = 40_000;
    for (const next of [
      (k: number) => draw(k + 1, 0, 1, 1),
      (k: number) => draw(k, 1, 1, 1),
      (k: number) => draw(k, 0, 2, 1),
      (k: number) => draw(k, 0, 1, 2),
    ]) {
      let sum = 0;
      for (let k = 0; k < pairs; k++) sum += draw(k, 0, 1, 1) * next(k);
      expect(Math.abs(sum / Math.sqrt(pairs))).toBeLessThan(5);
    }
  });

  it('is the same whenever it is asked for, and differs by core and seed', async () => {
    const spec = {
      n: 40,
      compartments: { noiseEnable: 1, vthMant: 1000 },
      registers: { noiseTarget: 'voltage', noiseExp: 14 },
    } as const;
    const run = async (coreId: number, seed: number): Promise<number[]> => {
      const { core, step } = await runCore(LOIHI1, testImage(LOIHI1, spec), { coreId, seed });
      for (let t = 1; t <= 20; t++) step(t);
      return [...core.v];
    };
    const first = await run(3, 9);
    expect(first.some((v) => v !== 0)).toBe(true);
    expect(await run(3, 9)).toEqual(first);
    expect(await run(4, 9)).not.toEqual(first);
    expect(await run(3, 10)).not.toEqual(first);
  });

  it('reaches only enabled compartments', async () => {
    const noiseEnable = Int32Array.from([1, 0, 1]);
    const image = testImage(LOIHI1, {
      n: 3,
      compartments: { noiseEnable, vthMant: 131_071 },
      registers: { noiseTarget: 'current', noiseExp: 12, noiseMantOffset: 5 },
    });
    const { core, step } = await runCore(LOIHI1, image);
    step(1);
    expect([...core.u.subarray(0, 3)].map((u) => u !== 0)).toEqual([true, false, true]);
  });

  it('injected draws must be draws', async () => {
    const image = testImage(LOIHI1, {
      n: 2,
      compartments: { noiseEnable: 1 },
      registers: { noiseTarget: 'current' },
    });
    const { core } = await runCore(LOIHI1, image);
    expect(() => core.injectNoise([0, -128])).toThrow('-127..127');
    expect(() => core.injectNoise([0])).toThrow('2 compartments');
    const quiet = await runCore(LOIHI1, testImage(LOIHI1, { n: 2 }));
    expect(() => quiet.core.injectNoise([0, 0])).toThrow('no noise');
  });
});
