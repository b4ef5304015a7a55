/** Both layers in floating point, and how they learn: softmax and cross-entropy over the votes, Adam. */
import { emptyTrain, encode } from '../encode.js';
import {
  answerOf,
  CLASSES,
  FEATURE_DV,
  FEATURES,
  PIXELS,
  VOTE_DV,
  VOTERS,
  VOTES,
  votesFor,
} from '../model.js';
import { Adam } from './adam.js';
import { FloatLayer } from './float-layer.js';
import type { Random } from './random.js';
import { ConvWiring, DenseWiring } from './wiring.js';

/** Natural logarithm of the odds that one more vote is worth. */
const VOTE_WORTH = 0.2;
/** Standard deviations of the first weights, in thresholds: enough for a few features and votes to fire. */
const FIRST_KERNELS = 0.25;
const FIRST_READOUT = 0.06;
/** Largest weight in thresholds. The 8 bits of the chip span +- this: a wider span is a coarser grid. */
const LIMIT = 1.5;

export class FloatNetwork {
  readonly kernels = new ConvWiring();
  readonly readout = new DenseWiring(FEATURES, VOTES);
  readonly #features = new FloatLayer(this.kernels, FEATURE_DV);
  readonly #votes = new FloatLayer(this.readout, VOTE_DV);
  readonly #pixels = emptyTrain(PIXELS);
  readonly #kernelGradient = new Float32Array(this.kernels.weights.length);
  readonly #readoutGradient = new Float32Array(this.readout.weights.length);
  readonly #kernelAdam = new Adam(this.kernels.weights, LIMIT);
  readonly #readoutAdam = new Adam(this.readout.weights, LIMIT);
  readonly #error = new Float64Array(CLASSES);
  #learnt = 0;

  constructor(random: Random) {
    const { kernels, readout } = this;
    for (let i = 0; i < kernels.weights.length; i++) kernels.weights[i] = random.normal() * FIRST_KERNELS;
    for (let i = 0; i < readout.weights.length; i++) readout.weights[i] = random.normal() * FIRST_READOUT;
  }

  /** Shows one digit and returns the answer. */
  answer(pixels: Uint8Array, from: number): number {
    encode(pixels, from, this.#pixels);
    this.#features.forward(this.#pixels);
    this.#votes.forward(this.#features.output);
    return answerOf(this.#votes.counts);
  }

  /** Adds the gradient of the digit just answered; returns its loss. */
  learn(label: number): number {
    const error = this.#error;
    let total = 0;
    for (let digit = 0; digit < CLASSES; digit++) {
      error[digit] = Math.exp(VOTE_WORTH * votesFor(this.#votes.counts, digit));
      total += error[digit]!;
    }
    const loss = Math.log(total / error[label]!);
    for (let digit = 0; digit < CLASSES; digit++) {
      error[digit] = VOTE_WORTH * (error[digit]! / total - (digit === label ? 1 : 0));
    }
    const votes = this.#votes;
    votes.backward((i) => error[Math.floor(i / VOTERS)]!, this.#readoutGradient);
    this.#features.backward((i, t) => votes.slopeOf(i, t), this.#kernelGradient);
    this.#learnt++;
    return loss;
  }

  /** Changes the weights by what was learnt since the last call. */
  update(rate: number): void {
    this.#kernelAdam.update(this.#kernelGradient, this.#learnt, rate);
    this.#readoutAdam.update(this.#readoutGradient, this.#learnt, rate);
    this.#learnt = 0;
  }
}
