/**
 * Fuses what a row selects: the lists of several cores, of one format, become one list over the lanes of the
 * cluster. On W1 a spike walks one list of 80 synapses instead of seven of 11, each of which would cost
 * three cache misses in a row and a mispredicted end (docs/performance.md).
 */
import type { CoreImage, SynapseMemory } from './image.js';
import { MANTISSA_SHIFT } from './synapse.js';

/** Which in-axons a message to each row reaches: row r has `entries[start[r] .. start[r + 1])`. */
export interface Rows {
  readonly start: Uint32Array;
  /** `core << axonBits | in-axon`, core an index in the cluster */
  readonly entries: Uint32Array;
  readonly axonBits: number;
}

/** A core among the rows' cores, with the lane of its compartment 0. */
export interface Member {
  readonly image: CoreImage;
  readonly firstLane: number;
  /** Bank of each of the image's formats. */
  readonly bankOfFormat: readonly number[];
}

/** Told about every fused segment, in order of rows. `members[from .. to)` of the scratch arrays make it up. */
export interface Sink {
  /** Lists of one shift and bank; `weight` is the weight of all in units of 64, or null. */
  list(shift: number, bank: number, weight: number | null, parts: Parts): void;
  /** A row of weights, a shared convolution list or a list of wide weights: stays as the image has it. */
  single(member: Member, segment: number): void;
  endRow(): void;
}

/** Segments that make up one list. */
export interface Parts {
  readonly count: number;
  member(k: number): Member;
  segment(k: number): number;
  /** Synapses of all. */
  readonly synapses: number;
}

class Gathered implements Parts {
  readonly #members: Member[] = [];
  readonly #segments: number[] = [];
  key = 0;
  count = 0;
  synapses = 0;

  reset(key: number): void {
    this.key = key;
    this.count = 0;
    this.synapses = 0;
  }

  add(member: Member, segment: number): void {
    this.#members[this.count] = member;
    this.#segments[this.count++] = segment;
    this.synapses += member.image.synapses.count[segment]!;
  }

  member(k: number): Member {
    return this.#members[k]!;
  }

  segment(k: number): number {
    return this.#segments[k]!;
  }

  /** The mantissa that all synapses have, or null. */
  sameMantissa(): number | null {
    let same: number | null = null;
    for (let k = 0; k < this.count; k++) {
      const { synapses } = this.#members[k]!.image;
      const found = mantissaOfAll(synapses, this.#segments[k]!);
      if (found === null || (same !== null && found !== same)) return null;
      same = found;
    }
    return same;
  }
}

/** Lists here are not empty. */
function mantissaOfAll({ words, offset, count }: SynapseMemory, segment: number): number | null {
  const from = offset[segment]!;
  const to = from + count[segment]!;
  const first = words[from]! >> MANTISSA_SHIFT;
  for (let k = from + 1; k < to; k++) if (words[k]! >> MANTISSA_SHIFT !== first) return null;
  return first;
}

/** Walks all rows and tells `sink` what they become. */
export function fuseRows(rows: Rows, members: readonly Member[], sink: Sink): void {
  const { start, entries, axonBits } = rows;
  const axonMask = 2 ** axonBits - 1;
  // nearly always one group, so a search is cheaper than a map
  const groups: Gathered[] = [];
  for (let row = 0; row + 1 < start.length; row++) {
    let used = 0;
    const end = start[row + 1]!;
    for (let at = start[row]!; at < end; at++) {
      const entry = entries[at]!;
      const member = members[entry >>> axonBits]!;
      const { formats, format, wide, axonStart, count } = member.image.synapses;
      const axon = entry & axonMask;
      const last = axonStart[axon + 1]!;
      for (let s = axonStart[axon]!; s < last; s++) {
        if (count[s] === 0) continue;
        const f = format[s]!;
        const { kind, shift } = formats[f]!;
        if (kind !== 'sparse' || wide[s] === 1) {
          sink.single(member, s);
          continue;
        }
        const key = shift | (member.bankOfFormat[f]! << 8);
        let g = 0;
        while (g < used && groups[g]!.key !== key) g++;
        if (g === used) {
          groups[g] ??= new Gathered();
          groups[g]!.reset(key);
          used++;
        }
        groups[g]!.add(member, s);
      }
    }
    for (let g = 0; g < used; g++) {
      const group = groups[g]!;
      const shift = group.key & 255;
      const mantissa = group.sameMantissa();
      sink.list(shift, group.key >>> 8, mantissa === null ? null : mantissa << shift, group);
    }
    sink.endRow();
  }
}
