/** Synaptic events by the populations of source and target: what each projection costs. */
import { indexOf, type SynapseMemory } from '../../cores/index.js';
import type { ChipImage, MessageTable } from '../../routing/index.js';
import type { PairCounts } from './event-ledger.js';
import { type EventName, noEvents } from './events.js';

const CLASSES = ['synapseSparse', 'synapseDense', 'synapseConv'] as const satisfies readonly EventName[];
const CLASS_OF = { sparse: 0, dense: 1, conv: 2 } as const;

/**
 * Events of each (pre, post) pair of populations that has synapses, in order of both. `spikes` are by key,
 * `populationOf` says whose each key is.
 */
export function synapsesByPopulation(
  image: ChipImage,
  { firstOfCore }: MessageTable,
  populationOf: Int32Array,
  spikes: ArrayLike<number>,
): PairCounts[] {
  const { populations } = image;
  const wide = populations.length;
  const sums = new Float64Array(3 * wide * wide);
  const exists = new Uint8Array(wide * wide);
  const lists = [...image.cores.map(({ outAxons }) => outAxons), image.sources];
  const targets = image.cores.map(
    (core, c) =>
      new AxonTargets(core.synapses, populationOf.subarray(firstOfCore[c]!, firstOfCore[c]! + core.n), wide),
  );
  lists.forEach((axons, list) => {
    const first = firstOfCore[list]!;
    for (let i = 0; i + 1 < axons.start.length; i++) {
      const pre = populationOf[first + i]!;
      const times = spikes[first + i]!;
      for (let entry = axons.start[i]!; entry < axons.start[i + 1]!; entry++) {
        const of = targets[axons.core[entry]!]!.of(axons.axon[entry]!);
        for (let k = 0; k < of.length; k++) {
          if (of[k] === 0) continue;
          const pair = wide * pre + Math.floor(k / 3);
          exists[pair] = 1;
          sums[3 * pair + (k % 3)]! += times * of[k]!;
        }
      }
    }
  });
  const pairs: PairCounts[] = [];
  exists.forEach((there, pair) => {
    if (there === 0) return;
    const pre = populations[Math.floor(pair / wide)]!.label;
    const post = populations[pair % wide]!.label;
    const counts = noEvents();
    CLASSES.forEach((name, k) => {
      counts[name] = sums[3 * pair + k]!;
    });
    pairs.push({ label: `${pre} → ${post}`, pre, post, counts });
  });
  return pairs;
}

/** Synapses of each in-axon of a core, by population of the target and class: [populations x 3], valid until the next is asked for. */
class AxonTargets {
  readonly #synapses: SynapseMemory;
  readonly #owner: Int32Array;
  readonly #only: number;
  /** Reused: an axon has one source, as a rule, and is asked for once. */
  readonly #counts: Float64Array;

  constructor(synapses: SynapseMemory, owner: Int32Array, populations: number) {
    this.#synapses = synapses;
    this.#owner = owner;
    this.#counts = new Float64Array(3 * populations);
    this.#only = owner.every((population) => population === owner[0]) ? owner[0]! : -1;
  }

  of(axon: number): Float64Array {
    const out = this.#counts.fill(0);
    const { axonStart, format, formats, count } = this.#synapses;
    for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
      const { kind, events } = formats[format[s]!]!;
      const cls = CLASS_OF[events ?? kind];
      if (this.#only >= 0) out[3 * this.#only + cls]! += count[s]!;
      else this.#addEach(s, cls, out);
    }
    return out;
  }

  #addEach(s: number, cls: number, out: Float64Array): void {
    const { format, formats, wide, offset, count, first, words } = this.#synapses;
    const isRow = formats[format[s]!]!.kind === 'dense';
    const stride = wide[s] === 1 ? 2 : 1;
    for (let k = 0; k < count[s]!; k++) {
      const target = first[s]! + (isRow ? k : indexOf(words[offset[s]! + stride * k]!));
      out[3 * this.#owner[target]! + cls]! += 1;
    }
  }
}
