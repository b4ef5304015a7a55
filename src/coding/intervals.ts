/**
 * Intervals between the spikes of one train, and how irregular they are. Where a measure needs more intervals than
 * there are it is null, never NaN. None depends on the unit of time, but for the refractoriness of LvR.
 *
 *   for           clock   Poisson   gamma of order k
 *   CV            0       1         1 / sqrt(k)
 *   CV2           0       1
 *   Lv            0       1         3 / (2 k + 1)
 */
import { SeamountError } from '../../cores/index.js';
import type { Train } from './spikes.js';

/**
 * The intervals between neighbouring spikes, one fewer than there are spikes (none for an empty train).
 * @throws {SeamountError} `E_USAGE` when times do not ascend strictly.
 */
export function interspikeIntervals(train: Train): Float64Array {
  const intervals = new Float64Array(Math.max(0, train.length - 1));
  for (let k = 0; k < intervals.length; k++) {
    intervals[k] = train[k + 1]! - train[k]!;
    if (!(intervals[k]! > 0))
      throw new SeamountError(
        'E_USAGE',
        `interspikeIntervals: spike ${k + 1} at ${train[k + 1]} follows one at ${train[k]}`,
        'give the times of one neuron, ascending and without doubles',
      );
  }
  return intervals;
}

/**
 * CV: standard deviation of the intervals over their mean; null for fewer than 2 intervals. The deviation is that
 * of the intervals themselves (over n, not n - 1), as in Elephant.
 *
 *   Softky and Koch, J. Neurosci. 13, 1993
 */
export function coefficientOfVariation(train: Train): number | null {
  const intervals = interspikeIntervals(train);
  if (intervals.length < 2) return null;
  const mean = meanOf(intervals);
  return Math.sqrt(meanOf(intervals.map((interval) => (interval - mean) ** 2))) / mean;
}

/**
 * CV2: mean of 2 |I' - I| / (I' + I) over neighbouring intervals, so that a slowly changing rate does not count as
 * irregular; 0..2, null for fewer than 2 intervals.
 *
 *   Holt, Softky, Koch and Douglas, J. Neurophysiol. 75, 1996
 */
export const cv2 = (train: Train): number | null =>
  meanOfPairs(train, (a, b) => (2 * Math.abs(b - a)) / (a + b));

/**
 * Lv, local variation: mean of 3 ((I - I') / (I + I'))^2 over neighbouring intervals; 0..3, null for fewer than 2.
 *
 *   Shinomoto, Shima and Tanji, Neural Comput. 15, 2003
 */
export const localVariation = (train: Train): number | null =>
  meanOfPairs(train, (a, b) => 3 * ((a - b) / (a + b)) ** 2);

/**
 * LvR: Lv with the refractoriness `R`, in the unit of the times (Shinomoto et al. use 5 ms), taken out of the
 * intervals: mean of 3 (1 - 4 I I' / (I + I')^2) (1 + 4 R / (I + I')); null for fewer than 2 intervals.
 *
 *   Shinomoto et al., PLoS Comput. Biol. 5, e1000433, 2009
 */
export const revisedLocalVariation = (train: Train, { R }: { readonly R: number }): number | null =>
  meanOfPairs(train, (a, b) => 3 * (1 - (4 * a * b) / (a + b) ** 2) * (1 + (4 * R) / (a + b)));

/**
 * Adaptation index: mean of (I' - I) / (I' + I) over neighbouring intervals; above 0 where intervals grow, -1..1,
 * null for fewer than 2.
 *
 *   Allen Institute for Brain Science, "Allen Cell Types Database, technical white paper: electrophysiology", 2017
 */
export const adaptationIndex = (train: Train): number | null =>
  meanOfPairs(train, (a, b) => (b - a) / (b + a));

function meanOfPairs(train: Train, measure: (interval: number, next: number) => number): number | null {
  const intervals = interspikeIntervals(train);
  if (intervals.length < 2) return null;
  let sum = 0;
  for (let k = 1; k < intervals.length; k++) sum += measure(intervals[k - 1]!, intervals[k]!);
  return sum / (intervals.length - 1);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
