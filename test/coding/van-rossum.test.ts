import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vanRossumDistance, vanRossumSquared } from '../../src/coding/index.js';
import { trains } from './trains.js';

const taus = fc.constantFrom(0.5, 3, 20, 300);

/** The integral itself, from the smeared trains on a fine grid. */
function integrated(a: readonly number[], b: readonly number[], tau: number): number {
  const width = 0.01;
  const end = Math.max(0, ...a, ...b) + 20 * tau;
  let sum = 0;
  for (let t = width / 2; t < end; t += width) {
    const smeared = (train: readonly number[]) =>
      train.reduce((value, spike) => value + (spike <= t ? Math.exp((spike - t) / tau) : 0), 0);
    sum += (smeared(a) - smeared(b)) ** 2 * width;
  }
  return sum / tau;
}

describe('the van Rossum distance', () => {
  it('of one spike against none is 1/2, whatever tau (van Rossum 2001)', () => {
    for (const tau of [0, 1, 50, Infinity]) expect(vanRossumSquared([7], [], { tau })).toBe(0.5);
  });
  it('of two spikes t apart is 1 - exp(-t / tau) (van Rossum 2001)', () => {
    expect(vanRossumSquared([10], [14], { tau: 8 })).toBeCloseTo(1 - Math.exp(-0.5), 14);
  });
  it('for tau to 0 is half the number of spikes that do not coincide', () => {
    expect(vanRossumSquared([1, 5, 9], [5, 8], { tau: 0 })).toBe(1.5);
    expect(vanRossumSquared([1, 5, 9], [5, 8], { tau: 1e-3 })).toBeCloseTo(1.5, 12);
  });
  it('for tau to infinity is half the squared difference of counts', () => {
    expect(vanRossumSquared([1, 5, 9], [5], { tau: Infinity })).toBe(2);
    expect(vanRossumSquared([1, 5, 9], [5], { tau: 1e12 })).toBeCloseTo(2, 9);
  });
  it('is the integral it stands for', () => {
    for (const [a, b] of [
      [
        [2, 3, 9],
        [1, 9.5],
      ],
      [[], [4, 4.5]],
    ] as const)
      expect(vanRossumSquared(a, b, { tau: 2 })).toBeCloseTo(integrated(a, b, 2), 2);
  });
  it('is the double sum over all pairs', () => {
    const sum = (a: readonly number[], b: readonly number[], tau: number) =>
      a.reduce((all, s) => all + b.reduce((one, t) => one + Math.exp(-Math.abs(s - t) / tau), 0), 0);
    fc.assert(
      fc.property(trains, trains, taus, (a, b, tau) => {
        const expected = sum(a, a, tau) / 2 + sum(b, b, tau) / 2 - sum(a, b, tau);
        expect(vanRossumSquared(a, b, { tau })).toBeCloseTo(expected, 9);
      }),
    );
  });
  it('is a metric: 0 for equal trains only, symmetric, and no way round is shorter', () => {
    fc.assert(
      fc.property(trains, trains, trains, taus, (a, b, c, tau) => {
        const d = (x: readonly number[], y: readonly number[]) => vanRossumDistance(x, y, { tau });
        expect(d(a, a)).toBe(0);
        expect(d(a, b)).toBeCloseTo(d(b, a), 9);
        expect(d(a, c)).toBeLessThanOrEqual(d(a, b) + d(b, c) + 1e-9);
        if (a.join() !== b.join()) expect(d(a, b)).toBeGreaterThan(0);
      }),
    );
  });
  it('of empty trains is 0', () => expect(vanRossumDistance([], [], { tau: 5 })).toBe(0));
  it('takes equal times', () => expect(vanRossumSquared([3, 3], [3], { tau: 1 })).toBe(0.5));
  it('compares a hundred thousand spikes at once', () => {
    const a = Float64Array.from({ length: 100_000 }, (_, k) => 10 * k);
    const b = a.map((time) => time + 1);
    // pairs far apart: each is 1 - exp(-1), neighbours are less than e-9
    expect(vanRossumSquared(a, b, { tau: 0.4 }) / 1e5).toBeCloseTo(1 - Math.exp(-2.5), 6);
  });
  it('refuses what it cannot compare', () => {
    expect(() => vanRossumDistance([1], [], { tau: -1 })).toThrow('tau is -1');
    expect(() => vanRossumDistance([2, 1], [], { tau: 1 })).toThrow('spike 1 is at 1 after one at 2');
    expect(() => vanRossumDistance([Number.NaN], [], { tau: 1 })).toThrow('spike 0 is at NaN');
  });
});
