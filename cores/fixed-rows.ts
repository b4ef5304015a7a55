/**
 * Rows of a fixed length. Where every row of a cluster is one list with one weight, as in most networks, row r lies at
 * `r * bytes`, its weight and count before its targets: a message then costs the cache lines of its list and no other,
 * where a row that is looked up costs two more, one after the other (a quarter of W2, docs/performance.md). Segments
 * say the same of every row for who is in no hurry.
 */
import * as C from './cluster-words.js';
import { ADDRESSES_PER_PACK, PACKED_BITS } from './synapse.js';

export interface FixedRows {
  /** Of an address: 16, 21 or 32. */
  readonly bits: number;
  /** Of a row: whole cache lines. */
  readonly bytes: number;
  /** Of lists that are too long for their row and lie elsewhere. */
  readonly spilledBytes: number;
  /** Cache lines of a row to fetch ahead: those of an average list. */
  readonly lines: number;
}

/** What a cluster has, as far as the form of its lists depends on it. */
export interface Lists {
  readonly rows: number;
  /** How many lists have how many synapses. */
  readonly sizes: ReadonlyMap<number, number>;
  /** Of delay and lane together. */
  readonly addressBits: number;
  /** Bytes of everything where rows are looked up. */
  readonly otherwise: number;
}

const LINE = 64;
/** Of the row's weight and count. */
export const ROW_HEAD = 8;
const MOST_LINES = 16;
/** What a list elsewhere costs, in lines, besides its own: its head, a second miss after that, a branch not foreseen. */
const SPILLED_LINES = 6;
/** So much more memory may be taken. */
const MOST_MORE = 1.5;

/** Bytes of a list of whole packs; of addresses of 32 bits, pairs of packs. */
export function fixedListBytes(bits: number, synapses: number): number {
  if (bits === PACKED_BITS) return 8 * Math.ceil(synapses / ADDRESSES_PER_PACK);
  return (bits / 8) * 4 * Math.ceil(synapses / 4);
}

/** The kind of such lists. */
export const kindOf = ({ bits }: FixedRows): number =>
  bits === 16 ? C.KIND_ONE16 : bits === PACKED_BITS ? C.KIND_PACKED : C.KIND_ONE;

/** The length of rows for which messages touch the fewest cache lines; null where that takes too much memory. */
export function planFixedRows({ rows, sizes, addressBits, otherwise }: Lists): FixedRows | null {
  const bits = addressBits <= 16 ? 16 : addressBits <= PACKED_BITS ? PACKED_BITS : 32;
  let best: FixedRows | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let bytes = LINE; bytes <= MOST_LINES * LINE; bytes += LINE) {
    let [lines, spilledBytes, lists, listBytes] = [0, 0, 0, 0];
    for (const [synapses, count] of sizes) {
      const own = fixedListBytes(bits, synapses);
      const fits = ROW_HEAD + own <= bytes;
      lines += count * (fits ? Math.ceil((ROW_HEAD + own) / LINE) : SPILLED_LINES + own / LINE);
      if (!fits) spilledBytes += count * own;
      lists += count;
      listBytes += count * own;
    }
    if (lines >= fewest || rows * bytes + spilledBytes > MOST_MORE * otherwise) continue;
    fewest = lines;
    best = {
      bits,
      bytes,
      spilledBytes,
      lines: Math.min(bytes / LINE, Math.ceil((ROW_HEAD + listBytes / lists) / LINE)),
    };
  }
  return best;
}
