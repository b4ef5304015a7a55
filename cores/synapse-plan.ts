/**
 * Synaptic memory of a cluster: how large it is, and writing it. Both follow the same walk over the rows
 * (fuse.ts), first to measure, then to write.
 */
import * as C from './cluster-words.js';
import {
  type FixedRows,
  fixedListBytes,
  kindOf,
  planFixedRows,
  ROW_HEAD,
  WEIGHTED_BITS,
} from './fixed-rows.js';
import { fuseRows, type Member, type Parts, type Rows, type Sink } from './fuse.js';
import type { SynapseFormat } from './image.js';
import { ADDRESSES_PER_PACK, packAddress, placeSynapse, placeTarget } from './synapse.js';

const ROW_LANES = 16;
const up = (x: number, multiple: number): number => Math.ceil(x / multiple) * multiple;
/** More synapses than a shared list or a row can have. */
const KEY_COUNT = 2 ** 22;
/** Rows of weights and shared lists are found again by where the image has them. */
const keyOf = (isRow: boolean, offset: number, count: number): number =>
  (2 * offset + (isRow ? 1 : 0)) * KEY_COUNT + count;

const CLASS_CODES: Readonly<Record<SynapseFormat['kind'], number>> = {
  sparse: C.CLASS_SPARSE,
  dense: C.CLASS_DENSE,
  conv: C.CLASS_CONV,
};

/** What an image stores once and several axons may use. */
interface Shared {
  /** Offset among what is shared. */
  readonly at: number;
  readonly bytesEach: 1 | 2 | 4;
  readonly halved: boolean;
  /** Of a row: the largest |weight| as it is stored. */
  readonly most: number;
}

export interface SynapsePlan {
  readonly segments: number;
  /** Segments that are lists. */
  readonly lists: number;
  /** Bytes of lists, with their rows where those have a fixed length, and of what several segments may share: rows and convolution lists. */
  readonly listBytes: number;
  readonly sharedBytes: number;
  /** Whether addresses (delay and lane) fit 16 bits. */
  readonly short: boolean;
  /** Where every row is one list in bank 0, or empty, and all have one weight each or one shift. */
  readonly fixed: FixedRows | null;
  /** A lane that no core has, with which lists in rows of fixed length are filled up; or null. */
  readonly spare: number | null;
  readonly shared: ReadonlyMap<Member, ReadonlyMap<number, Shared>>;
  /** Of rows of bytes, by core and format: the largest |weight| as it is stored. */
  readonly largest: ReadonlyMap<Member, readonly number[]>;
}

/** Measures the synaptic memory of a cluster of `lanes` with a delay line of so many rows of 2^lineBits lanes. */
export function planSynapses(
  rows: Rows,
  members: readonly Member[],
  lanes: number,
  lineBits: number,
  lineRows: number,
): SynapsePlan {
  const short = lineRows * 2 ** lineBits <= 2 ** 16;
  const shared = new Map<Member, Map<number, Shared>>(members.map((member) => [member, new Map()]));
  const largest = new Map<Member, number[]>(
    members.map((member) => [member, member.image.synapses.formats.map(() => 0)]),
  );
  const spare = lanes < 2 ** lineBits ? 2 ** lineBits - 1 : null;
  let alike = true;
  let areEven = true;
  const shifts = new Set<number>();
  let inRow = 0;
  const sizes = new Map<number, number>();
  let segments = 0;
  let lists = 0;
  let listBytes = 0;
  let sharedBytes = 0;
  fuseRows(rows, members, {
    list(shift, bank, weight, { synapses }) {
      segments++;
      lists++;
      inRow++;
      if (bank !== 0) alike = false;
      if (weight === null) areEven = false;
      shifts.add(shift);
      if (alike) sizes.set(synapses, (sizes.get(synapses) ?? 0) + 1);
      listBytes += bytesOf(synapses, weight !== null, short);
    },
    single(member, s) {
      segments++;
      alike = false;
      const { formats, format, wide, offset, count } = member.image.synapses;
      if (wide[s] === 1) {
        listBytes += 8 * count[s]!;
        return;
      }
      const known = shared.get(member)!;
      const isRow = formats[format[s]!]!.kind === 'dense';
      const key = keyOf(isRow, offset[s]!, count[s]!);
      let stored = known.get(key);
      if (stored === undefined) {
        const form = isRow ? rowFormat(member, s) : { bytesEach: 4 as const, halved: false, most: 0 };
        if (isRow) sharedBytes = up(sharedBytes, 16);
        stored = { at: sharedBytes, ...form };
        known.set(key, stored);
        sharedBytes += form.bytesEach * (isRow ? up(count[s]!, ROW_LANES) : count[s]!);
      }
      if (stored.bytesEach !== 1) return;
      // by format, not by row: a row may be of several, and what is added together is of one
      const ofFormat = largest.get(member)!;
      ofFormat[format[s]!] = Math.max(ofFormat[format[s]!]!, stored.most);
    },
    endRow() {
      if (inRow > 1) alike = false;
      inRow = 0;
    },
  });
  const count = rows.start.length - 1;
  const fixed =
    alike && lists > 0 && spare !== null && (areEven || shifts.size === 1)
      ? planFixedRows({
          rows: count,
          sizes,
          addressBits: lineBits + Math.log2(lineRows),
          areEven,
          otherwise: 4 * count + 4 * C.SEGMENT_WORDS * segments + listBytes,
        })
      : null;
  if (fixed !== null) listBytes = count * fixed.bytes + fixed.spilledBytes;
  return { fixed, spare, segments, lists, listBytes, sharedBytes, short, shared, largest };
}

/** Bytes of a list. One weight for all is stored once, and addresses alone can be short. */
const bytesOf = (synapses: number, isOne: boolean, isShort: boolean): number =>
  isOne && isShort ? up(2 * synapses, 4) : 4 * synapses;

/** A row of dense weights as it is stored: halved when all are even, in bytes when they then fit. */
function rowFormat({ image }: Member, s: number): Omit<Shared, 'at'> {
  const { offset, count, rows } = image.synapses;
  let bits = 0;
  let min = 0;
  let max = 0;
  for (let k = offset[s]!; k < offset[s]! + count[s]!; k++) {
    const w = rows[k]!;
    bits |= w;
    if (w < min) min = w;
    if (w > max) max = w;
  }
  const halved = (bits & 1) === 0;
  const scale = halved ? 2 : 1;
  const bytesEach = min >= -128 * scale && max <= 127 * scale ? 1 : 2;
  return { bytesEach, halved, most: Math.max(-min, max) / scale };
}

/** log2 of how many rows with weights up to `most` can be added in bytes. */
const rowsInBytes = (most: number): number =>
  Math.max(0, Math.min(C.ROWS_IN_BYTES_MOST, Math.floor(Math.log2(127 / Math.max(1, most)))));

export interface SynapsePlace {
  readonly memory: ArrayBufferLike;
  /** Byte addresses of the row starts, the segments, the lists, and what is shared (16-byte aligned). */
  readonly rowSegmentsAt: number;
  readonly segmentsAt: number;
  readonly listsAt: number;
  readonly sharedAt: number;
  readonly lineBits: number;
}

/** Writes the synaptic memory that `plan` has measured. */
export function writeSynapses(
  rows: Rows,
  members: readonly Member[],
  plan: SynapsePlan,
  place: SynapsePlace,
): void {
  fuseRows(rows, members, new Writer(plan, place, rows.start.length));
  for (const [member, known] of plan.shared) writeShared(member, known, place);
}

class Writer implements Sink {
  readonly #plan: SynapsePlan;
  readonly #place: SynapsePlace;
  readonly #rowSegments: Uint32Array;
  readonly #segments: Int32Array;
  readonly #words: Int32Array;
  readonly #halves: Uint16Array;
  #row = 0;
  #segment = 0;
  #end: number;

  constructor(plan: SynapsePlan, place: SynapsePlace, starts: number) {
    this.#plan = plan;
    this.#place = place;
    this.#rowSegments = new Uint32Array(place.memory, place.rowSegmentsAt, starts);
    this.#segments = new Int32Array(place.memory, place.segmentsAt, plan.segments * C.SEGMENT_WORDS);
    this.#words = new Int32Array(place.memory, 0, place.memory.byteLength / 4);
    this.#halves = new Uint16Array(place.memory, 0, place.memory.byteLength / 2);
    this.#end = place.listsAt + (plan.fixed === null ? 0 : (starts - 1) * plan.fixed.bytes);
  }

  list(shift: number, bank: number, own: number | null, parts: Parts): void {
    const { fixed, spare, short: isShort } = this.#plan;
    const weight = fixed?.bits === WEIGHTED_BITS ? null : own;
    const short = weight !== null && isShort;
    const kind =
      fixed !== null ? kindOf(fixed) : weight === null ? C.KIND_LIST : short ? C.KIND_ONE16 : C.KIND_ONE;
    const shifted = weight === null ? shift << 8 : 0;
    const start = fixed === null ? this.#end : this.#beginFixed(fixed, parts.synapses, weight ?? 1 << shift);
    this.#add(parts.synapses, weight ?? 0, kind | (C.CLASS_SPARSE << 4) | shifted | (bank << 16), start);
    const { lineBits } = this.#place;
    let at = kind === C.KIND_PACKED ? 0 : short ? start >>> 1 : start >>> 2;
    for (let p = 0; p < parts.count; p++) {
      const { image, firstLane } = parts.member(p);
      const s = parts.segment(p);
      const { words, offset, count, first } = image.synapses;
      const lane = firstLane + first[s]!;
      const to = offset[s]! + count[s]!;
      if (kind === C.KIND_PACKED) {
        const out = this.#words;
        for (let k = offset[s]!; k < to; k++)
          packAddress(out, start >>> 2, at++, placeTarget(words[k]!, lineBits) + lane);
      } else if (short) {
        const out = this.#halves;
        for (let k = offset[s]!; k < to; k++) out[at++] = placeTarget(words[k]!, lineBits) + lane;
      } else if (weight !== null) {
        const out = this.#words;
        for (let k = offset[s]!; k < to; k++) out[at++] = placeTarget(words[k]!, lineBits) + lane;
      } else {
        const out = this.#words;
        for (let k = offset[s]!; k < to; k++) out[at++] = placeSynapse(words[k]!, lineBits) + lane;
      }
    }
    if (fixed === null) {
      this.#end += bytesOf(parts.synapses, weight !== null, short);
    } else if (kind === C.KIND_PACKED) {
      while (at % ADDRESSES_PER_PACK !== 0) packAddress(this.#words, start >>> 2, at++, spare!);
    } else {
      const out = short ? this.#halves : this.#words;
      for (let k = parts.synapses; (k & 3) !== 0; k++) out[at++] = spare!;
    }
  }

  /** Writes the head of the row at hand; returns where its list goes. */
  #beginFixed({ bits, bytes }: FixedRows, synapses: number, factor: number): number {
    const head = this.#place.listsAt + this.#row * bytes;
    const own = fixedListBytes(bits, synapses);
    const fits = ROW_HEAD + own <= bytes;
    this.#words[head >>> 2] = factor;
    this.#words[(head >>> 2) + 1] = 2 * synapses + (fits ? 0 : 1);
    if (fits) return head + ROW_HEAD;
    const list = this.#end;
    this.#words[(head >>> 2) + 2] = list;
    this.#end += own;
    return list;
  }

  single(member: Member, s: number): void {
    const { formats, format, wide, offset, count, first, delay, words } = member.image.synapses;
    const f = format[s]!;
    const { kind, shift } = formats[f]!;
    const head = (CLASS_CODES[kind] << 4) | (member.bankOfFormat[f]! << 16);
    const lane = member.firstLane + first[s]!;
    const { lineBits, sharedAt } = this.#place;
    if (wide[s] === 1) {
      this.#add(count[s]!, lane, head | C.KIND_WIDE, this.#end);
      for (let k = offset[s]!, at = this.#end >>> 2; k < offset[s]! + 2 * count[s]!; k += 2, at += 2) {
        this.#words[at] = placeTarget(words[k]!, lineBits);
        this.#words[at + 1] = words[k + 1]!;
      }
      this.#end += 8 * count[s]!;
      return;
    }
    const shared = this.#plan.shared.get(member)!;
    const { at, bytesEach, halved } = shared.get(keyOf(kind === 'dense', offset[s]!, count[s]!))!;
    if (kind === 'conv') {
      this.#add(count[s]!, lane, head | C.KIND_LIST | (shift << 8), sharedAt + at);
    } else {
      const rowKind = bytesEach === 1 ? C.KIND_ROW8 : C.KIND_ROW16;
      const start = lane + (delay[s]! << lineBits);
      const shifted = (shift + (halved ? 1 : 0)) << 8;
      const together = bytesEach === 1 ? rowsInBytes(this.#plan.largest.get(member)![f]!) : 0;
      this.#add(
        count[s]!,
        start,
        head | rowKind | (together << C.ROWS_IN_BYTES_SHIFT) | shifted,
        sharedAt + at,
      );
    }
  }

  endRow(): void {
    this.#row++;
    this.#rowSegments[this.#row] = this.#segment;
  }

  #add(count: number, base: number, format: number, at: number): void {
    const target = this.#segment++ * C.SEGMENT_WORDS;
    this.#segments[target + C.SEGMENT_AT] = at;
    this.#segments[target + C.SEGMENT_COUNT] = count;
    this.#segments[target + C.SEGMENT_BASE] = base;
    this.#segments[target + C.SEGMENT_FORMAT] = format;
  }
}

/** The content of rows and shared lists, once each. */
function writeShared(
  { image }: Member,
  known: ReadonlyMap<number, Shared>,
  { memory, sharedAt, lineBits }: SynapsePlace,
): void {
  const { words, rows } = image.synapses;
  for (const [key, { at, bytesEach, halved }] of known) {
    const count = key % KEY_COUNT;
    const offset = Math.floor((key - count) / KEY_COUNT / 2);
    if (bytesEach === 4) {
      const out = new Int32Array(memory, sharedAt + at, count);
      for (let k = 0; k < count; k++) out[k] = placeSynapse(words[offset + k]!, lineBits);
    } else {
      const start = sharedAt + at;
      const out =
        bytesEach === 1 ? new Int8Array(memory, start, count) : new Int16Array(memory, start, count);
      for (let k = 0; k < count; k++) out[k] = rows[offset + k]! >> (halved ? 1 : 0);
    }
  }
}
