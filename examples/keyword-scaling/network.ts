/**
 * The networks of the sweep: inputs, a layer that reads them, copies of ten layers of 256 that all start from
 * it, an output layer and the characters, as class ScaledModel of github.com/abr/power_benchmarks has it
 * (models.py at fce95c8: "scales the same way as scaling occurs on Loihi"; the program for Loihi is not public).
 *
 * Weights are random there and the rates of neurons were not logged. Here a neuron's bias and threshold make it
 * fire every P steps, P drawn so that a share `activity` of the neurons spikes in a step, each from a phase of its own.
 * Weights are random, of mean zero, and too small to change that by much; what was spiked is counted.
 */
import { cells, connectors, Network, type Population, sources, synapses } from '../../src/index.js';

export const LAYERS = 10;
export const WIDTH = 256;
const INPUTS = 390;
const CHARACTERS = 29;

export interface Scaling {
  readonly copies: number;
  /** Share of neurons that spikes in a step. */
  readonly activity: number;
  /**
   * Whether the last layer of each copy feeds the output layer, which ScaledModel has: 65,536 more synapses a
   * copy than its ten layers.
   */
  readonly joined: boolean;
}

const VTH = 60_000;
const BIAS_EXP = 7;
const SIGN = 0x8000;

/** A small generator of 32-bit numbers, seeded. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) >>> 0;
  };
}

/** Neurons that fire by themselves. */
function clocks(activity: number, seed: number) {
  const draw = generator(seed);
  const unit = (): number => draw() / 2 ** 32;
  const threshold = VTH * 64;
  const short = Math.floor(1 / activity);
  // Shares of periods `short` and `short + 1` whose mean rate is `activity`.
  const share = (activity - 1 / (short + 1)) / (1 / short - 1 / (short + 1));
  const biasMant = new Int32Array(WIDTH);
  const v0 = new Int32Array(WIDTH);
  for (let i = 0; i < WIDTH; i++) {
    const period = short + (unit() < share ? 0 : 1);
    // Half a bias above the threshold in step `period`: what synapses add in between does not matter then.
    const bias = Math.round(threshold / (period - 0.5) / 2 ** BIAS_EXP);
    biasMant[i] = bias;
    v0[i] = Math.floor(unit() * period) * bias * 2 ** BIAS_EXP;
  }
  return cells.loihi({ vth: VTH, biasMant, biasExp: BIAS_EXP, v0 });
}

/** Even mantissas, 2 to 16 of either sign: dense rows of 8 bits, none of them zero. By pre, then post neuron. */
function randomWeights(rows: number, columns: number, seed: number): Int16Array {
  const draw = generator(seed);
  return Int16Array.from({ length: rows * columns }, () => {
    const bits = draw();
    const size = 2 * (1 + ((bits >>> 16) & 7));
    return (bits & SIGN) === 0 ? size : -size;
  });
}

export function scaledNetwork({ copies, activity, joined }: Scaling): Network {
  const network = new Network({ label: `${copies} copies`, seed: 1 });
  let seed = 1;
  const layer = (label: string): Population => network.population(WIDTH, clocks(activity, seed++), label);
  const feed = (pre: Population, post: Population): void => {
    const weight = randomWeights(pre.size, post.size, seed++);
    network.projection(pre, post, connectors.allToAll(), synapses.static({ weight, signMode: 'mixed' }));
  };
  const input = network.population(INPUTS, sources.poisson({ probability: activity }), 'input');
  const first = layer('first');
  const output = layer('output');
  const characters = network.population(CHARACTERS, cells.loihi({ vth: VTH }), 'characters');
  feed(input, first);
  feed(first, output);
  feed(output, characters);
  for (let copy = 0; copy < copies; copy++) {
    let current = first;
    for (let k = 0; k < LAYERS; k++) {
      const next = layer(`copy ${copy} layer ${k}`);
      feed(current, next);
      current = next;
    }
    if (joined) feed(current, output);
  }
  return network;
}
