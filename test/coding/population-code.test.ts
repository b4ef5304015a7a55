import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePopulation, encodePopulation, ratesPerNeuron } from '../../src/coding/index.js';
import { unitSignals, worst } from './signals.js';

/** Distance between centres: 10 neurons, 2 beyond each end. */
const SPACING = 1 / 5;

describe('the population code', () => {
  it('has Gaussian tuning: a value on a centre drives that neuron most, its neighbours exp(-1/2) of it', () => {
    const code = encodePopulation([0.4], { window: 1000 });
    const rates = ratesPerNeuron(code);
    // centres at -0.4, -0.2, 0, 0.2, 0.4, ...
    expect(rates[4]).toBe(1);
    expect(rates[3]).toBeCloseTo(Math.exp(-0.5), 2);
    expect(rates[5]).toBe(rates[3]);
    expect(rates[6]).toBeCloseTo(Math.exp(-2), 2);
    expect(rates[9]).toBe(0);
  });
  it.each([
    ['regular', 50],
    ['latency', 20],
  ] as const)('comes back within half a distance of centres: %s spikes, %s steps', (spikes, window) => {
    fc.assert(
      fc.property(unitSignals, (values) => {
        const options = { window, spikes };
        const { data, shape } = decodePopulation(encodePopulation(values, options), options);
        expect(shape).toEqual([values.length, 1]);
        expect(worst(values, data)).toBeLessThan(SPACING / 2);
      }),
    );
  });
  it('by chance comes back with the standard deviation of a centre of activity, width / sqrt(spikes)', () => {
    const options = { window: 40, spikes: 'poisson', peak: 0.1, seed: 5 } as const;
    const values = new Float64Array(1000).fill(0.47);
    const code = encodePopulation(values, options);
    const { data } = decodePopulation(code, options);
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    const deviation = Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
    // sum of tuning curves: sqrt(2 pi) at peak 1 and width 1
    const spikes = 40 * 0.1 * Math.sqrt(2 * Math.PI);
    expect(code.steps.length / 1000).toBeCloseTo(spikes, 0);
    expect(Math.abs(mean - 0.47)).toBeLessThan(0.01);
    expect(deviation / (SPACING / Math.sqrt(spikes))).toBeGreaterThan(0.9);
    expect(deviation / (SPACING / Math.sqrt(spikes))).toBeLessThan(1.15);
  });
  it('with long windows costs at most 0.06 distances at the ends', () => {
    const options = { window: 20_000 };
    const values = [0, 0.013, 0.5, 0.987, 1];
    const { data } = decodePopulation(encodePopulation(values, options), options);
    expect(worst(values, data)).toBeLessThan(0.06 * SPACING);
    expect(Math.abs(data[2]! - 0.5)).toBeLessThan(0.001 * SPACING);
  });
  it('reads silence as the value before, and as the middle at the start', () => {
    const silent = { steps: new Uint32Array(), neurons: new Uint32Array(), size: 10, duration: 40 };
    const options = { window: 20, min: -1, max: 3 };
    expect([...decodePopulation(silent, options).data]).toEqual([1, 1]);
    const once = { ...silent, steps: Uint32Array.of(4), neurons: Uint32Array.of(7) };
    expect([...decodePopulation(once, options).data]).toEqual([3, 3]);
  });
  it('keeps channels apart', () => {
    const signal = { data: [0.2, 0.8, 0.4, 0.6], shape: [2, 2] };
    const options = { window: 100 };
    const code = encodePopulation(signal, options);
    expect(code.size).toBe(20);
    expect(worst(signal.data, decodePopulation(code, options).data)).toBeLessThan(SPACING / 2);
  });
});
