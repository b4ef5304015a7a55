/** The last samples of the live neuron, in order: what the scope shows and the CSV holds. */
import type { MembraneData } from '../../views/membrane.js';
import type { LiveSamples } from './live.js';

export class SampleStore implements MembraneData {
  from = 0;
  to = 0;
  readonly times: Float64Array;
  readonly v: Float32Array;
  readonly ideal: Float32Array;
  readonly threshold: Float32Array;
  readonly spikes: Uint8Array;
  readonly #keep: number;

  /** @param keep samples kept; twice as many have room, so that old ones are moved out seldom */
  constructor(keep: number) {
    this.#keep = keep;
    this.times = new Float64Array(2 * keep);
    this.v = new Float32Array(2 * keep);
    this.ideal = new Float32Array(2 * keep);
    this.threshold = new Float32Array(2 * keep);
    this.spikes = new Uint8Array(2 * keep);
  }

  /** ms of the last sample; 0 without any. */
  get end(): number {
    return this.to > this.from ? this.times[this.to - 1]! : 0;
  }

  /** Adds at most as many as are kept. */
  add(samples: LiveSamples): void {
    const count = samples.times.length;
    if (this.to + count > 2 * this.#keep) {
      const first = Math.max(this.from, this.to - this.#keep + count);
      for (const column of [this.times, this.v, this.ideal, this.threshold, this.spikes])
        column.copyWithin(0, first, this.to);
      this.to -= first;
      this.from = 0;
    }
    this.times.set(samples.times, this.to);
    this.v.set(samples.v, this.to);
    this.ideal.set(samples.ideal, this.to);
    this.threshold.set(samples.threshold, this.to);
    this.spikes.set(samples.spikes, this.to);
    this.to += count;
    this.from = Math.max(this.from, this.to - this.#keep);
  }
}
