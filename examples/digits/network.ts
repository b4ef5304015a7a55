/** The trained weights as a Seamount network. Nothing in it depends on the digits: the host sends those while it runs. */
import { cells, connectors, Network, type Population, sources, synapses } from '../../src/browser.js';
import { FEATURES, KERNEL, MAPS, PIXELS, SIDE, STRIDE, VOTES } from './model.js';
import type { LayerWeights, Weights } from './weights-format.js';

export interface DigitsNetwork {
  readonly network: Network;
  readonly pixels: Population;
  readonly features: Population;
  readonly votes: Population;
}

const cellOf = ({ du, dv, vthMant }: LayerWeights) => cells.loihi({ du, dv, vthMant });

export function digitsNetwork(weights: Weights): DigitsNetwork {
  const network = new Network({ label: 'digits' });
  const pixels = network.population(PIXELS, sources.spikeArray({ neurons: [], steps: [] }), 'pixels');
  const features = network.population(FEATURES, cellOf(weights.features), 'features');
  const votes = network.population(VOTES, cellOf(weights.votes), 'votes');
  network.projection(
    pixels,
    features,
    connectors.conv2d({
      inputShape: [1, SIDE, SIDE],
      kernel: { shape: [MAPS, 1, KERNEL, KERNEL], data: weights.features.mantissas },
      stride: STRIDE,
    }),
    synapses.static({ weightExp: weights.features.weightExp, signMode: 'mixed' }),
  );
  network.projection(
    features,
    votes,
    connectors.matrix({ rows: FEATURES, columns: VOTES, data: weights.votes.mantissas }),
    synapses.static({ weightExp: weights.votes.weightExp, signMode: 'mixed' }),
  );
  network.probe(votes, ['spikes']);
  return { network, pixels, features, votes };
}
