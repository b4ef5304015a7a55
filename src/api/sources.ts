/**
 * Spike sources: cell types of populations that live on the host. Steps are 1-based arrival steps: the
 * step in which the spike reaches the in-axons (a synaptic delay d is added to it). Spikes stamped as by an
 * emulator whose host input acts later (`hostInputLatency` in its profile) are given with `stamps: 'peer'`.
 */
import type { Column } from './column.js';

/**
 * What a given step means: the step in which the spike arrives, or the stamp of the emulator a profile is
 * of, whose host input arrives `hostInputLatency` steps later.
 */
export type Stamps = 'arrival' | 'peer';

export type SpikeTrains = readonly ArrayLike<number>[];

export interface SpikeArraySource {
  readonly kind: 'spikeArray';
  /** Per neuron. In steps, or in ms, where time t acts at step max(1, round(t / dt)). */
  readonly trains: SpikeTrains | null;
  /** All neurons at once: spike k is of neuron `neurons[k]` in `times[k]`. */
  readonly events: { readonly neurons: ArrayLike<number>; readonly times: ArrayLike<number> } | null;
  readonly unit: 'steps' | 'ms';
  readonly stamps: Stamps;
}

export interface PoissonSource {
  readonly kind: 'poisson';
  /** Spike probability of a step, or Hz. */
  readonly level: Column;
  readonly unit: 'probability' | 'Hz';
  /** First and last step; stop 0 = no end. */
  readonly start: number;
  readonly stop: number;
}

export interface RegularSource {
  readonly kind: 'regular';
  /** Steps between spikes; 0 = silent. */
  readonly period: Column;
  /** Step of the first spike, >= 1. */
  readonly phase: Column;
  /** Last step; 0 = no end. */
  readonly stop: number;
}

export type SourceCell = SpikeArraySource | PoissonSource | RegularSource;

export type SpikeArrayParameters = {
  /** Default `arrival`. */
  readonly stamps?: Stamps;
} & (
  | { readonly steps: SpikeTrains }
  | { readonly times: SpikeTrains }
  | { readonly neurons: ArrayLike<number>; readonly steps: ArrayLike<number> }
);

/**
 * Given spikes: `{ steps: [[1, 5], [2]] }` per neuron in steps, `{ times: ... }` per neuron in ms, or
 * `{ neurons, steps }` as two arrays of equal length, in any order.
 */
function spikeArray(parameters: SpikeArrayParameters): SpikeArraySource {
  const { stamps = 'arrival' } = parameters;
  if ('neurons' in parameters) {
    const { neurons, steps } = parameters;
    return { kind: 'spikeArray', trains: null, events: { neurons, times: steps }, unit: 'steps', stamps };
  }
  if ('times' in parameters)
    return { kind: 'spikeArray', trains: parameters.times, events: null, unit: 'ms', stamps };
  return { kind: 'spikeArray', trains: parameters.steps, events: null, unit: 'steps', stamps };
}

export type PoissonParameters = { readonly start?: number; readonly stop?: number } & (
  | { readonly rate: Column }
  | { readonly probability: Column }
);

/** Independent spikes: `rate` in Hz (at most one spike a step) or `probability` of a step. */
function poisson(parameters: PoissonParameters): PoissonSource {
  const { start = 1, stop = 0 } = parameters;
  return 'rate' in parameters
    ? { kind: 'poisson', level: parameters.rate, unit: 'Hz', start, stop }
    : { kind: 'poisson', level: parameters.probability, unit: 'probability', start, stop };
}

export interface RegularParameters {
  readonly period: Column;
  readonly phase?: Column;
  readonly stop?: number;
}

/** A spike at step `phase` (default 1) and every `period` steps after it. */
const regular = ({ period, phase = 1, stop = 0 }: RegularParameters): RegularSource => ({
  kind: 'regular',
  period,
  phase,
  stop,
});

export const sources = { spikeArray, poisson, regular } as const;
