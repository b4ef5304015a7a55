/** Adam (Kingma & Ba 2015) with the usual constants, for one array of weights kept within +-limit. */
const FIRST = 0.9;
const SECOND = 0.999;
const TINY = 1e-8;

export class Adam {
  readonly #weights: Float32Array;
  readonly #limit: number;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  #updates = 0;

  constructor(weights: Float32Array, limit: number) {
    this.#weights = weights;
    this.#limit = limit;
    this.#first = new Float32Array(weights.length);
    this.#second = new Float32Array(weights.length);
  }

  /** One update by the mean of a batch's gradients, whose sum `gradient` is; `gradient` is zero after it. */
  update(gradient: Float32Array, batch: number, rate: number): void {
    const limit = this.#limit;
    const weights = this.#weights;
    const first = this.#first;
    const second = this.#second;
    this.#updates++;
    const step = rate / (1 - FIRST ** this.#updates);
    const bias = 1 - SECOND ** this.#updates;
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]! / batch;
      const mean = FIRST * first[i]! + (1 - FIRST) * g;
      const square = SECOND * second[i]! + (1 - SECOND) * g * g;
      first[i] = mean;
      second[i] = square;
      const next = weights[i]! - (step * mean) / (Math.sqrt(square / bias) + TINY);
      weights[i] = Math.max(-limit, Math.min(limit, next));
    }
    gradient.fill(0);
  }
}
