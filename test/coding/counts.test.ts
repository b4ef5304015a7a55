import { describe, expect, it } from 'vitest';
import { fanoFactor, histogram, interspikeIntervals, psth, trialsAround } from '../../src/coding/index.js';

describe('a histogram', () => {
  it('counts from <= value < to, and leaves out a last bin that is not whole', () => {
    const { starts, counts } = histogram([0, 1, 1.9, 2, 5, 6, 6.9, -1], { from: 0, to: 7, bin: 2 });
    expect([...starts]).toEqual([0, 2, 4]);
    expect([...counts]).toEqual([3, 1, 1]);
  });
  it('takes a last bin that lacks rounding only for whole', () => {
    expect(histogram([], { from: 0, to: 0.3, bin: 0.1 }).starts).toHaveLength(3);
  });
  it('of intervals', () => {
    const intervals = interspikeIntervals([1, 3, 5, 10]);
    expect([...histogram(intervals, { from: 0, to: 6, bin: 1 }).counts]).toEqual([0, 0, 2, 0, 0, 1]);
  });
  it.each([
    [{ from: 0, to: 1, bin: 0 }, 'histogram: bin is 0'],
    [{ from: 2, to: 1, bin: 1 }, 'histogram: 2 to 1 is no range'],
    [{ from: 0, to: Infinity, bin: 1 }, 'histogram: 0 to Infinity is no range'],
  ])('refuses %j', (bins, message) => expect(() => histogram([1], bins)).toThrow(message));
});

describe('the Fano factor', () => {
  it('by hand: counts 1 2 3 4, variance 5/4, mean 5/2', () => expect(fanoFactor([1, 2, 3, 4])).toBe(0.5));
  it('of equal counts is 0', () => expect(fanoFactor([7, 7])).toBe(0));
  it('needs a spike', () => expect([fanoFactor([]), fanoFactor([0, 0])]).toEqual([null, null]));
});

describe('a peri-stimulus time histogram', () => {
  it('by hand: two trials', () => {
    const { starts, counts, rates } = psth([[1, 5, 11], [6]], { from: 0, to: 20, bin: 5 });
    expect([...starts]).toEqual([0, 5, 10, 15]);
    expect([...counts]).toEqual([1, 2, 1, 0]);
    expect([...rates]).toEqual([0.1, 0.2, 0.1, 0]);
  });
  it('in Hz', () => {
    const bins = { from: 1, to: 11, bin: 10, dt: 0.5 };
    // 3 spikes in 10 steps of half a millisecond
    expect([...psth([[1, 5, 10]], bins).rates]).toEqual([600]);
  });
  it('of no trials and of silent ones is 0', () => {
    const bins = { from: 0, to: 2, bin: 1 };
    expect([...psth([], bins).rates]).toEqual([0, 0]);
    expect([...psth([[], []], bins).rates]).toEqual([0, 0]);
  });
  it('around events', () => {
    const trials = trialsAround([1, 9, 10, 14, 15, 30], [10, 20], { before: 2, after: 5 });
    expect(trials.map((trial) => [...trial])).toEqual([[-1, 0, 4], []]);
  });
});
