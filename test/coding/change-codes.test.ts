import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeOnOff,
  encodeContrast,
  encodeDelta,
  encodeLevelCrossing,
  encodeMovingWindow,
  encodeStepForward,
  type OnOffCode,
} from '../../src/coding/index.js';
import { sine, slowSignals, worst } from './signals.js';

/** ON spikes as +step, OFF spikes as -step, of a single channel. */
const events = ({ steps, neurons }: OnOffCode): number[] =>
  Array.from(steps, (step, k) => (neurons[k] === 0 ? step : -step));

describe('the delta code', () => {
  it('spikes when the signal has moved by the threshold since the last spike', () => {
    const code = encodeDelta([0, 1, 2, 4, 4, 3, 2], { threshold: 2 });
    expect(events(code)).toEqual([3, 4, -7]);
    expect([...decodeOnOff(code).data]).toEqual([0, 0, 2, 4, 4, 4, 2]);
  });
  it('forgets how far beyond the threshold the signal went', () => {
    const code = encodeDelta([0, 5, 6.9], { threshold: 2 });
    expect(events(code)).toEqual([2]);
    expect([...decodeOnOff(code).data]).toEqual([0, 2, 2]);
  });
  it('is off by less than the threshold and a largest difference a spike', () => {
    fc.assert(
      fc.property(slowSignals(8), fc.integer({ min: 1, max: 40 }), (signal, n) => {
        const threshold = n / 64;
        const code = encodeDelta(signal, { threshold });
        const { data } = decodeOnOff(code);
        let spikes = 0;
        for (const [k, value] of signal.entries()) {
          while (spikes < code.steps.length && code.steps[spikes]! <= k + 1) spikes++;
          expect(Math.abs(value - data[k]!)).toBeLessThan(threshold + spikes * (8 / 64) + 1e-12);
        }
      }),
    );
  });
  it('is exact for signals that move by the threshold or not at all', () => {
    const signal = [3, 3, 4, 5, 5, 4, 3, 2];
    expect([...decodeOnOff(encodeDelta(signal, { threshold: 1 })).data]).toEqual(signal);
  });
});

describe('the step-forward code', () => {
  it('moves its baseline a threshold a sample (Petro et al. 2020)', () => {
    const code = encodeStepForward([0, 1, 5, 5, 5, 0], { threshold: 2 });
    expect(events(code)).toEqual([3, 4, -6]);
    expect([...decodeOnOff(code).data]).toEqual([0, 0, 2, 4, 4, 2]);
  });
  it('is off by at most the threshold while samples differ by no more than that', () => {
    fc.assert(
      fc.property(slowSignals(8), fc.integer({ min: 8, max: 40 }), (signal, n) => {
        const { data } = decodeOnOff(encodeStepForward(signal, { threshold: n / 64 }));
        expect(worst(signal, data)).toBeLessThanOrEqual(n / 64 + 1e-12);
      }),
    );
  });
  it('catches up after a jump, a step a sample', () => {
    const signal = new Float64Array(20).fill(10, 5);
    const { data } = decodeOnOff(encodeStepForward(signal, { threshold: 1 }));
    expect(worst(signal.subarray(14), data.subarray(14))).toBeLessThanOrEqual(1);
  });
  it('starts where it is told', () => {
    const code = encodeStepForward([3, 3, 3], { threshold: 1, initial: 0 });
    expect([...decodeOnOff(code).data]).toEqual([1, 2, 2]);
  });
});

describe('the level-crossing code', () => {
  it('spikes at every level, several a sample where the window has room', () => {
    const code = encodeLevelCrossing([0.5, 1, 3.5, 3.2, 0], { threshold: 1, window: 3 });
    expect(events(code)).toEqual([4, 7, 8, -13, -14, -15]);
    expect([...decodeOnOff(code).data]).toEqual([0.5, 1.5, 3.5, 3.5, 0.5]);
  });
  it('is off by at most half the threshold while the window holds all crossings', () => {
    fc.assert(
      fc.property(slowSignals(30), fc.integer({ min: 1, max: 40 }), (signal, n) => {
        const threshold = n / 64;
        const options = { threshold, offset: 0.25, window: Math.ceil(30 / n) };
        const { data } = decodeOnOff(encodeLevelCrossing(signal, options));
        expect(worst(signal, data)).toBeLessThanOrEqual(threshold / 2 + 1e-12);
      }),
    );
  });
  it('sends later what found no room', () => {
    const code = encodeLevelCrossing([0, 3, 3, 3, 3], { threshold: 1 });
    expect(events(code)).toEqual([2, 3, 4]);
  });
});

describe('the contrast code', () => {
  it('spikes at changes above mean + factor * standard deviation of all', () => {
    // |d| = 1 1 1 5 1 1 1 5: mean 2, deviation sqrt(3)
    const code = encodeContrast([0, 1, 2, 3, 8, 7, 6, 5, 0]);
    expect(code.thresholds[0]).toBeCloseTo(2 + Math.sqrt(3), 12);
    expect(events(code)).toEqual([5, -9]);
    const { data } = decodeOnOff(code);
    expect(data[4]).toBeCloseTo(2 + Math.sqrt(3), 12);
    expect(data[8]).toBe(0);
  });
  it('leaves out no more than it says', () => {
    fc.assert(
      fc.property(slowSignals(20), fc.integer({ min: 0, max: 3 }), (signal, factor) => {
        const code = encodeContrast(signal, { factor });
        const threshold = code.thresholds[0]!;
        const { data } = decodeOnOff(code);
        let left = 0;
        for (const [k, value] of signal.entries()) {
          const change = k === 0 ? 0 : Math.abs(value - signal[k - 1]!);
          left += change > threshold ? change - threshold : change;
          expect(Math.abs(value - data[k]!)).toBeLessThanOrEqual(left + 1e-12);
        }
      }),
    );
  });
  it('is silent for a constant and for an empty signal', () => {
    expect(encodeContrast([4, 4, 4]).steps).toHaveLength(0);
    expect(encodeContrast([]).steps).toHaveLength(0);
  });
});

describe('the moving-window code', () => {
  it('spikes while the signal is away from the mean of the samples before', () => {
    // means before: 0, 0, 0, 0, 0, 2, 4, 6, 8
    const code = encodeMovingWindow([0, 0, 0, 0, 8, 8, 8, 8, 8], { threshold: 3, span: 4 });
    expect(events(code)).toEqual([5, 6, 7]);
    expect(decodeOnOff(code).data[8]).toBe(9);
  });
  it('takes the mean of what there is at the start', () => {
    // means before: 0, 0, 1, 2
    expect(events(encodeMovingWindow([0, 2, 4, 0], { threshold: 1.5, span: 10 }))).toEqual([2, 3, -4]);
  });
  it('ignores noise below the threshold', () => {
    const noisy = Float64Array.from({ length: 100 }, (_, k) => (k % 2 === 0 ? 0.4 : -0.4));
    expect(encodeMovingWindow(noisy, { threshold: 0.9 }).steps).toHaveLength(0);
  });
});

describe('codes of change', () => {
  it('give every channel two neurons of its own', () => {
    const up = sine(40);
    const data = Float64Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 1 : -1) * up[i >> 1]!);
    const code = encodeStepForward({ data, shape: [40, 2] }, { threshold: 0.2 });
    expect(code.size).toBe(4);
    const of = (neuron: number) => [...code.steps.filter((_, k) => code.neurons[k] === neuron)];
    expect(of(0)).toEqual(of(3));
    expect(of(1)).toEqual(of(2));
    expect(worst(data, decodeOnOff(code).data)).toBeLessThanOrEqual(0.2 + 1e-12);
  });
  it('refuse parts that do not fit', () => {
    const code = encodeDelta([0, 1], { threshold: 1 });
    expect(() => decodeOnOff({ ...code, thresholds: new Float64Array(2) })).toThrow(
      'decodeOnOff: 2 thresholds and 1 initial values for 1 channels',
    );
  });
});
