import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOnOff, decodeRate, inMilliseconds, spikesOf, trainsOf } from '../../src/coding/index.js';
import { trains } from './trains.js';

describe('columns and trains', () => {
  it('by hand', () => {
    const spikes = { steps: Uint32Array.of(1, 1, 2, 9), neurons: Uint32Array.of(0, 2, 0, 2) };
    expect(trainsOf(spikes, 4).map((train) => [...train])).toEqual([[1, 2], [], [1, 9], []]);
  });
  it('there and back', () => {
    fc.assert(
      fc.property(fc.array(trains, { maxLength: 6 }), (all) => {
        const spikes = spikesOf(all);
        for (let k = 1; k < spikes.steps.length; k++) {
          const [before, step] = [spikes.steps[k - 1]!, spikes.steps[k]!];
          expect(before < step || (before === step && spikes.neurons[k - 1]! < spikes.neurons[k]!)).toBe(
            true,
          );
        }
        expect(trainsOf(spikes, all.length).map((train) => [...train])).toEqual(all);
      }),
    );
  });
  it('refuse neurons there are not', () => {
    const spikes = { steps: Uint32Array.of(1), neurons: Uint32Array.of(3) };
    expect(() => trainsOf(spikes, 3)).toThrow('spike 0 is of neuron 3, there are 3');
    expect(() => trainsOf({ ...spikes, steps: new Uint32Array() }, 4)).toThrow('0 steps for 1 neurons');
  });
  it('refuse times that are no steps', () => {
    expect(() => spikesOf([[1], [2.5]])).toThrow('spikesOf: spike 0 of neuron 1 is at 2.5, which is no step');
  });
  it('in ms', () => expect([...inMilliseconds([2, 4], 0.5)]).toEqual([1, 2]));
});

describe('a decoder', () => {
  const code = { steps: Uint32Array.of(1, 5), neurons: Uint32Array.of(0, 1), size: 2, duration: 10 };
  it.each([
    ['a part of a window', { ...code, duration: 11 }, '11 steps are no whole number of windows of 5 steps'],
    ['spikes after the end', { ...code, duration: 0 }, 'spike 0 is of step 1; steps are 1..0 and ascend'],
    ['spikes out of order', { ...code, steps: Uint32Array.of(5, 1) }, 'spike 1 is of step 1'],
    ['strangers', { ...code, size: 1 }, 'spike 1 is of neuron 1, there are 1'],
    ['neurons of no whole channel', { ...code, size: 3 }, '3 neurons are no whole number of channels of 2'],
    ['columns of two lengths', { ...code, steps: Uint32Array.of(1) }, '1 steps for 2 neurons'],
  ])('refuses %s', (_name, wrong, message) => {
    const change = { ...wrong, window: 5, thresholds: new Float64Array(1), initial: new Float64Array(1) };
    expect(() => decodeOnOff(change)).toThrow(`decodeOnOff: ${message}`);
  });
  it('of a silent population gives the lowest value', () => {
    const silent = { steps: new Uint32Array(), neurons: new Uint32Array(), size: 2, duration: 10 };
    expect(decodeRate(silent, { window: 5, min: -1 })).toEqual({
      data: new Float64Array(4).fill(-1),
      shape: [2, 2],
    });
  });
});
