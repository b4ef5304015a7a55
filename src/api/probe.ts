/** Probes: what a run records. */
import type { ProbeVariable } from '../../routing/index.js';
import type { Network } from './network.js';
import { Population, type PopulationView } from './population.js';

export interface ProbeOptions {
  /** Neurons of the population (or of the view, numbered from its start). Default all. */
  readonly neurons?: ArrayLike<number>;
  /** First step, default 1. */
  readonly from?: number;
  /** Last step; 0, the default = to the end. */
  readonly to?: number;
  /** Record u and v every so many steps from `from` on; spikes are always all recorded. Default 1. */
  readonly every?: number;
}

export class Probe {
  readonly network: Network;
  readonly index: number;
  readonly population: Population;
  readonly variables: readonly ProbeVariable[];
  /** Neurons of the population, as given: order and repetition mean nothing. */
  readonly neurons: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  readonly every: number;

  constructor(
    network: Network,
    target: Population | PopulationView,
    variables: readonly ProbeVariable[],
    options: ProbeOptions = {},
  ) {
    const view = target instanceof Population ? target.slice(0) : target;
    this.network = network;
    this.population = view.population;
    this.variables = variables;
    this.neurons = options.neurons
      ? Float64Array.from(options.neurons, (i) => i + view.from)
      : Uint32Array.from({ length: view.size }, (_, i) => i + view.from);
    this.from = options.from ?? 1;
    this.to = options.to ?? 0;
    this.every = options.every ?? 1;
    this.index = network.add(this);
  }
}
