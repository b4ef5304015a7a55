/**
 * Which cores go to which shard: contiguous ranges (neighbours in the image talk most), cut so that the
 * heaviest shard is as light as it can be. Work is estimated before anything has run: every compartment may
 * be updated in every step, every synapse is an event whenever its source spikes. The result never changes
 * what the chip computes, only how long it takes.
 */
import type { CoreImage } from '../cores/index.js';

/** Half-open range of core indices. A shard may be empty when there are fewer cores than workers. */
export interface CoreRange {
  readonly first: number;
  readonly end: number;
}

/** A synaptic event costs about as much as an update, and at usual rates one synapse in 20 has one per step. */
const SYNAPSES_PER_UPDATE = 20;

/** Relative cost of a core per step. */
export const workOf = (core: CoreImage): number => 1 + core.n + core.used.synapses / SYNAPSES_PER_UPDATE;

/** Cuts needed so that no range weighs more than `most`; writes the ranges' ends. */
function cut(work: readonly number[], most: number, ends: number[]): number {
  ends.length = 0;
  let sum = 0;
  work.forEach((each, core) => {
    if (sum + each > most && sum > 0) {
      ends.push(core);
      sum = 0;
    }
    sum += each;
  });
  ends.push(work.length);
  return ends.length;
}

const size = (range: CoreRange): number => range.end - range.first;

/** Splits cores with the given work into `shards` contiguous ranges of least greatest weight. */
export function splitWork(work: readonly number[], shards: number): CoreRange[] {
  const ends: number[] = [];
  let low = work.reduce((most, each) => Math.max(most, each), 0);
  let high = work.reduce((sum, each) => sum + each, 0);
  // the least bound that needs no more cuts than there are shards, to a thousandth of the total
  const tolerance = high / 1000;
  while (high - low > tolerance) {
    const middle = (low + high) / 2;
    if (cut(work, middle, ends) <= shards) high = middle;
    else low = middle;
  }
  cut(work, high, ends);
  const ranges = ends.map((end, i) => ({ first: i === 0 ? 0 : ends[i - 1]!, end }));
  while (ranges.length < shards) {
    // fewer ranges were enough; more never hurt: halve the one with most cores
    const at = ranges.reduce((most, range, i) => (size(range) > size(ranges[most]!) ? i : most), 0);
    const { first, end } = ranges[at]!;
    const middle = first + Math.ceil((end - first) / 2);
    ranges.splice(at, 1, { first, end: middle }, { first: middle, end });
  }
  return ranges;
}

/** The cores of each shard. */
export const splitCores = (cores: readonly CoreImage[], shards: number): CoreRange[] =>
  splitWork(cores.map(workOf), shards);
