/**
 * The quantised network in plain integers, written from docs/semantics.md and from nothing else: no cores, no
 * mailboxes, no kernels. Training uses it to know the accuracy on the chip, the test to check every vote of the chip.
 */
import { emptyTrain, encode, type SpikeTrain } from './encode.js';
import {
  DIGIT_STEPS,
  FEATURES,
  INPUT_STEPS,
  KERNEL,
  MAP_SIDE,
  MAPS,
  PIXELS,
  SIDE,
  STRIDE,
  VOTES,
} from './model.js';
import type { LayerWeights, Weights } from './weights-format.js';

const INPUT_LIMIT = 2 ** 21;
const CURRENT_LIMIT = 2 ** 23;
const V_MAX = 2 ** 23 - 1;

const decay = (x: number, d: number): number => Math.trunc((x * (4096 - d)) / 4096);

class Layer {
  readonly #weights: LayerWeights;
  readonly #u: Int32Array;
  readonly #v: Int32Array;
  /** Sums of the step, in weights of the chip. */
  readonly input: Int32Array;

  constructor(weights: LayerWeights, size: number) {
    this.#weights = weights;
    this.#u = new Int32Array(size);
    this.#v = new Int32Array(size);
    this.input = new Int32Array(size);
  }

  reset(): void {
    this.#u.fill(0);
    this.#v.fill(0);
  }

  effective(mantissa: number): number {
    return mantissa * 2 ** (6 + this.#weights.weightExp);
  }

  /** One step; calls `fired` in ascending order. Throws where a register of the chip would overflow. */
  step(fired: (neuron: number) => void): void {
    const { du, dv, vthMant } = this.#weights;
    for (let i = 0; i < this.input.length; i++) {
      const q = this.input[i]!;
      this.input[i] = 0;
      const u = decay(this.#u[i]!, du + 1) + q;
      if (q < -INPUT_LIMIT || q >= INPUT_LIMIT || u < -CURRENT_LIMIT || u >= CURRENT_LIMIT) {
        throw new Error(`neuron ${i}: input ${q} or current ${u} leaves its register`);
      }
      const v = Math.max(-V_MAX, Math.min(V_MAX, decay(this.#v[i]!, dv) + u));
      const spike = v > vthMant * 64;
      this.#u[i] = u;
      this.#v[i] = spike ? 0 : v;
      if (spike) fired(i);
    }
  }
}

export interface ReferenceAnswer {
  /** Spikes of each vote compartment. */
  readonly votes: Uint32Array;
  readonly pixelSpikes: number;
  readonly featureSpikes: number;
}

export class Reference {
  readonly #weights: Weights;
  readonly #features: Layer;
  readonly #votes: Layer;
  readonly #pixels: SpikeTrain = emptyTrain(PIXELS);

  constructor(weights: Weights) {
    this.#weights = weights;
    this.#features = new Layer(weights.features, FEATURES);
    this.#votes = new Layer(weights.votes, VOTES);
  }

  /** Shows one digit to a network at rest. */
  show(pixels: Uint8Array, from: number): ReferenceAnswer {
    encode(pixels, from, this.#pixels);
    this.#features.reset();
    this.#votes.reset();
    const { start, ids } = this.#pixels;
    const votes = new Uint32Array(VOTES);
    let featureSpikes = 0;
    let inFlight: number[] = [];
    for (let t = 1; t <= DIGIT_STEPS; t++) {
      if (t <= INPUT_STEPS) for (let s = start[t - 1]!; s < start[t]!; s++) this.#convolve(ids[s]!);
      for (const feature of inFlight) this.#deliver(feature);
      inFlight = [];
      this.#features.step((feature) => inFlight.push(feature));
      this.#votes.step((vote) => votes[vote]!++);
      featureSpikes += inFlight.length;
    }
    return { votes, pixelSpikes: start[INPUT_STEPS]!, featureSpikes };
  }

  #convolve(pixel: number): void {
    const layer = this.#features;
    const { mantissas } = this.#weights.features;
    const y = Math.floor(pixel / SIDE);
    const x = pixel % SIDE;
    for (let fy = 0; fy < MAP_SIDE; fy++) {
      const ky = y - fy * STRIDE;
      if (ky < 0 || ky >= KERNEL) continue;
      for (let fx = 0; fx < MAP_SIDE; fx++) {
        const kx = x - fx * STRIDE;
        if (kx < 0 || kx >= KERNEL) continue;
        for (let map = 0; map < MAPS; map++) {
          const weight = layer.effective(mantissas[(map * KERNEL + ky) * KERNEL + kx]!);
          layer.input[(map * MAP_SIDE + fy) * MAP_SIDE + fx]! += weight;
        }
      }
    }
  }

  #deliver(feature: number): void {
    const layer = this.#votes;
    const { mantissas } = this.#weights.votes;
    for (let vote = 0; vote < VOTES; vote++)
      layer.input[vote]! += layer.effective(mantissas[feature * VOTES + vote]!);
  }
}
