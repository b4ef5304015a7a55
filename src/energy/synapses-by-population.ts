/** Synaptic events by the populations of source and target: what each projection costs. */
import { indexOf, type SynapseMemory } from '../../cores/index.js';
import type { ChipImage, MessageTable } from '../../routing/index.js';
import type { PairCounts } from './event-ledger.js';
import { type EventName, noEvents } from './events.js';

const CLASSES = ['synapseSparse', 'synapseDense', 'synapseConv'] as const satisfies readonly EventName[];
const CLASS_OF = { sparse: 0, dense: 1, conv: 2 } as const;

/**
 * Events of each (pre, post) pair of populations that had any, in order of both. `spikes` are by key,
 * `populationOf` says whose each key is.
 */
export function synapsesByPopulation(
  image: ChipImage,
  { firstOfCore, start, to, axon, sparse, dense, conv, keys }: MessageTable,
  populationOf: Int32Array,
  spikes: ArrayLike<number>,
): PairCounts[] {
  const { populations } = image;
  const wide = populations.length;
  const sums = new Float64Array(CLASSES.length * wide * wide);
  const targets = image.cores.map(
    (core, c) =>
      new AxonTargets(core.synapses, populationOf.subarray(firstOfCore[c]!, firstOfCore[c]! + core.n)),
  );
  for (let key = 0; key < keys; key++) {
    const times = spikes[key]!;
    if (times === 0) continue;
    const row = CLASSES.length * wide * populationOf[key]!;
    for (let m = start[key]!; m < start[key + 1]!; m++) {
      const target = targets[to[m]!]!;
      if (target.only < 0) {
        target.add(axon[m]!, times, sums, row);
        continue;
      }
      const at = row + CLASSES.length * target.only;
      sums[at]! += times * sparse[m]!;
      sums[at + 1]! += times * dense[m]!;
      sums[at + 2]! += times * conv[m]!;
    }
  }
  const pairs: PairCounts[] = [];
  for (let pair = 0; pair < wide * wide; pair++) {
    const own = sums.subarray(CLASSES.length * pair, CLASSES.length * (pair + 1));
    if (own.every((sum) => sum === 0)) continue;
    const pre = populations[Math.floor(pair / wide)]!.label;
    const post = populations[pair % wide]!.label;
    const counts = noEvents();
    CLASSES.forEach((name, k) => {
      counts[name] = own[k]!;
    });
    pairs.push({ label: `${pre} → ${post}`, pre, post, counts });
  }
  return pairs;
}

/** Synapses of the in-axons of a core by population of their targets. */
class AxonTargets {
  /** The population of all compartments, or -1. */
  readonly only: number;
  readonly #synapses: SynapseMemory;
  readonly #owner: Int32Array;

  constructor(synapses: SynapseMemory, owner: Int32Array) {
    this.#synapses = synapses;
    this.#owner = owner;
    this.only = owner.every((population) => population === owner[0]) ? owner[0]! : -1;
  }

  /** Adds `times` events of each synapse of an axon to `sums`, whose row [populations x classes] begins at `row`. */
  add(axon: number, times: number, sums: Float64Array, row: number): void {
    const { axonStart, format, formats, wide, offset, count, first, words } = this.#synapses;
    for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
      const { kind, events } = formats[format[s]!]!;
      const cls = CLASS_OF[events ?? kind];
      const stride = wide[s] === 1 ? 2 : 1;
      for (let k = 0; k < count[s]!; k++) {
        const target = first[s]! + (kind === 'dense' ? k : indexOf(words[offset[s]! + stride * k]!));
        sums[row + CLASSES.length * this.#owner[target]! + cls]! += times;
      }
    }
  }
}
