/** Numbers of spikes: in bins, in windows, and how they vary. */
import { SeamountError } from '../../cores/index.js';
import type { Train } from './spikes.js';

export interface Bins {
  /** Start of the first bin and end of the last one, which does not belong to it: from <= time < to. */
  readonly from: number;
  readonly to: number;
  /** Width, above 0; a last bin that would not be whole is left out. */
  readonly bin: number;
}

export interface Histogram {
  /** Start of each bin. */
  readonly starts: Float64Array;
  readonly counts: Float64Array;
}

/**
 * How many of the values (times, intervals) lie in each bin. In steps, bins of whole steps from step 1 on are
 * `{ from: 1, to: steps + 1, bin }`.
 * @throws {SeamountError} `E_USAGE` for a bin of no width, or a range that ends before it starts or is not finite.
 */
export function histogram(values: ArrayLike<number>, bins: Bins): Histogram {
  const starts = binStarts('histogram', bins);
  const counts = new Float64Array(starts.length);
  for (let k = 0; k < values.length; k++) {
    const bin = Math.floor((values[k]! - bins.from) / bins.bin);
    if (bin >= 0 && bin < counts.length) counts[bin]!++;
  }
  return { starts, counts };
}

function binStarts(call: string, { from, to, bin }: Bins): Float64Array {
  if (!(Number.isFinite(from) && Number.isFinite(to) && to >= from))
    throw new SeamountError('E_USAGE', `${call}: ${from} to ${to} is no range`, 'give finite from <= to');
  if (!(bin > 0 && Number.isFinite(bin)))
    throw new SeamountError('E_USAGE', `${call}: bin is ${bin}; it must be a number above 0`);
  // 0.3 / 0.1 is a little less than 3: a bin that lacks no more than rounding is whole.
  const whole = Math.floor(((to - from) / bin) * (1 + 2 ** -50));
  return Float64Array.from({ length: whole }, (_, b) => from + b * bin);
}

/**
 * Fano factor: variance of counts over their mean, of a neuron over trials or over windows of one train
 * (`histogram(train, ...).counts`). 1 for a Poisson process whatever the window, 1 / k for a gamma process of
 * order k in long windows, near 0 for a clock. The variance is over n, as in Elephant. Null without counts and
 * where all are 0.
 *
 *   Fano, Phys. Rev. 72, 1947; Shadlen and Newsome, J. Neurosci. 18, 1998
 */
export function fanoFactor(counts: ArrayLike<number>): number | null {
  let sum = 0;
  for (let k = 0; k < counts.length; k++) sum += counts[k]!;
  if (sum === 0) return null;
  const mean = sum / counts.length;
  let squares = 0;
  for (let k = 0; k < counts.length; k++) squares += (counts[k]! - mean) ** 2;
  return squares / counts.length / mean;
}

/** Times of a train around each of `events`, relative to it: a trial an event, for `psth`. `after` is not included. */
export function trialsAround(
  train: Train,
  events: Train,
  { before, after }: { readonly before: number; readonly after: number },
): Float64Array[] {
  const times = Float64Array.from(train);
  return Array.from(events, (event) =>
    times.map((time) => time - event).filter((time) => time >= -before && time < after),
  );
}

export interface Psth extends Histogram {
  /** Counts over trials and width of a bin: spikes per unit of time, or in Hz where `dt` is given. */
  readonly rates: Float64Array;
}

/**
 * Peri-stimulus time histogram: the spikes of all trials in bins of time. Rates are 0 without trials. `dt`: ms of a
 * unit of time (1 for times in ms, the length of a step for times in steps).
 *
 *   Gerstein and Kiang, Biophys. J. 1, 1960; Perkel, Gerstein and Moore, Biophys. J. 7, 1967
 * @throws {SeamountError} `E_USAGE`, as `histogram`.
 */
export function psth(trials: readonly Train[], bins: Bins & { readonly dt?: number }): Psth {
  const starts = binStarts('psth', bins);
  const counts = new Float64Array(starts.length);
  for (const trial of trials) {
    const one = histogram(trial, bins).counts;
    for (let b = 0; b < counts.length; b++) counts[b]! += one[b]!;
  }
  const unit = bins.dt === undefined ? 1 : 1000 / bins.dt;
  const rates = counts.map((count) =>
    trials.length === 0 ? 0 : (count / (trials.length * bins.bin)) * unit,
  );
  return { starts, counts, rates };
}
