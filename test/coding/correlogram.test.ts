import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoCorrelogram, crossCorrelogram } from '../../src/coding/index.js';
import { gammaTrain, trains } from './trains.js';

describe('the cross-correlogram', () => {
  it('by hand', () => {
    const { lags, counts } = crossCorrelogram([10, 20], [9, 12, 21], { maxLag: 2, bin: 1 });
    expect([...lags]).toEqual([-2, -1, 0, 1, 2]);
    // 9 - 10, 12 - 10, 21 - 20
    expect([...counts]).toEqual([0, 1, 0, 1, 1]);
  });
  it('has bins about their middles: middle - bin / 2 <= lag < middle + bin / 2', () => {
    const at = (lag: number) => [...crossCorrelogram([0], [lag], { maxLag: 4, bin: 2 }).counts];
    expect(at(-1)).toEqual([0, 0, 1, 0, 0]);
    expect(at(1)).toEqual([0, 0, 0, 1, 0]);
    expect(at(-5)).toEqual([1, 0, 0, 0, 0]);
    expect(at(5)).toEqual([0, 0, 0, 0, 0]);
  });
  it('counts as many pairs as there are', () => {
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        const { lags, counts } = crossCorrelogram(a, b, { maxLag: 50, bin: 5 });
        for (const [k, lag] of lags.entries()) {
          const pairs = a.flatMap((s) => b.filter((t) => t - s >= lag - 2.5 && t - s < lag + 2.5));
          expect(counts[k]).toBe(pairs.length);
        }
      }),
    );
  });
  it('is mirrored when the trains change places', () => {
    const options = { maxLag: 3, bin: 1 };
    const one = crossCorrelogram([3, 7, 8], [4, 6, 9], options).counts;
    expect([...crossCorrelogram([4, 6, 9], [3, 7, 8], options).counts]).toEqual([...one].reverse());
  });
  it('of independent Poisson trains is flat at n_a n_b bin / duration', () => {
    const a = gammaTrain(1, 20_000, 1);
    const b = gammaTrain(1, 20_000, 2);
    const duration = Math.max(a.at(-1)!, b.at(-1)!);
    const expected = (a.length * b.length * 0.5) / duration;
    for (const count of crossCorrelogram(a, b, { maxLag: 5, bin: 0.5 }).counts)
      expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
  });
  it('of empty trains is 0', () => {
    expect([...crossCorrelogram([], [1], { maxLag: 1, bin: 1 }).counts]).toEqual([0, 0, 0]);
  });
  it('refuses what cannot be', () => {
    expect(() => crossCorrelogram([], [], { maxLag: -1, bin: 1 })).toThrow('maxLag is -1');
    expect(() => crossCorrelogram([], [], { maxLag: 1, bin: 0 })).toThrow('bin is 0');
    expect(() => crossCorrelogram([2, 1], [], { maxLag: 1, bin: 1 })).toThrow(
      'spike 1 is at 1 after one at 2',
    );
  });
});

it('the auto-correlogram of a clock has its period, and not the pairs of a spike with itself', () => {
  const { counts } = autoCorrelogram([5, 10, 15], { maxLag: 10, bin: 5 });
  expect([...counts]).toEqual([1, 2, 0, 2, 1]);
});
