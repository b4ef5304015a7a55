/**
 * The current-based balanced network of Vogels and Abbott (J. Neurosci. 25, 2005), with the parameters of
 * Brette et al. (J. Comput. Neurosci. 23, 2007), benchmark 2: 4000 neurons, 80 % excitatory, 2 % connected.
 *
 * One departure: a compartment of the chip has one synaptic current, so excitation and inhibition share a time
 * constant of 5 ms. The original inhibition lasts 10 ms; its weight is doubled here to keep its charge.
 */
import { cells, connectors, Network, synapses } from '../../src/index.js';

export const SIZE = 4000;
export const EXCITATORY = 3200;
/** ms per step */
export const DT = 1;

const PROBABILITY = 0.02;
const WEIGHT_EXCITATORY = 1.62; // mV
const WEIGHT_INHIBITORY = -9 * 2; // mV

/** Spread evenly over 0..1 without a random number: multiples of the golden ratio. */
const spread = (i: number): number => (i * 0.6180339887498949) % 1;

export function balancedNetwork(seed: number): Network {
  const network = new Network({ label: 'balanced', dt: DT, seed });
  const neurons = network.population(
    SIZE,
    cells.lif({
      tau_m: 20,
      tau_syn: 5,
      // above threshold: this is what drives the network
      v_rest: -49,
      v_reset: -60,
      v_th: -50,
      tau_refrac: 5,
      v0: Float64Array.from({ length: SIZE }, (_, i) => -60 + 10 * spread(i)),
    }),
    'neurons',
  );
  const random = connectors.fixedProbability(PROBABILITY, { allowSelf: false });
  const synapse = (weight: number) => synapses.static({ weight, unit: 'mV' });
  network.projection(neurons.slice(0, EXCITATORY), neurons, random, synapse(WEIGHT_EXCITATORY), {
    label: 'excitation',
  });
  network.projection(neurons.slice(EXCITATORY), neurons, random, synapse(WEIGHT_INHIBITORY), {
    label: 'inhibition',
  });
  return network;
}
