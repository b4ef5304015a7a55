/** When a neuron of a given rate fires: by chance, or evenly. One clock a neuron, asked once a step. */
import { PURPOSE, RandomStream } from '../compiler/random-stream.js';

export interface SpikeClock {
  /** Whether there is a spike in this step, at a rate of 0..1 spikes a step. */
  fires(rate: number): boolean;
}

/** Object numbers of encoders: far from the populations of a network, whose sources draw by their own. */
const ENCODERS = 0x40000000;

/** A spike in every step with probability `rate`, independent of all others (a Poisson process in steps). */
export class PoissonClock implements SpikeClock {
  readonly #stream: RandomStream;

  constructor(seed: number, neuron: number) {
    this.#stream = new RandomStream(seed, ENCODERS + neuron, PURPOSE.poisson);
  }

  fires(rate: number): boolean {
    return this.#stream.unit() < rate;
  }
}

const WHOLE = 2 ** 32;

/**
 * Evenly spaced spikes: a phase grows by the rate and a spike is sent whenever it passes a whole number.
 * It starts at 1/2, so counts are rounded, not cut: between any two steps the number of spikes is within 1
 * of the rate summed over them. The phase is kept in whole units of 2^-32: no drift, the same on every platform.
 */
export class RegularClock implements SpikeClock {
  #phase = WHOLE / 2;

  fires(rate: number): boolean {
    this.#phase += Math.round(rate * WHOLE);
    if (this.#phase < WHOLE) return false;
    this.#phase -= WHOLE;
    return true;
  }
}
