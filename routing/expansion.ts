/**
 * The multicast tables, seen from the receiving side. What arrives at a shard is the number of a source;
 * there it selects, in each cluster of cores, the in-axons that source reaches.
 */
import { type OutAxons, type Rows, SeamountError } from '../cores/index.js';
import { axonBitsFor, packAddress } from './aer.js';
import type { ChipImage } from './image.js';
import type { CoreRange } from './shard.js';

/** Numbers of all sources of a chip: neurons by core and compartment, then the host's sources. */
export interface Keys {
  /** length cores + 1: key of compartment 0 of each core; last: of source 0 */
  readonly firstOfCore: Uint32Array;
  readonly count: number;
}

export function numberKeys(image: ChipImage): Keys {
  const firstOfCore = new Uint32Array(image.cores.length + 1);
  image.cores.forEach((core, i) => {
    firstOfCore[i + 1] = firstOfCore[i]! + core.n;
  });
  return { firstOfCore, count: firstOfCore[image.cores.length]! + image.sources.count };
}

/** What a split needs to know of the tables, found by reading all lists once. */
export interface Survey {
  /** Sources of shard f that have targets in shard t, at [f * shards + t]. */
  readonly pairs: Uint32Array;
  /** The most messages one in-axon may get in a step, when a host source spikes at most once. */
  readonly neuronsPerAxon: number;
  readonly sourcesPerAxon: number;
}

/** Range of every core. */
export function rangeOfCores(ranges: readonly CoreRange[], cores: number): Uint32Array {
  const rangeOf = new Uint32Array(cores);
  ranges.forEach(({ first, end }, index) => {
    rangeOf.fill(index, first, end);
  });
  return rangeOf;
}

/** Range of host sources a shard generates, counts and logs. */
export const sourceRange = (count: number, shard: number, shards: number): { low: number; high: number } => ({
  low: Math.floor((count * shard) / shards),
  high: Math.floor((count * (shard + 1)) / shards),
});

type Visit = (key: number, axons: OutAxons, begin: number, end: number) => void;

/** Every source of the chip with its list, in order of keys, shard by shard of the sender. */
function forEachSource(image: ChipImage, split: readonly CoreRange[], visit: (shard: number) => Visit): void {
  const keys = numberKeys(image);
  split.forEach((range, shard) => {
    const visitOwn = visit(shard);
    for (let c = range.first; c < range.end; c++) {
      const { outAxons, n } = image.cores[c]!;
      const key = keys.firstOfCore[c]!;
      for (let i = 0; i < n; i++) visitOwn(key + i, outAxons, outAxons.start[i]!, outAxons.start[i + 1]!);
    }
    const { low, high } = sourceRange(image.sources.count, shard, split.length);
    const key = keys.firstOfCore[image.cores.length]!;
    for (let s = low; s < high; s++) {
      visitOwn(key + s, image.sources, image.sources.start[s]!, image.sources.start[s + 1]!);
    }
  });
}

/** Reads all lists: sizes of mailboxes. Throws E_INPUT for a target that does not exist. */
export function surveyTargets(image: ChipImage, split: readonly CoreRange[]): Survey {
  const shards = split.length;
  const shardOf = rangeOfCores(split, image.cores.length);
  const inAxons = Uint32Array.from(image.cores, (core) => core.inAxons);
  const pairs = new Uint32Array(shards * shards);
  const lastKey = new Int32Array(shards).fill(-1);
  forEachSource(image, split, (shard) => (key, axons, begin, end) => {
    for (let at = begin; at < end; at++) {
      const core = axons.core[at]!;
      if (!(axons.axon[at]! < inAxons[core]!)) {
        throw new SeamountError(
          'E_INPUT',
          `image: source ${key} sends to axon ${axons.axon[at]} of core ${core}, which does not exist`,
        );
      }
      const to = shardOf[core]!;
      if (lastKey[to] !== key) {
        lastKey[to] = key;
        pairs[shard * shards + to]! += 1;
      }
    }
  });
  const lists = image.cores.map((core) => core.outAxons);
  return {
    pairs,
    neuronsPerAxon: mostPerAxon(lists, inAxons),
    sourcesPerAxon: mostPerAxon([image.sources], inAxons),
  };
}

/** How many list entries name the same in-axon, at most. */
function mostPerAxon(lists: readonly OutAxons[], inAxons: Uint32Array): number {
  const first = new Float64Array(inAxons.length);
  let axons = 0;
  inAxons.forEach((count, core) => {
    first[core] = axons;
    axons += count;
  });
  // nearly always every axon has one sender: a bit each is enough to see that
  const seen = new Uint32Array(Math.ceil(axons / 32));
  let counts: Map<number, number> | null = null;
  let most = 0;
  for (const list of lists) {
    for (let at = 0; at < list.core.length; at++) {
      const axon = first[list.core[at]!]! + list.axon[at]!;
      const bit = 1 << (axon & 31);
      if ((seen[axon >>> 5]! & bit) === 0) {
        seen[axon >>> 5]! |= bit;
        if (most === 0) most = 1;
      } else {
        counts ??= new Map();
        const count = (counts.get(axon) ?? 1) + 1;
        counts.set(axon, count);
        if (count > most) most = count;
      }
    }
  }
  return most;
}

/** What a source of the chip reaches in each of the given clusters: rows by source key. */
export function clusterRows(image: ChipImage, clusters: readonly CoreRange[]): Rows[] {
  const keys = numberKeys(image);
  const whole = [{ first: 0, end: image.cores.length }];
  const clusterOf = rangeOfCores(clusters, image.cores.length);
  const starts = clusters.map(() => new Uint32Array(keys.count + 1));
  forEachSource(image, whole, () => (key, axons, begin, end) => {
    for (let at = begin; at < end; at++) starts[clusterOf[axons.core[at]!]!]![key + 1]! += 1;
  });
  const rows = starts.map((start, c): Rows => {
    for (let key = 1; key < start.length; key++) start[key]! += start[key - 1]!;
    return {
      start,
      entries: new Uint32Array(start[keys.count]!),
      axonBits: addressSplit(image, clusters[c]!),
    };
  });
  const cursor = new Uint32Array(clusters.length);
  forEachSource(image, whole, () => (_key, axons, begin, end) => {
    for (let at = begin; at < end; at++) {
      const core = axons.core[at]!;
      const c = clusterOf[core]!;
      const { entries, axonBits } = rows[c]!;
      entries[cursor[c]!] = packAddress(core - clusters[c]!.first, axons.axon[at]!, axonBits);
      cursor[c]! += 1;
    }
  });
  return rows;
}

function addressSplit(image: ChipImage, { first, end }: CoreRange): number {
  const cores = image.cores.slice(first, end);
  const axons = cores.reduce((most, core) => Math.max(most, core.inAxons), 0);
  const bits = axonBitsFor(cores.length, axons);
  if (bits !== null) return bits;
  throw new SeamountError(
    'E_CAPACITY',
    `cores ${first} to ${end - 1}: ${cores.length} cores, one with ${axons} in-axons, do not fit 32-bit address words`,
    'use more workers, or cores of more even size',
  );
}

export const reachWords = (shards: number): number => Math.ceil(shards / 32);

/**
 * Writes which shards the sources of each shard reach: `reachWords(shards)` words per own source, neurons
 * first; bit t = it has targets in shard t.
 */
export function writeReach(
  image: ChipImage,
  split: readonly CoreRange[],
  reach: readonly Uint32Array[],
): void {
  const shardOf = rangeOfCores(split, image.cores.length);
  const words = reachWords(split.length);
  forEachSource(image, split, (shard) => {
    let own = 0;
    const out = reach[shard]!;
    return (_key, axons, begin, end) => {
      for (let at = begin; at < end; at++) {
        const to = shardOf[axons.core[at]!]!;
        out[own * words + (to >>> 5)]! |= 1 << (to & 31);
      }
      own++;
    };
  });
}
