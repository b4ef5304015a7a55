/**
 * Spikes as the library takes and gives them: of a population as two columns, by step, then neuron, as
 * `spikesByPopulation` returns them; of one neuron as ascending times.
 */
import { SeamountError } from '../../cores/index.js';

/** Spikes of a population, by step, then neuron. Steps count from 1. */
export interface Spikes {
  readonly steps: Uint32Array;
  /** Numbers in the population. */
  readonly neurons: Uint32Array;
}

/** Spikes with the room they lie in. What `sources.spikeArray` takes, for a population of `size` neurons. */
export interface SpikeCode extends Spikes {
  /** Neurons. */
  readonly size: number;
  /** Steps 1..duration. */
  readonly duration: number;
}

/** Ascending times of one neuron's spikes, in steps or, where a function says so, in ms. */
export type Train = ArrayLike<number>;

/** Spikes one code may have: half a gigabyte while they are gathered. */
const SPIKES_MAX = 2 ** 26;

/** Gathers spikes in any order. `size * duration` must be below 2^53. */
export class SpikeCollector {
  readonly #size: number;
  readonly #duration: number;
  #keys = new Float64Array(1024);
  #count = 0;

  constructor(size: number, duration: number) {
    this.#size = size;
    this.#duration = duration;
  }

  /** step 1..duration, neuron 0..size - 1 */
  add(step: number, neuron: number): void {
    if (this.#count === this.#keys.length) this.#grow();
    this.#keys[this.#count++] = step * this.#size + neuron;
  }

  #grow(): void {
    if (this.#count === SPIKES_MAX)
      throw new SeamountError(
        'E_USAGE',
        `the code has more than ${SPIKES_MAX} spikes`,
        'encode a part of the signal, in shorter windows or at lower rates',
      );
    const keys = new Float64Array(2 * this.#keys.length);
    keys.set(this.#keys);
    this.#keys = keys;
  }

  finish(): SpikeCode {
    // Keys are whole numbers below 2^53: sorting them sorts by step, then neuron.
    const keys = this.#keys.slice(0, this.#count).sort();
    const steps = new Uint32Array(keys.length);
    const neurons = new Uint32Array(keys.length);
    for (let k = 0; k < keys.length; k++) {
      const step = Math.floor(keys[k]! / this.#size);
      steps[k] = step;
      neurons[k] = keys[k]! - step * this.#size;
    }
    return { steps, neurons, size: this.#size, duration: this.#duration };
  }
}

/**
 * One train a neuron: the steps of its spikes, ascending. Silent neurons have an empty one.
 * @throws {SeamountError} `E_USAGE` when a spike is of no neuron 0..size - 1 or the columns differ in length.
 */
export function trainsOf({ steps, neurons }: Spikes, size: number): Float64Array[] {
  if (steps.length !== neurons.length)
    throw new SeamountError('E_USAGE', `trainsOf: ${steps.length} steps for ${neurons.length} neurons`);
  const counts = new Uint32Array(size);
  for (let k = 0; k < neurons.length; k++) {
    const neuron = neurons[k]!;
    if (neuron >= size)
      throw new SeamountError('E_USAGE', `trainsOf: spike ${k} is of neuron ${neuron}, there are ${size}`);
    counts[neuron]!++;
  }
  const trains = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let k = 0; k < neurons.length; k++) trains[neurons[k]!]![counts[neurons[k]!]!++] = steps[k]!;
  return trains;
}

/**
 * The columns of trains in steps, by step, then neuron: the inverse of `trainsOf`.
 * @throws {SeamountError} `E_USAGE` when a time is no whole number 0..2^32 - 1.
 */
export function spikesOf(trains: readonly Train[]): Spikes {
  const collector = new SpikeCollector(trains.length, 0);
  for (const [neuron, train] of trains.entries())
    for (let k = 0; k < train.length; k++) {
      const step = train[k]!;
      if (step !== step >>> 0)
        throw new SeamountError(
          'E_USAGE',
          `spikesOf: spike ${k} of neuron ${neuron} is at ${step}, which is no step`,
          'divide times in ms by dt and round them',
        );
      collector.add(step, neuron);
    }
  const { steps, neurons } = collector.finish();
  return { steps, neurons };
}

/**
 * For measures that walk along trains: equal times are allowed.
 * @throws {SeamountError} `E_USAGE` when times descend or are not finite.
 */
export function checkAscending(call: string, train: Train): void {
  for (let k = 0; k < train.length; k++) {
    if (Number.isFinite(train[k]!) && (k === 0 || train[k]! >= train[k - 1]!)) continue;
    const before = k === 0 ? '' : ` after one at ${train[k - 1]}`;
    throw new SeamountError('E_USAGE', `${call}: spike ${k} is at ${train[k]}${before}`, 'sort the times');
  }
}

/** Times in ms of a train in steps of `dt` ms. */
export const inMilliseconds = (train: Train, dt: number): Float64Array =>
  Float64Array.from(train, (step) => step * dt);
