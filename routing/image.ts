/**
 * The contract between host and chip: everything a chip is programmed with, as plain data. Compiled by
 * src/compiler, saved by src/io/codec.ts, loaded by chip.ts. Versioned; refuses strangers.
 */
import type { ChipProfile, CoreImage, OutAxons } from '../cores/index.js';

export const IMAGE_VERSION = 1;

/** A run of consecutive neurons of a population on one core. */
export interface Slice {
  readonly core: number;
  /** first compartment on the core */
  readonly compartment: number;
  /** first neuron in the population */
  readonly neuron: number;
  readonly count: number;
}

export interface PopulationImage {
  readonly label: string;
  readonly size: number;
  /** Network-wide number of neuron 0; spike files and hashes use these ids. */
  readonly firstId: number;
  /** `cells` live on cores; `source` neurons are the host's and reach cores through `sources`. */
  readonly kind: 'cells' | 'source';
  readonly slices: readonly Slice[];
  /** For `source` populations: index of neuron 0 in `sources`. */
  readonly firstSource: number;
}

/** Spikes the host sends by itself. Steps are arrival steps, 1-based. */
export type SourceSchedule =
  | { readonly kind: 'array'; readonly steps: Uint32Array; readonly sources: Uint32Array }
  /** Source s spikes at t when `hash(seed, s, t) < threshold[s]` (of 2^32), from <= t <= to. */
  | {
      readonly kind: 'poisson';
      readonly first: number;
      readonly thresholds: Uint32Array;
      readonly seed: number;
      readonly from: number;
      readonly to: number;
    }
  /** Source first + i spikes at t = phase[i], phase[i] + period[i], ... up to `to`. Period 0 = never. */
  | {
      readonly kind: 'regular';
      readonly first: number;
      readonly periods: Uint32Array;
      readonly phases: Uint32Array;
      readonly to: number;
    };

/**
 * Host sources that stand for input neurons of a core: their messages leave from there, in the step of their
 * spike, and cost what any message costs. What they do not have is a compartment.
 */
export interface Senders {
  /** Per source: index in `cores`, or, from `cores.length` on, in `places`. */
  readonly core: Uint32Array;
  /** Per source: compartments of that core that are visited before it. Ascending among the sources of one core. */
  readonly visit: Uint32Array;
  /** Cores that have input neurons only, and no image. */
  readonly places: readonly {
    readonly chipX: number;
    readonly chipY: number;
    readonly tileX: number;
    readonly tileY: number;
    readonly slot: number;
  }[];
}

export type ProbeVariable = 'spikes' | 'u' | 'v';

/** What the network asked to record. Windows are inclusive steps; `to` 0 = to the end. */
export interface ProbeImage {
  readonly population: number;
  readonly variables: readonly ProbeVariable[];
  /** neurons of the population, ascending */
  readonly neurons: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly every: number;
}

export interface ChipImage {
  readonly kind: 'seamount-chip-image';
  readonly version: typeof IMAGE_VERSION;
  readonly profile: ChipProfile;
  /** Seed of chip noise. */
  readonly seed: number;
  /** Milliseconds per step, for display only; 0 = not given. */
  readonly dt: number;
  /** Plane of chips in use. */
  readonly chipsX: number;
  readonly chipsY: number;
  readonly cores: readonly CoreImage[];
  readonly populations: readonly PopulationImage[];
  /** Host spike sources and the in-axons they reach. */
  readonly sources: { readonly count: number; readonly senders?: Senders } & OutAxons;
  readonly schedules: readonly SourceSchedule[];
  readonly probes: readonly ProbeImage[];
}
