/** What a spike file holds, and how its forms are called. */
import type { Recording } from '../../routing/index.js';

/** Spikes by step, then id: steps from 1, network ids, values -1 and 1 or null where all are 1. */
export type SpikeTable = Recording['spikes'];

/** What a spike file must know of a population to name its neurons; in id order, covering every id. */
export interface SpikePopulation {
  readonly label: string;
  readonly size: number;
  readonly firstId: number;
}

export const SPIKE_FORMATS = ['npy', 'npz', 'csv', 'json'] as const;
export type SpikeFormat = (typeof SPIKE_FORMATS)[number];

export const SPIKES_SCHEMA = 'seamount/spikes/1';

/** Index of the population that holds a network id. */
export function populationOf(populations: readonly SpikePopulation[], id: number): number {
  let low = 0;
  let high = populations.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (populations[middle]!.firstId <= id) low = middle;
    else high = middle - 1;
  }
  return low;
}
