/** Bursts of one neuron, and of a population. */
import { SeamountError } from '../../cores/index.js';
import { interspikeIntervals } from './intervals.js';
import type { Train } from './spikes.js';

export interface BurstCriterion {
  /** Longest interval within a burst, in the unit of the times, above 0. */
  readonly maxInterval: number;
  /** Fewest spikes of a burst, 2 or more; default 3. */
  readonly minSpikes?: number;
}

export interface Burst {
  /** Number of the first spike in its train, from 0. */
  readonly first: number;
  readonly spikes: number;
  /** Times of the first and the last spike. */
  readonly start: number;
  readonly end: number;
}

/**
 * Bursts by a threshold of intervals: maximal runs of `minSpikes` or more spikes, each no more than `maxInterval`
 * after the one before.
 *
 *   Cocatre-Zilgien and Delcomyn, "Identification of bursts in spike trains", J. Neurosci. Methods 41, 1992
 * @throws {SeamountError} `E_USAGE` for a criterion out of range, and when times do not ascend strictly.
 */
export function burstsOf(train: Train, { maxInterval, minSpikes = 3 }: BurstCriterion): Burst[] {
  if (!(maxInterval > 0))
    throw new SeamountError('E_USAGE', `burstsOf: maxInterval is ${maxInterval}; it must be above 0`);
  if (!(Number.isInteger(minSpikes) && minSpikes >= 2))
    throw new SeamountError(
      'E_USAGE',
      `burstsOf: minSpikes is ${minSpikes}; it must be a whole number of at least 2`,
    );
  const intervals = interspikeIntervals(train);
  const bursts: Burst[] = [];
  for (let first = 0; first < train.length; ) {
    let last = first;
    while (last < intervals.length && intervals[last]! <= maxInterval) last++;
    const spikes = last - first + 1;
    if (spikes >= minSpikes) bursts.push({ first, spikes, start: train[first]!, end: train[last]! });
    first = last + 1;
  }
  return bursts;
}

/**
 * Burst index: the share of a train's spikes that lie in bursts, 0 to 1; null for an empty train. Several measures
 * have this name; this is the fraction of spikes in bursts, with the bursts of `burstsOf`.
 *
 *   Cotterill, Charlesworth, Thomas, Paulsen and Eglen, "A comparison of computational methods for detecting bursts
 *   in neuronal spike trains", J. Neurophysiol. 116, 2016
 */
export function burstIndex(train: Train, criterion: BurstCriterion): number | null {
  const bursts = burstsOf(train, criterion);
  if (train.length === 0) return null;
  return bursts.reduce((sum, { spikes }) => sum + spikes, 0) / train.length;
}

/**
 * Burstiness index of a population's counts in bins (`populationRate` or `histogram`; its authors take bins of 1 s
 * of 5 min): (f - 0.15) / 0.85, where f is the share of spikes in the 15 % of bins that have most. 0 for even
 * firing, 1 where all spikes lie in few bins; may be a little below 0 when 15 % is no whole number of bins. Null
 * without spikes.
 *
 *   Wagenaar, Madhavan, Pine and Potter, "Controlling bursting in cortical cultures with closed-loop
 *   multi-electrode stimulation", J. Neurosci. 25, 2005
 */
export function burstinessIndex(counts: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(counts).sort().reverse();
  const total = sorted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const most = sorted.subarray(0, Math.round(0.15 * sorted.length)).reduce((sum, count) => sum + count, 0);
  return (most / total - 0.15) / 0.85;
}
