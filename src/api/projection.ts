/** Projections: synapses from one population to another. */
import type { Connector } from './connectors.js';
import type { Network } from './network.js';
import { Population, type PopulationView } from './population.js';
import type { StaticSynapse } from './synapses.js';

export interface ProjectionOptions {
  /** Default `pre -> post`. */
  readonly label?: string;
}

const view = (side: Population | PopulationView): PopulationView =>
  side instanceof Population ? side.slice(0) : side;

const nameOf = (side: Population | PopulationView): string => side.label;

export class Projection {
  readonly network: Network;
  /** Position in the network; seeds the connector's random stream. */
  readonly index: number;
  readonly pre: PopulationView;
  readonly post: PopulationView;
  readonly connector: Connector;
  readonly synapse: StaticSynapse;
  readonly label: string;

  /** Adds itself to the network. Throws E_USAGE when a population belongs to another network. */
  constructor(
    network: Network,
    pre: Population | PopulationView,
    post: Population | PopulationView,
    connector: Connector,
    synapse: StaticSynapse,
    options: ProjectionOptions = {},
  ) {
    this.network = network;
    this.pre = view(pre);
    this.post = view(post);
    this.connector = connector;
    this.synapse = synapse;
    this.label = options.label ?? `${nameOf(pre)} -> ${nameOf(post)}`;
    this.index = network.add(this);
  }
}
