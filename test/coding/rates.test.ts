import { describe, expect, it } from 'vitest';
import { meanRate, populationRate, ratesPerNeuron } from '../../src/coding/index.js';

/** Neuron 0 at steps 1, 3, 10; neuron 2 at 3. */
const CODE = {
  steps: Uint32Array.of(1, 3, 3, 10),
  neurons: Uint32Array.of(0, 0, 2, 0),
  size: 3,
  duration: 10,
};

describe('rates', () => {
  it('of a train, per step and in Hz', () => {
    expect(meanRate([1, 3, 10], { from: 1, to: 10 })).toBe(0.3);
    expect(meanRate([1, 3, 10], { from: 2, to: 6, dt: 2 })).toBe(100);
    expect(meanRate([], { from: 1, to: 10 })).toBe(0);
  });
  it('of neurons', () => {
    expect([...ratesPerNeuron(CODE)]).toEqual([0.3, 0, 0.1]);
    expect([...ratesPerNeuron(CODE, { from: 3, to: 6, dt: 1 })]).toEqual([250, 0, 250]);
  });
  it('of the population in bins; the last is as long as it is', () => {
    const { steps, rates } = populationRate(CODE, { bin: 4 });
    expect([...steps]).toEqual([1, 5, 9]);
    expect([...rates]).toEqual([3 / 12, 0, 1 / 6]);
    expect([...populationRate(CODE, { bin: 10, dt: 1 }).rates].map(Math.round)).toEqual([133]);
  });
  it('of no neurons and of no steps', () => {
    const none = { steps: new Uint32Array(), neurons: new Uint32Array(), size: 0, duration: 4 };
    expect([...populationRate(none, { bin: 2 }).rates]).toEqual([0, 0]);
    expect(populationRate({ ...none, size: 3, duration: 0 }, { bin: 2 }).rates).toHaveLength(0);
    expect(ratesPerNeuron(none)).toHaveLength(0);
  });
  it('refuse windows that hold nothing', () => {
    expect(() => meanRate([], { from: 2, to: 1 })).toThrow('meanRate: steps 2..1 hold nothing');
    expect(() => populationRate(CODE, { bin: 0 })).toThrow('bin is 0');
  });
});
