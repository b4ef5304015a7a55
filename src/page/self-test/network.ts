/**
 * A small network that touches most of the chip: recurrent excitation and inhibition over several cores, delays,
 * noise, refractoriness, a host source. Its spikes and its state after the run are known; every machine must give
 * the same.
 */
import type { ChipImage } from '../../../routing/index.js';
import { cells } from '../../api/cells.js';
import { connectors } from '../../api/connectors.js';
import { Network } from '../../api/network.js';
import { sources } from '../../api/sources.js';
import { synapses } from '../../api/synapses.js';
import { compile } from '../../compiler/compile.js';

export const STEPS = 400;

/** Of spikes and of state with counters after `STEPS` steps. */
export const EXPECTED = {
  spikes: 2672,
  spikeHash: '3ee2c478dafc1cae',
  stateHash: '70f719542733407b',
} as const;

export function selfTestImage(): ChipImage {
  const network = new Network({ label: 'self-test', seed: 20 });
  const noise = { target: 'voltage', exp: 10 } as const;
  const input = network.population(20, sources.poisson({ probability: 0.08 }), 'input');
  const excitatory = network.population(
    160,
    cells.loihi({ du: 1024, dv: 256, vthMant: 120, biasMant: 40, biasExp: 1, refract: 3, noise }),
    'excitatory',
  );
  const inhibitory = network.population(
    40,
    cells.loihi({ du: 2048, dv: 512, vthMant: 90, noise }),
    'inhibitory',
  );
  const some = (probability: number) => connectors.fixedProbability(probability);
  const weight = (low: number, high: number) =>
    synapses.static({ weight: { uniform: [low, high] }, delay: { uniform: [0, 6] }, weightExp: 0 });
  network.projection(input, excitatory, some(0.2), weight(10, 60));
  network.projection(excitatory, excitatory, some(0.1), weight(1, 12));
  network.projection(excitatory, inhibitory, some(0.2), weight(5, 30));
  network.projection(inhibitory, excitatory, some(0.3), weight(-60, -10));
  return compile(network, { coreSize: 48 }).image;
}
