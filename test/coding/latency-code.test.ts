import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLatency, encodeLatency } from '../../src/coding/index.js';
import { unitSignals, worst } from './signals.js';

describe('the latency code', () => {
  it('spikes the earlier the greater the value', () => {
    const { steps, duration } = encodeLatency([1, 0.5, 0], { window: 11 });
    expect([...steps]).toEqual([1, 17, 33]);
    expect(duration).toBe(33);
  });
  it('orders channels by value', () => {
    const { steps, neurons } = encodeLatency({ data: [0.1, 0.9, 0.5], shape: [1, 3] }, { window: 21 });
    expect([...neurons]).toEqual([1, 2, 0]);
    expect([...steps]).toEqual([3, 11, 19]);
  });
  it('comes back within half a step, a spike a sample', () => {
    fc.assert(
      fc.property(unitSignals, fc.integer({ min: 2, max: 100 }), (values, window) => {
        const signal = values.map((value) => 10 * value - 3);
        const options = { window, min: -3, max: 7 };
        const code = encodeLatency(signal, options);
        expect(code.steps).toHaveLength(values.length);
        const bound = 10 / (2 * (window - 1));
        expect(worst(signal, decodeLatency(code, options).data)).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });
  it('leaves small values silent when asked, and reads silence as min', () => {
    const options = { window: 11, silentBelow: 0.2 };
    const code = encodeLatency([0.1, 0.2, 1], options);
    expect([...code.steps]).toEqual([20, 23]);
    expect([...decodeLatency(code, options).data].map((x) => Number(x.toFixed(9)))).toEqual([0, 0.2, 1]);
  });
  it('reads the first spike of a window', () => {
    const code = { steps: Uint32Array.of(3, 5), neurons: Uint32Array.of(0, 0), size: 1, duration: 5 };
    expect([...decodeLatency(code, { window: 5 }).data]).toEqual([0.5]);
  });
});
