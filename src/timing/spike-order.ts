/**
 * The order in which the spikes of a step leave their cores: core by core, compartments ascending, each placed
 * source before the compartment it is visited before. Network ids, in which recordings are sorted, do not
 * follow it. The place of a source in it is its rank.
 */
import type { ChipImage, MessageTable } from '../../routing/index.js';
import { keysOfIds, NO_SOURCE, unknownNeuron } from './source-keys.js';

export class SpikeOrder {
  /** Key of each rank. */
  readonly keyOfRank: Uint32Array;
  /** First rank of each core, places included; at the end, that of the first source without a place. */
  readonly firstOfCore: Uint32Array;
  /** Spikes of each host source in the step: two schedules may drive one. Cleared by whoever reads it. */
  readonly times: Uint32Array;
  /** Ranks of the last step taken, ascending; longer than filled. */
  readonly ranks: Uint32Array;
  readonly #rankOfKey: Uint32Array;
  readonly #keyOfId: Uint32Array;
  readonly #firstSource: number;
  /** A bit for each rank, and one for each of those words that is not 0. */
  readonly #fired: Uint32Array;
  readonly #words: Uint32Array;

  constructor(image: ChipImage, { keys, idOfKey, firstOfCore }: MessageTable) {
    this.#firstSource = firstOfCore[image.cores.length]!;
    this.#keyOfId = keysOfIds(idOfKey);
    const ranked = rankKeys(image, firstOfCore, keys);
    this.keyOfRank = ranked.keyOfRank;
    this.firstOfCore = ranked.firstOfCore;
    this.#rankOfKey = new Uint32Array(keys);
    this.keyOfRank.forEach((key, rank) => {
      this.#rankOfKey[key] = rank;
    });
    this.times = new Uint32Array(image.sources.count);
    this.ranks = new Uint32Array(keys);
    this.#fired = new Uint32Array((keys + 31) >>> 5);
    this.#words = new Uint32Array((this.#fired.length + 31) >>> 5);
  }

  /** Adds a spike, and returns the key of its source. Throws E_INPUT for an id that the image does not have. */
  add(id: number): number {
    const key = id < this.#keyOfId.length ? this.#keyOfId[id]! : NO_SOURCE;
    if (key === NO_SOURCE) throw unknownNeuron(id);
    if (key >= this.#firstSource) this.times[key - this.#firstSource]!++;
    const rank = this.#rankOfKey[key]!;
    this.#fired[rank >>> 5]! |= 1 << (rank & 31);
    this.#words[rank >>> 10]! |= 1 << ((rank >>> 5) & 31);
    return key;
  }

  /** Writes `ranks` of what was added, each once, and forgets it. Returns how many. */
  take(): number {
    const fired = this.#fired;
    const ranks = this.ranks;
    let count = 0;
    for (let group = 0; group < this.#words.length; group++) {
      for (let words = this.#words[group]!; words !== 0; words &= words - 1) {
        const word = (group << 5) | (31 - Math.clz32(words & -words));
        for (let bits = fired[word]!; bits !== 0; bits &= bits - 1)
          ranks[count++] = (word << 5) | (31 - Math.clz32(bits & -bits));
        fired[word] = 0;
      }
      this.#words[group] = 0;
    }
    return count;
  }
}

function rankKeys(image: ChipImage, firstKeys: Uint32Array, keys: number) {
  const { senders, count } = image.sources;
  const places = image.cores.length + (senders?.places.length ?? 0);
  const sourcesOf: number[][] = Array.from({ length: places }, () => []);
  senders?.core.forEach((core, source) => {
    sourcesOf[core]!.push(source);
  });
  const firstSource = firstKeys[image.cores.length]!;
  const keyOfRank = new Uint32Array(keys);
  const firstOfCore = new Uint32Array(places + 1);
  let rank = 0;
  sourcesOf.forEach((sources, core) => {
    firstOfCore[core] = rank;
    const n = image.cores[core]?.n ?? 0;
    let compartment = 0;
    const walkTo = (end: number): void => {
      for (; compartment < end; compartment++) keyOfRank[rank++] = firstKeys[core]! + compartment;
    };
    for (const source of sources) {
      walkTo(Math.min(n, senders!.visit[source]!));
      keyOfRank[rank++] = firstSource + source;
    }
    walkTo(n);
  });
  firstOfCore[places] = rank;
  if (senders === undefined)
    for (let source = 0; source < count; source++) keyOfRank[rank++] = firstSource + source;
  return { keyOfRank, firstOfCore };
}
