/**
 * Expansion tables: a shard's part of the multicast tables, indexed by source key. What arrives between
 * shards is the number of a source; here it becomes one address word (aer.ts) per in-axon it reaches on
 * this shard. Compressed rows over all keys of the chip: `entries[start[key] .. start[key + 1])`.
 */
import { type OutAxons, SeamountError } from '../cores/index.js';
import { packAddress } from './aer.js';
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

/** What the tables of a split need, found by reading all lists once. */
export interface Survey {
  /** Entries of each shard's table. */
  readonly entries: Uint32Array;
  /** Sources of shard f that have targets in shard t, at [f * shards + t]. */
  readonly pairs: Uint32Array;
  /** The most messages one in-axon may get in a step, when a host source spikes at most once. */
  readonly neuronsPerAxon: number;
  readonly sourcesPerAxon: number;
}

/** Shard of every core. */
export function shardOfCores(split: readonly CoreRange[], cores: number): Uint16Array {
  const shardOf = new Uint16Array(cores);
  split.forEach((range, shard) => {
    shardOf.fill(shard, range.first, range.end);
  });
  return shardOf;
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

/** Reads all lists: sizes of tables and mailboxes. Throws E_INPUT for a target that does not exist. */
export function surveyTargets(image: ChipImage, split: readonly CoreRange[]): Survey {
  const shards = split.length;
  const shardOf = shardOfCores(split, image.cores.length);
  const inAxons = Uint32Array.from(image.cores, (core) => core.inAxons);
  const entries = new Uint32Array(shards);
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
      entries[to]! += 1;
      if (lastKey[to] !== key) {
        lastKey[to] = key;
        pairs[shard * shards + to]! += 1;
      }
    }
  });
  const lists = image.cores.map((core) => core.outAxons);
  return {
    entries,
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

/** Where the tables of one shard are: views on the chip's memory. */
export interface Tables {
  readonly firstCore: number;
  readonly axonBits: number;
  /** length keys + 1 */
  readonly start: Uint32Array;
  readonly entries: Uint32Array;
  /** `reachWords(shards)` words per own source, neurons first: bit t = it has targets in shard t. */
  readonly reach: Uint32Array;
}

export const reachWords = (shards: number): number => Math.ceil(shards / 32);

/** Fills the tables of all shards. */
export function writeTables(image: ChipImage, split: readonly CoreRange[], tables: readonly Tables[]): void {
  const shardOf = shardOfCores(split, image.cores.length);
  const words = reachWords(split.length);
  // sources are visited by owner, rows of the tables are in order of keys: count first, then fill
  forEachSource(image, split, () => (key, axons, begin, end) => {
    for (let at = begin; at < end; at++) tables[shardOf[axons.core[at]!]!]!.start[key + 1]! += 1;
  });
  for (const { start } of tables) {
    for (let key = 1; key < start.length; key++) start[key]! += start[key - 1]!;
  }
  const cursor = new Uint32Array(split.length);
  forEachSource(image, split, (shard) => {
    let own = 0;
    const { reach } = tables[shard]!;
    return (key, axons, begin, end) => {
      tables.forEach(({ start }, to) => {
        cursor[to] = start[key]!;
      });
      for (let at = begin; at < end; at++) {
        const core = axons.core[at]!;
        const to = shardOf[core]!;
        const { entries, firstCore, axonBits } = tables[to]!;
        entries[cursor[to]!] = packAddress(core - firstCore, axons.axon[at]!, axonBits);
        cursor[to]! += 1;
        reach[own * words + (to >>> 5)]! |= 1 << (to & 31);
      }
      own++;
    };
  });
}
