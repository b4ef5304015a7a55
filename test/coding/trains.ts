/** Trains of known statistics, and arbitrary ones. */
import fc from 'fast-check';
import { PURPOSE, RandomStream } from '../../src/compiler/random-stream.js';

/** A gamma process of whole order k and mean interval 1: every k-th spike of a Poisson process. Order 1 is Poisson. */
export function gammaTrain(order: number, spikes: number, seed: number): Float64Array {
  const stream = new RandomStream(seed, 0, PURPOSE.poisson);
  let time = 0;
  return Float64Array.from({ length: spikes }, () => {
    for (let i = 0; i < order; i++) time -= Math.log(1 - stream.unit()) / order;
    return time;
  });
}

export const clockTrain = (spikes: number, interval = 10): Float64Array =>
  Float64Array.from({ length: spikes }, (_, k) => (k + 1) * interval);

/** Strictly ascending whole times 0..500, 0 to 12 of them. */
export const trains = fc
  .uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 12 })
  .map((times) => times.sort((a, b) => a - b));
