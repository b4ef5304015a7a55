import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, niceRange, numberText, roundStep, ticks, toPixel, toValue } from '../../src/views/scale.js';

describe('ticks', () => {
  it.each([
    [0, 10, 5, ['0', '2', '4', '6', '8', '10']],
    [0, 1, 5, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [-70, -50, 4, ['−70', '−65', '−60', '−55', '−50']],
    [1, 20_000, 4, ['5,000', '10,000', '15,000', '20,000']],
    [0.1, 0.3, 2, ['0.1', '0.2', '0.3']],
  ] as const)('%s to %s, about %s of them', (from, to, count, texts) => {
    expect(ticks(from, to, count).texts).toEqual(texts);
  });

  it('are whole where what is counted is whole', () => {
    expect(ticks(0, 2, 10, true).texts).toEqual(['0', '1', '2']);
    expect(ticks(0.2, 0.7, 3, true).texts).toEqual([]);
    expect(ticks(-2500, 2500, 5, true).texts).toEqual(['−2,000', '−1,000', '0', '1,000', '2,000']);
  });

  it('stand at the ends of a range that rounding made narrower', () => {
    expect(ticks(0.1 * 3, 0.29 * 100 - 28, 7).texts).toEqual([
      '0.3',
      '0.4',
      '0.5',
      '0.6',
      '0.7',
      '0.8',
      '0.9',
      '1.0',
    ]);
  });

  it('lie in the range, are no more than asked for and one, and have different texts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (from, span, count) => {
          const to = from + span;
          const { values, texts } = ticks(from, to, count);
          // and what a double of that size cannot tell apart
          const slack = 1e-6 * roundStep(to - from, count) + 1e-15 * Math.max(Math.abs(from), Math.abs(to));
          expect(values.length).toBeLessThanOrEqual(count + 1);
          // texts do not overlap
          for (let i = 2; i < values.length; i++)
            expect((values[i]! - values[i - 1]!) * count).toBeGreaterThanOrEqual(span - count * slack);
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(from - slack);
            expect(value).toBeLessThanOrEqual(to + slack);
          }
          expect(new Set(texts).size).toBe(texts.length);
        },
      ),
    );
  });
});

describe('scales', () => {
  it('go to pixels and back', () => {
    const scale = { from: 4, to: 8, start: 100, end: 300 };
    expect(toPixel(scale, 5)).toBe(150);
    expect(toValue(scale, 150)).toBe(5);
  });

  it('get round ends', () => {
    expect(niceRange(0, 38.5, 4)).toEqual([0, 40]);
    expect(niceRange(0, 26, 4)).toEqual([0, 30]);
    expect(niceRange(0, 52, 10)).toEqual([0, 60]);
    expect(niceRange(0, 0.1 * 3, 4)).toEqual([0, 0.1 * 3]);
    expect(niceRange(0, 0, 4)).toEqual([0, 1]);
    expect(niceRange(5, 5, 4)).toEqual([2.5, 7.5]);
  });

  it('group digits and never say minus zero', () => {
    expect(numberText(-1234567)).toBe('−1,234,567');
    expect(numberText(-0.04, 1)).toBe('0.0');
  });
});

it('the extent of lists leaves out what is no number', () => {
  expect(extent([3, NaN, -1], Float32Array.of(7), [])).toEqual([-1, 7]);
  expect(extent([], [NaN])).toBeNull();
});
