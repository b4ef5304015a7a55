import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRate, encodePoisson, encodeRegular } from '../../src/coding/index.js';
import { unitSignals, worst } from './signals.js';

describe('the regular rate code', () => {
  it('spaces spikes evenly, the first after half an interval', () => {
    const { steps, neurons, size, duration } = encodeRegular([0.25], { window: 16 });
    expect([...steps]).toEqual([2, 6, 10, 14]);
    expect([...neurons]).toEqual([0, 0, 0, 0]);
    expect({ size, duration }).toEqual({ size: 1, duration: 16 });
  });
  it('carries the phase from sample to sample', () => {
    const { steps } = encodeRegular(new Float64Array(30).fill(0.1), { window: 1 });
    expect([...steps]).toEqual([5, 15, 25]);
  });
  it('spikes never at 0 and always at 1', () => {
    const { steps, neurons } = encodeRegular({ data: [0, 1], shape: [1, 2] }, { window: 3 });
    expect([...steps]).toEqual([1, 2, 3]);
    expect([...neurons]).toEqual([1, 1, 1]);
  });
  it('takes rates in Hz with a dt: 100 Hz at steps of 2 ms is a spike in five steps', () => {
    const options = { window: 20, minRate: 0, maxRate: 100, dt: 2 };
    expect([...encodeRegular([1], options).steps]).toEqual([3, 8, 13, 18]);
    expect(decodeRate(encodeRegular([1], options), options).data[0]).toBe(1);
  });
  it('comes back within one spike of the window', () => {
    fc.assert(
      fc.property(unitSignals, fc.integer({ min: 1, max: 40 }), (values, window) => {
        const signal = values.map((value) => 4 * value - 2);
        const options = { window, min: -2, max: 2, minRate: 0.125, maxRate: 0.875 };
        const { data, shape } = decodeRate(encodeRegular(signal, options), options);
        expect(shape).toEqual([values.length, 1]);
        expect(worst(signal, data)).toBeLessThan(4 / (window * 0.75));
      }),
    );
  });
  it('does not drift in a million steps', () => {
    const { steps } = encodeRegular([1 / 3], { window: 1_000_000 });
    expect(steps).toHaveLength(333_333);
  });
  it('decodes over windows of several samples', () => {
    const code = encodeRegular([1, 1, 0, 0], { window: 5 });
    expect([...decodeRate(code, { window: 10 }).data]).toEqual([1, 0]);
  });
});

describe('the Poisson rate code', () => {
  it('is the same for a seed, and differs by seed and channel', () => {
    const signal = { data: new Float64Array(400).fill(0.5), shape: [200, 2] };
    const one = encodePoisson(signal, { seed: 7 });
    expect(encodePoisson(signal, { seed: 7 })).toEqual(one);
    expect(encodePoisson(signal, { seed: 8 })).not.toEqual(one);
    const of = (neuron: number) => [...one.steps.filter((_, k) => one.neurons[k] === neuron)];
    expect(of(0)).not.toEqual(of(1));
  });
  it('draws these spikes on every platform', () => {
    expect([...encodePoisson([0.3], { window: 30, seed: 42 }).steps]).toMatchInlineSnapshot(`
      [
        1,
        6,
        10,
        13,
        15,
        17,
        21,
        25,
        28,
      ]
    `);
  });
  it('keeps channels as they are when others are added', () => {
    const alone = encodePoisson(new Float64Array(50).fill(0.5), { seed: 1 });
    const both = encodePoisson({ data: new Float64Array(100).fill(0.5), shape: [50, 2] }, { seed: 1 });
    expect([...both.steps.filter((_, k) => both.neurons[k] === 0)]).toEqual([...alone.steps]);
  });
  it.each([0.1, 0.5, 0.9])('comes back at %s without bias, with the variance of chance', (value) => {
    const window = 100;
    const samples = 2000;
    const options = { window, seed: 3 };
    const { data } = decodeRate(encodePoisson(new Float64Array(samples).fill(value), options), options);
    const mean = data.reduce((sum, x) => sum + x, 0) / samples;
    const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples;
    const expected = (value * (1 - value)) / window;
    expect(Math.abs(mean - value)).toBeLessThan(4 * Math.sqrt(expected / samples));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / samples));
  });
  it('clips what lies outside the range', () => {
    const code = encodePoisson([-5, 9], { window: 10 });
    expect([...decodeRate(code, { window: 10 }).data]).toEqual([0, 1]);
  });
});
