import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBurst, encodeBurst } from '../../src/coding/index.js';
import { unitSignals, worst } from './signals.js';

describe('the burst code', () => {
  it('has ceil(N p) spikes, ceil(Tmax - (Tmax - Tmin) p) steps apart (Guo et al. 2021)', () => {
    // N 5, Tmin 2, Tmax 6; longest burst: 4 spikes, 6 - 4 * 3/5 = 3.6 -> 4 apart, 13 steps
    const { steps, duration } = encodeBurst([0, 0.2, 0.5, 1]);
    expect(duration).toBe(52);
    expect([...steps]).toEqual([14, 27, 31, 35, 40, 42, 44, 46, 48]);
  });
  it('comes back within half a spike', () => {
    const shapes = fc.record({
      maxSpikes: fc.integer({ min: 1, max: 12 }),
      minInterval: fc.integer({ min: 1, max: 5 }),
      wider: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(unitSignals, shapes, (values, { maxSpikes, minInterval, wider }) => {
        const options = { maxSpikes, minInterval, maxInterval: minInterval + wider, min: -1, max: 3 };
        const signal = values.map((value) => 4 * value - 1);
        const { data } = decodeBurst(encodeBurst(signal, options), options);
        expect(worst(signal, data)).toBeLessThanOrEqual(4 / (2 * maxSpikes) + 1e-12);
      }),
    );
  });
  it('tells more by wider intervals: a tenth of the error with ten times the steps', () => {
    const values = Float64Array.from({ length: 400 }, (_, k) => 0.45 + (0.5 * k) / 400);
    const options = { maxSpikes: 3, minInterval: 1, maxInterval: 101 };
    expect(worst(values, decodeBurst(encodeBurst(values, options), options).data)).toBeLessThan(0.0051);
  });
  it('reads bursts no value has by their number of spikes', () => {
    const code = {
      steps: Uint32Array.of(1, 2, 3, 4, 5, 6, 7),
      neurons: new Uint32Array(7),
      size: 1,
      duration: 13,
    };
    expect(decodeBurst(code).data[0]).toBeCloseTo(0.9, 12);
  });
  it('refuses windows shorter than the longest burst', () => {
    expect(() => encodeBurst([1], { window: 12 })).toThrow(
      'encodeBurst: window is 12; the longest burst takes 13 steps',
    );
  });
});
