/** Values that are published or follow from the process, each within four standard errors or so of long trains. */
import { describe, expect, it } from 'vitest';
import {
  coefficientOfVariation,
  cv2,
  encodePoisson,
  encodeRegular,
  fanoFactor,
  histogram,
  inMilliseconds,
  interspikeIntervals,
  localVariation,
  revisedLocalVariation,
  trainsOf,
} from '../../src/coding/index.js';
import { gammaTrain } from './trains.js';

const SPIKES = 100_000;

describe.each([1, 2, 4, 9])('a gamma process of order %i', (order) => {
  const train = gammaTrain(order, SPIKES, 100 + order);
  it('has a CV of 1 / sqrt(k)', () => {
    expect(Math.abs(coefficientOfVariation(train)! * Math.sqrt(order) - 1)).toBeLessThan(0.015);
  });
  it('has an Lv of 3 / (2 k + 1) (Shinomoto et al. 2003)', () => {
    expect(Math.abs(localVariation(train)! * ((2 * order + 1) / 3) - 1)).toBeLessThan(0.02);
  });
  it('has a Fano factor near 1 / k in long windows (Cox 1962)', () => {
    const { counts } = histogram(train, { from: 0, to: SPIKES * 0.99, bin: 30 });
    // long windows have F = CV^2 + (1 - CV^4) / (6 window)
    const expected = 1 / order + (1 - 1 / order ** 2) / (6 * 30);
    expect(Math.abs(fanoFactor(counts)! / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / counts.length));
  });
});

describe('a Poisson process', () => {
  const train = gammaTrain(1, SPIKES, 1);
  it('has a CV2 of 1 (Holt et al. 1996)', () => expect(Math.abs(cv2(train)! - 1)).toBeLessThan(0.01));
  it.each([0.5, 3, 20])('has a Fano factor of 1 in windows of %s intervals', (bin) => {
    const { counts } = histogram(train, { from: 0, to: SPIKES * 0.99, bin });
    expect(Math.abs(fanoFactor(counts)! - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / bin) / counts.length));
  });
  it('of changing rate keeps its CV2, not its CV', () => {
    let time = 0;
    const changing = Float64Array.from(interspikeIntervals(train), (interval, k) => {
      time += interval * (1 + 0.9 * Math.sin((2 * Math.PI * k) / 5000));
      return time;
    });
    expect(Math.abs(cv2(changing)! - 1)).toBeLessThan(0.01);
    expect(coefficientOfVariation(changing)!).toBeGreaterThan(1.2);
  });
  it('with a dead time R has the Lv and LvR of their definitions, LvR without a term of first order in R', () => {
    const R = 0.1;
    let time = 0;
    const dead = Float64Array.from(interspikeIntervals(train), (interval) => {
      time += interval + R;
      return time;
    });
    // Of exponential intervals x, y the ratio (x - y) / (x + y) is uniform and independent of S = x + y, whose
    // density is S exp(-S); the dead time multiplies Lv by (S / (S + 2 R))^2, and LvR by 1 + 4 R / (S + 2 R) more.
    const overSums = (factor: (S: number) => number): number => {
      let sum = 0;
      for (let S = 0.0005; S < 40; S += 0.001) sum += S * Math.exp(-S) * factor(S) * 0.001;
      return sum;
    };
    const lv = overSums((S) => (S / (S + 2 * R)) ** 2);
    const lvr = overSums((S) => (S / (S + 2 * R)) ** 2 * (1 + (4 * R) / (S + 2 * R)));
    expect(lv).toBeCloseTo(0.74, 1);
    expect(lvr).toBeGreaterThan(0.91);
    expect(Math.abs(localVariation(dead)! - lv)).toBeLessThan(0.01);
    expect(Math.abs(revisedLocalVariation(dead, { R })! - lvr)).toBeLessThan(0.012);
  });
});

describe('trains of encoders', () => {
  const signal = new Float64Array(200_000).fill(0.02);
  it('by chance: CV sqrt(1 - p), Fano factor 1 - p of a Bernoulli process', () => {
    const [train] = trainsOf(encodePoisson(signal, { seed: 11 }), 1);
    expect(Math.abs(coefficientOfVariation(train!)! - Math.sqrt(0.98))).toBeLessThan(0.05);
    const { counts } = histogram(train!, { from: 1, to: 200_001, bin: 100 });
    expect(Math.abs(fanoFactor(counts)! - 0.98)).toBeLessThan(4 * Math.sqrt(2 / counts.length));
  });
  it('evenly: CV 0, Lv 0', () => {
    const [train] = trainsOf(encodeRegular(signal), 1);
    expect(coefficientOfVariation(inMilliseconds(train!, 0.5))).toBeCloseTo(0, 12);
    expect(localVariation(train!)).toBeCloseTo(0, 12);
  });
});
