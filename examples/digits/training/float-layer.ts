/**
 * One layer in floating point, run for all input steps of one digit, and its gradient backwards in time
 * (surrogate gradients: Neftci, Mostafa & Zenke 2019). Forward it is the chip's rule with threshold 1:
 *
 *     v = keep v + (weights of the spikes that arrive);  spike when v > 1, then v = 0
 *
 * Backward the step function gets a slope: a triangle of half-width 1 around the threshold; the reset counts
 * as constant. The triangle ends, so most neurons need no gradient at most steps.
 *
 * The one step a spike travels between layers shifts a layer's clock as a whole, so it is left out here.
 */
import { emptyTrain, type SpikeTrain } from '../encode.js';
import { INPUT_STEPS } from '../model.js';
import type { Wiring } from './wiring.js';

export class FloatLayer {
  readonly wiring: Wiring;
  readonly output: SpikeTrain;
  /** Spikes of each neuron for this digit. */
  readonly counts: Float32Array;
  readonly #keep: number;
  /** v before the reset, [step][neuron] */
  readonly #v: Float32Array;
  /** Gradient of the loss by v, [step][neuron] */
  readonly #gradV: Float32Array;
  readonly #carry: Float32Array;
  #input: SpikeTrain;

  /** `dv` as the chip's register. */
  constructor(wiring: Wiring, dv: number) {
    const n = wiring.targets;
    this.wiring = wiring;
    this.output = emptyTrain(n);
    this.counts = new Float32Array(n);
    this.#keep = (4096 - dv) / 4096;
    this.#v = new Float32Array(n * INPUT_STEPS);
    this.#gradV = new Float32Array(n * INPUT_STEPS);
    this.#carry = new Float32Array(n);
    this.#input = emptyTrain(0);
  }

  forward(input: SpikeTrain): void {
    const { wiring, output, counts } = this;
    const size = wiring.targets;
    const v = this.#v;
    const keep = this.#keep;
    this.#input = input;
    counts.fill(0);
    v.fill(0);
    let spikes = 0;
    for (let t = 0; t < INPUT_STEPS; t++) {
      const now = t * size;
      for (let s = input.start[t]!; s < input.start[t + 1]!; s++) wiring.deliver(input.ids[s]!, v, now);
      const before = now - size;
      for (let i = 0; i < size; i++) {
        const old = t === 0 ? 0 : v[before + i]!;
        const next = (old > 1 ? 0 : keep * old) + v[now + i]!;
        v[now + i] = next;
        if (next > 1) {
          output.ids[spikes++] = i;
          counts[i] = counts[i]! + 1;
        }
      }
      output.start[t + 1] = spikes;
    }
  }

  /**
   * Adds the gradient of the loss to `gradient` (same shape as the weights).
   * `slope(i, t)` is the gradient of the loss by neuron i's spike at step t (from 0).
   */
  backward(slope: (neuron: number, step: number) => number, gradient: Float32Array): void {
    const { wiring } = this;
    const size = wiring.targets;
    const v = this.#v;
    const gradV = this.#gradV;
    const carry = this.#carry;
    const keep = this.#keep;
    const input = this.#input;
    carry.fill(0);
    for (let t = INPUT_STEPS - 1; t >= 0; t--) {
      const now = t * size;
      for (let i = 0; i < size; i++) {
        const value = v[now + i]!;
        let g = value > 1 ? 0 : carry[i]!;
        const height = value > 1 ? 2 - value : value;
        if (height > 0) g += height * slope(i, t);
        carry[i] = keep * g;
        gradV[now + i] = g;
      }
      for (let s = input.start[t]!; s < input.start[t + 1]!; s++) {
        wiring.accumulate(input.ids[s]!, gradV, now, gradient);
      }
    }
  }

  /** Gradient of the loss by a spike of `source` at step t (from 0); valid after `backward`. */
  slopeOf(source: number, step: number): number {
    return this.wiring.pullBack(source, this.#gradV, step * this.wiring.targets);
  }
}
