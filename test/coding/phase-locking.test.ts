import { describe, expect, it } from 'vitest';
import { vectorStrength } from '../../src/coding/index.js';

/** Spikes at the quantiles of a von Mises density about `mean`, found by summing it. */
function vonMises(kappa: number, mean: number, spikes: number, period: number): Float64Array {
  const grid = 200_000;
  const density = Float64Array.from({ length: grid }, (_, i) =>
    Math.exp(kappa * Math.cos((2 * Math.PI * (i + 0.5)) / grid - mean)),
  );
  const total = density.reduce((sum, d) => sum + d, 0);
  const times = new Float64Array(spikes);
  let sum = 0;
  for (let i = 0, k = 0; i < grid; i++) {
    sum += density[i]! / total;
    // each spike in a period of its own
    for (; k < spikes && sum >= (k + 0.5) / spikes; k++) times[k] = period * (k + (i + 0.5) / grid);
  }
  return times;
}

describe('vector strength', () => {
  it('by hand: phases 0 and a quarter', () => {
    const { strength, phase, rayleigh } = vectorStrength([8, 14], { period: 8 })!;
    // 8 -> 0, 14 -> three quarters: the mean of (1, 0) and (0, -1)
    expect(strength).toBeCloseTo(Math.SQRT1_2, 12);
    expect(phase).toBeCloseTo((7 / 4) * Math.PI, 12);
    expect(rayleigh).toBeCloseTo(2, 12);
  });
  it('is 1 for spikes of one phase, also of large times', () => {
    const { strength, phase } = vectorStrength([2.5, 12.5, 1e9 + 2.5], { period: 10 })!;
    expect(strength).toBeCloseTo(1, 12);
    expect(phase).toBeCloseTo(Math.PI / 2, 9);
  });
  it('is 0 for spikes evenly over the period', () => {
    expect(vectorStrength([0, 1, 2, 3, 4], { period: 5 })!.strength).toBeCloseTo(0, 12);
  });
  // I1(k) / I0(k): Abramowitz and Stegun, table 9.8
  it.each([
    [0.5, 0.25789430539089 / 1.06348337074132],
    [1, 0.565159103992485 / 1.26606587775201],
    [2, 1.59063685463733 / 2.27958530233607],
    [5, 24.3356421424505 / 27.2398718236044],
  ])('of von Mises phases with concentration %s is I1 / I0 = %s', (kappa, expected) => {
    const { strength, phase } = vectorStrength(vonMises(kappa, 2, 20_000, 10), { period: 10 })!;
    expect(strength).toBeCloseTo(expected, 4);
    expect(phase).toBeCloseTo(2, 4);
  });
  it('says nothing of an empty train, and 1 of a single spike', () => {
    expect(vectorStrength([], { period: 5 })).toBeNull();
    expect(vectorStrength([3], { period: 5 })!.strength).toBeCloseTo(1, 12);
  });
  it('refuses a period of nothing', () => {
    expect(() => vectorStrength([1], { period: 0 })).toThrow('period is 0');
  });
});
