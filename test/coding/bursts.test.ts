import { describe, expect, it } from 'vitest';
import { burstIndex, burstinessIndex, burstsOf, encodeBurst, trainsOf } from '../../src/coding/index.js';
import { clockTrain } from './trains.js';

/** A burst of four, a pair, a single, a burst of three at the end. */
const TRAIN = [10, 12, 14, 16, 40, 42, 70, 90, 93, 95];

describe('bursts', () => {
  it('are maximal runs of short intervals', () => {
    expect(burstsOf(TRAIN, { maxInterval: 3 })).toEqual([
      { first: 0, spikes: 4, start: 10, end: 16 },
      { first: 7, spikes: 3, start: 90, end: 95 },
    ]);
    expect(burstsOf(TRAIN, { maxInterval: 3, minSpikes: 2 }).map(({ spikes }) => spikes)).toEqual([4, 2, 3]);
    expect(burstsOf(TRAIN, { maxInterval: 2 }).map(({ spikes }) => spikes)).toEqual([4]);
  });
  it('of the burst code are found', () => {
    const [train] = trainsOf(encodeBurst([1, 0, 1, 0.9], { window: 30 }), 1);
    const bursts = burstsOf(train!, { maxInterval: 6 });
    expect(bursts.map(({ spikes, start }) => [spikes, start])).toEqual([
      [5, 1],
      [5, 61],
      [5, 91],
    ]);
  });
  it('index: the share of spikes in them', () => {
    expect(burstIndex(TRAIN, { maxInterval: 3 })).toBe(0.7);
    expect(burstIndex(clockTrain(10), { maxInterval: 9 })).toBe(0);
    expect(burstIndex(clockTrain(10), { maxInterval: 10 })).toBe(1);
    expect(burstIndex([5], { maxInterval: 10 })).toBe(0);
    expect(burstIndex([], { maxInterval: 10 })).toBeNull();
  });
  it('refuse a criterion that is none', () => {
    expect(() => burstsOf([], { maxInterval: 0 })).toThrow('maxInterval is 0');
    expect(() => burstsOf([], { maxInterval: 1, minSpikes: 1 })).toThrow('minSpikes is 1');
  });
});

describe('the burstiness index of a population (Wagenaar et al. 2005)', () => {
  it('by hand: 20 bins, 3 of them with 17 of 34 spikes', () => {
    const counts = [7, 5, 5, ...new Array<number>(17).fill(1)];
    expect(burstinessIndex(counts)).toBeCloseTo((0.5 - 0.15) / 0.85, 12);
  });
  it('is 0 for even firing and 1 where all spikes are in few bins', () => {
    expect(burstinessIndex(new Array<number>(100).fill(4))).toBeCloseTo(0, 12);
    expect(burstinessIndex([0, 50, ...new Array<number>(18).fill(0)])).toBe(1);
    expect(burstinessIndex([0, 0])).toBeNull();
  });
});
