import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adaptationIndex,
  coefficientOfVariation,
  cv2,
  interspikeIntervals,
  localVariation,
  revisedLocalVariation,
} from '../../src/coding/index.js';
import { clockTrain, trains } from './trains.js';

/** Intervals 1, 3, 2. */
const TRAIN = [5, 6, 9, 11];

describe('by hand, intervals 1 3 2', () => {
  it('intervals', () => expect([...interspikeIntervals(TRAIN)]).toEqual([1, 3, 2]));
  it('CV: deviation sqrt(2/3), mean 2', () =>
    expect(coefficientOfVariation(TRAIN)).toBeCloseTo(Math.sqrt(2 / 3) / 2, 12));
  it('CV2: mean of 2 * 2/4 and 2 * 1/5', () => expect(cv2(TRAIN)).toBeCloseTo(0.7, 12));
  it('Lv: 3/2 * (1/4 + 1/25)', () => expect(localVariation(TRAIN)).toBeCloseTo(0.435, 12));
  it('LvR, R 1: 3/2 * ((1 - 12/16)(1 + 4/4) + (1 - 24/25)(1 + 4/5))', () =>
    expect(revisedLocalVariation(TRAIN, { R: 1 })).toBeCloseTo(1.5 * (0.5 + 0.04 * 1.8), 12));
  it('adaptation index: mean of 2/4 and -1/5', () => expect(adaptationIndex(TRAIN)).toBeCloseTo(0.15, 12));
});

it('LvR without refractoriness is Lv', () => {
  fc.assert(
    fc.property(trains, (train) => {
      const lv = localVariation(train);
      const lvr = revisedLocalVariation(train, { R: 0 });
      if (lv === null) expect(lvr).toBeNull();
      else expect(lvr).toBeCloseTo(lv, 9);
    }),
  );
});

it('a clock has no variation', () => {
  const clock = clockTrain(20);
  expect(
    [coefficientOfVariation, cv2, localVariation, adaptationIndex].map((measure) => measure(clock)),
  ).toEqual([0, 0, 0, 0]);
});

it.each([0, 1, 2])('with %i spikes there is nothing to say', (spikes) => {
  const train = clockTrain(spikes);
  expect(interspikeIntervals(train)).toHaveLength(Math.max(0, spikes - 1));
  for (const measure of [coefficientOfVariation, cv2, localVariation, adaptationIndex])
    expect(measure(train)).toBeNull();
  expect(revisedLocalVariation(train, { R: 1 })).toBeNull();
});

it('no measure depends on the unit of time or its origin', () => {
  fc.assert(
    fc.property(trains, fc.integer({ min: 1, max: 9 }), (train, unit) => {
      const other = train.map((time) => unit * time + 1000);
      for (const measure of [coefficientOfVariation, cv2, localVariation, adaptationIndex]) {
        const value = measure(train);
        if (value === null) expect(measure(other)).toBeNull();
        else expect(measure(other)).toBeCloseTo(value, 9);
      }
    }),
  );
});

it('refuses times that do not ascend', () => {
  expect(() => cv2([3, 3, 4])).toThrow('interspikeIntervals: spike 1 at 3 follows one at 3');
});
