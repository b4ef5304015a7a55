import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { victorPurpuraDistance } from '../../src/coding/index.js';
import { trains } from './trains.js';

const costs = fc.constantFrom(0, 0.01, 0.1, 1, Infinity);
const distance = (a: readonly number[], b: readonly number[], q: number) =>
  victorPurpuraDistance(a, b, { q });

/** The cheapest of all ways to keep, in order, some spikes of both trains and move them onto each other. */
function cheapest(a: readonly number[], b: readonly number[], q: number): number {
  const [s, ...as] = a;
  const [t, ...bs] = b;
  if (s === undefined || t === undefined) return a.length + b.length;
  return Math.min(1 + cheapest(as, b, q), 1 + cheapest(a, bs, q), q * Math.abs(s - t) + cheapest(as, bs, q));
}

describe('the Victor-Purpura distance (Victor and Purpura 1996)', () => {
  it('for q = 0 is the difference of counts', () => {
    expect(distance([1, 2, 3, 9], [100], 0)).toBe(3);
    expect(distance([5], [9], 0)).toBe(0);
  });
  it('for q to infinity is the number of spikes that do not coincide', () => {
    expect(distance([1, 5, 9], [5, 8], Infinity)).toBe(3);
    expect(distance([1, 5, 9], [5, 8], 1e6)).toBe(3);
  });
  it('moves a spike by t for q t, up to t = 2 / q, then deletes and inserts', () => {
    expect(distance([10], [13], 0.5)).toBe(1.5);
    expect(distance([10], [14], 0.5)).toBe(2);
    expect(distance([10], [99], 0.5)).toBe(2);
  });
  it('by hand: one moved by 2, one deleted', () => {
    expect(distance([10, 20, 30], [12, 30], 0.25)).toBe(1.5);
  });
  it('is the cheapest of all ways', () => {
    const short = trains.map((train) => train.slice(0, 5));
    fc.assert(
      fc.property(short, short, fc.constantFrom(0, 0.01, 0.1, 1), (a, b, q) => {
        expect(distance(a, b, q)).toBeCloseTo(cheapest(a, b, q), 9);
      }),
    );
  });
  it('is a metric, and grows with q', () => {
    fc.assert(
      fc.property(trains, trains, trains, costs, (a, b, c, q) => {
        expect(distance(a, a, q)).toBe(0);
        expect(distance(a, b, q)).toBeCloseTo(distance(b, a, q), 9);
        expect(distance(a, c, q)).toBeLessThanOrEqual(distance(a, b, q) + distance(b, c, q) + 1e-9);
        expect(distance(a, b, q)).toBeLessThanOrEqual(distance(a, b, 2 * q) + 1e-9);
        expect(distance(a, b, q)).toBeLessThanOrEqual(a.length + b.length);
      }),
    );
  });
  it('of an empty train is the number of spikes of the other', () => {
    expect([distance([], [], 1), distance([], [1, 2], 1), distance([3], [], 1)]).toEqual([0, 2, 1]);
  });
  it('refuses what it cannot compare', () => {
    expect(() => distance([1], [], Number.NaN)).toThrow('q is NaN');
    expect(() => distance([2, 1], [], 1)).toThrow('spike 1 is at 1 after one at 2');
  });
});
