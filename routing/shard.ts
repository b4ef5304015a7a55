/**
 * Which cores go to which shard: contiguous ranges (neighbours in the image talk most), cut so that the
 * heaviest shard is as light as it can be. Work is estimated before anything has run: every compartment may
 * be updated in every step, every synapse is an event whenever its source spikes, and a spike is looked up once in
 * every shard it reaches. The result never changes what the chip computes, only how long it takes.
 */
import type { CoreImage } from '../cores/index.js';

/** Half-open range of core indices. A shard may be empty when there are fewer cores than workers. */
export interface CoreRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Nanoseconds; only ratios matter. From the times of single cores of W1, W2 and W3 as shards of their own, on a Zen 5,
 * lists in cache; out of it an event of a list is 3 and a visit 90, so they keep their ratio. An update
 * includes the spikes it leads to. `npm run bench -- balance` has predicted against measured shares: W1 on four
 * shards 27.5 27.5 27.5 17.6 % against 27.3 27.3 27.5 17.9 (an event as dear as an update and no visits: 12.3 for the last).
 */
const UPDATE = 0.55;
const SPARSE_EVENT = 0.7;
const DENSE_EVENT = 0.03;
const VISIT = 20;
/**
 * Spikes of a neuron or source per step: 10 Hz at a step of 1 ms. The same for all: with the known rates of sources
 * beside guessed ones of neurons, W3's first layer would be taken for four times its second, and is 1.3 times.
 */
const RATE = 0.01;

/** Predicted ns of a core per step, but for its visits. */
export function workOf({ n, used, synapses }: CoreImage): number {
  const dense = Math.min(synapses.rows.length, used.synapses);
  const events = SPARSE_EVENT * (used.synapses - dense) + DENSE_EVENT * dense;
  return 1 + UPDATE * n + RATE * events;
}

/** Predicted ns of looking up spikes. Cores of a shard mostly hear the same sources, and each is looked up once for all of them. */
const visitsOf = ({ inAxons }: CoreImage): number => RATE * VISIT * inAxons;

/** Predicted ns of a shard per step: what its cores work, and the visits of the one that has most. */
const weightOf = (work: readonly number[], visits: readonly number[], { first, end }: CoreRange): number => {
  let [sum, most] = [0, 0];
  for (let core = first; core < end; core++) {
    sum += work[core]!;
    most = Math.max(most, visits[core]!);
  }
  return sum + most;
};

/** Cuts needed so that no range weighs more than `most`; writes the ranges' ends. */
function cut(work: readonly number[], visits: readonly number[], most: number, ends: number[]): number {
  ends.length = 0;
  let sum = 0;
  let visited = 0;
  work.forEach((each, core) => {
    visited = Math.max(visited, visits[core]!);
    if (sum + each + visited > most && sum > 0) {
      ends.push(core);
      sum = 0;
      visited = visits[core]!;
    }
    sum += each;
  });
  ends.push(work.length);
  return ends.length;
}

const size = (range: CoreRange): number => range.end - range.first;

/**
 * Splits cores into `shards` contiguous ranges of least greatest weight: the sum of their work, and the largest of
 * their visits.
 */
export function splitWork(work: readonly number[], visits: readonly number[], shards: number): CoreRange[] {
  const ends: number[] = [];
  const all = { first: 0, end: work.length };
  let low = work.reduce((most, each, core) => Math.max(most, each + visits[core]!), 0);
  let high = weightOf(work, visits, all);
  // the least bound that needs no more cuts than there are shards, to a thousandth of the total
  const tolerance = high / 1000;
  while (high - low > tolerance) {
    const middle = (low + high) / 2;
    if (cut(work, visits, middle, ends) <= shards) high = middle;
    else low = middle;
  }
  cut(work, visits, high, ends);
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
  splitWork(cores.map(workOf), cores.map(visitsOf), shards);

/** Predicted ns per step of the shard that has most to do. */
export function largestShare(cores: readonly CoreImage[], ranges: readonly CoreRange[]): number {
  const [work, visits] = [cores.map(workOf), cores.map(visitsOf)];
  return ranges.reduce((most, range) => Math.max(most, weightOf(work, visits, range)), 0);
}

/** Predicted share of every range in the work of all of them, of 1. */
export function sharesOf(cores: readonly CoreImage[], ranges: readonly CoreRange[]): number[] {
  const [work, visits] = [cores.map(workOf), cores.map(visitsOf)];
  const weights = ranges.map((range) => weightOf(work, visits, range));
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((weight) => (total === 0 ? 0 : weight / total));
}
