/** Which weights a source's spike adds to which neurons, and the same backwards. */
import { FEATURES, KERNEL, MAP_SIDE, MAPS, PIXELS, SIDE, STRIDE } from '../model.js';

export interface Wiring {
  readonly sources: number;
  readonly targets: number;
  readonly weights: Float32Array;
  /** Adds the weights of one spike to `input[at + target]`. */
  deliver(source: number, input: Float32Array, at: number): void;
  /** Adds one spike's share to the gradient of the weights, from the gradient by v at `at`. */
  accumulate(source: number, gradV: Float32Array, at: number, gradient: Float32Array): void;
  /** Sum over targets of weight x gradient by v. */
  pullBack(source: number, gradV: Float32Array, at: number): number;
}

/** All to all; the weight of (source, target) is at `source * targets + target`. */
export class DenseWiring implements Wiring {
  readonly sources: number;
  readonly targets: number;
  readonly weights: Float32Array;

  constructor(sources: number, targets: number) {
    this.sources = sources;
    this.targets = targets;
    this.weights = new Float32Array(sources * targets);
  }

  deliver(source: number, input: Float32Array, at: number): void {
    const { targets, weights } = this;
    const row = source * targets;
    for (let j = 0; j < targets; j++) input[at + j] = input[at + j]! + weights[row + j]!;
  }

  accumulate(source: number, gradV: Float32Array, at: number, gradient: Float32Array): void {
    const { targets } = this;
    const row = source * targets;
    for (let j = 0; j < targets; j++) gradient[row + j] = gradient[row + j]! + gradV[at + j]!;
  }

  pullBack(source: number, gradV: Float32Array, at: number): number {
    const { targets, weights } = this;
    const row = source * targets;
    // two sums, because a single one waits for its own last addition; VOTES is even
    let even = 0;
    let odd = 0;
    for (let j = 0; j < targets; j += 2) {
      even += weights[row + j]! * gradV[at + j]!;
      odd += weights[row + j + 1]! * gradV[at + j + 1]!;
    }
    return even + odd;
  }
}

/**
 * The convolution. Here maps are the innermost index, which is what makes it fast: feature (map, y, x) is
 * (y * MAP_SIDE + x) * MAPS + map, and the weight of (map, ky, kx) is at (ky * KERNEL + kx) * MAPS + map.
 */
export class ConvWiring implements Wiring {
  readonly sources = PIXELS;
  readonly targets = FEATURES;
  readonly weights = new Float32Array(KERNEL * KERNEL * MAPS);
  /** Pairs (first target, first weight) of pixel p are at `start[p] .. start[p + 1]`. */
  readonly #start = new Uint32Array(PIXELS + 1);
  readonly #pairs: Uint32Array;

  constructor() {
    const pairs: number[] = [];
    for (let p = 0; p < PIXELS; p++) {
      const y = Math.floor(p / SIDE);
      const x = p % SIDE;
      for (let fy = 0; fy < MAP_SIDE; fy++) {
        const ky = y - fy * STRIDE;
        if (ky < 0 || ky >= KERNEL) continue;
        for (let fx = 0; fx < MAP_SIDE; fx++) {
          const kx = x - fx * STRIDE;
          if (kx < 0 || kx >= KERNEL) continue;
          pairs.push((fy * MAP_SIDE + fx) * MAPS, (ky * KERNEL + kx) * MAPS);
        }
      }
      this.#start[p + 1] = pairs.length;
    }
    this.#pairs = Uint32Array.from(pairs);
  }

  deliver(source: number, input: Float32Array, at: number): void {
    const { weights } = this;
    for (let p = this.#start[source]!; p < this.#start[source + 1]!; p += 2) {
      const target = at + this.#pairs[p]!;
      const weight = this.#pairs[p + 1]!;
      for (let m = 0; m < MAPS; m++) input[target + m] = input[target + m]! + weights[weight + m]!;
    }
  }

  accumulate(source: number, gradV: Float32Array, at: number, gradient: Float32Array): void {
    for (let p = this.#start[source]!; p < this.#start[source + 1]!; p += 2) {
      const target = at + this.#pairs[p]!;
      const weight = this.#pairs[p + 1]!;
      for (let m = 0; m < MAPS; m++) gradient[weight + m] = gradient[weight + m]! + gradV[target + m]!;
    }
  }

  pullBack(): number {
    throw new Error('nothing is trained in front of the pixels');
  }
}
