/**
 * A network: populations, projections and probes, in the order they were made. Building is synchronous and
 * cheap (nothing is per neuron or per synapse); `compile` does the work and finds what is wrong.
 */
import { SeamountError } from '../../cores/index.js';
import type { ProbeVariable } from '../../routing/index.js';
import type { Connector } from './connectors.js';
import { type Cell, Population, type PopulationView } from './population.js';
import { Probe, type ProbeOptions } from './probe.js';
import { Projection, type ProjectionOptions } from './projection.js';
import type { StaticSynapse } from './synapses.js';

export interface NetworkOptions {
  readonly label?: string;
  /** Milliseconds per step, for physical units and display. Default 1. */
  readonly dt?: number;
  /** Seed of connectors, random weights, Poisson sources and chip noise, 0..2^32 - 1. Default 1. */
  readonly seed?: number;
}

export class Network {
  readonly label: string;
  readonly dt: number;
  readonly seed: number;
  readonly #populations: Population[] = [];
  readonly #projections: Projection[] = [];
  readonly #probes: Probe[] = [];

  constructor({ label = 'network', dt = 1, seed = 1 }: NetworkOptions = {}) {
    if (!(dt > 0 && Number.isFinite(dt)))
      throw new SeamountError('E_USAGE', `network ${label}: dt ${dt} must be a positive number of ms`);
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
      throw new SeamountError('E_USAGE', `network ${label}: seed ${seed} must be an integer 0..4294967295`);
    this.label = label;
    this.dt = dt;
    this.seed = seed;
  }

  get populations(): readonly Population[] {
    return this.#populations;
  }

  get projections(): readonly Projection[] {
    return this.#projections;
  }

  get probes(): readonly Probe[] {
    return this.#probes;
  }

  population(n: number, cell: Cell, label?: string): Population {
    return new Population(this, n, cell, label);
  }

  projection(
    pre: Population | PopulationView,
    post: Population | PopulationView,
    connector: Connector,
    synapse: StaticSynapse,
    options: ProjectionOptions = {},
  ): Projection {
    return new Projection(this, pre, post, connector, synapse, options);
  }

  /** Records spikes, u or v of a population or view. Where no probe is of spikes, all spikes are recorded. */
  probe(
    target: Population | PopulationView,
    variables: readonly ProbeVariable[] = ['spikes'],
    options: ProbeOptions = {},
  ): Probe {
    return new Probe(this, target, variables, options);
  }

  /** Called by the constructors of what a network is made of; returns the position. */
  add(part: Population | Projection | Probe): number {
    if (part instanceof Population) return this.#populations.push(part) - 1;
    const [used, list] =
      part instanceof Projection
        ? [[part.pre.population, part.post.population], this.#projections]
        : [[part.population], this.#probes];
    const stranger = used.find((population) => population.network !== this);
    if (stranger)
      throw new SeamountError(
        'E_USAGE',
        `population ${stranger.label} belongs to network ${stranger.network.label}, not to ${this.label}`,
      );
    return (list as (Projection | Probe)[]).push(part) - 1;
  }
}
