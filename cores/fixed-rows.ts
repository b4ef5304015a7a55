/**
 * Rows of a fixed length. Where every row of a cluster is one list, as in most networks, row r lies at `r * bytes`, its
 * count before its targets: a message then costs the cache lines of its list and no other, where a row that is looked
 * up costs two more, one after the other (docs/performance.md). Segments say the same of every row for who is in no
 * hurry.
 */
import * as C from './cluster-words.js';
import { ADDRESSES_PER_PACK, PACKED_BITS } from './synapse.js';

export interface FixedRows {
  /** Of an address: 16, 21 or 32, where each list has one weight; or 23, with a weight in the same word. */
  readonly bits: number;
  /** Of a row: whole cache lines, or a half or quarter of one. */
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
  /** Whether each has one weight. */
  readonly areEven: boolean;
  /** Bytes of everything where rows are looked up. */
  readonly otherwise: number;
}

/** Bits of an address in a word with its weight. */
export const WEIGHTED_BITS = 23;
const LINE = 64;
/** Of the row's count and what its weights are multiplied by. */
export const ROW_HEAD = 8;
const LENGTHS = [LINE / 4, LINE / 2, ...Array.from({ length: 16 }, (_, i) => (i + 1) * LINE)];
/** What a list elsewhere costs, in lines, besides its own: its head, a second miss after that, a branch not foreseen. */
const SPILLED_LINES = 6;
/** So much more memory may be taken. */
const MOST_MORE = 1.5;

/** Bytes of a list of whole packs; of addresses of 32 bits, pairs of packs. */
export function fixedListBytes(bits: number, synapses: number): number {
  if (bits === PACKED_BITS) return 8 * Math.ceil(synapses / ADDRESSES_PER_PACK);
  return (bits === 16 ? 8 : 16) * Math.ceil(synapses / 4);
}

/** The kind of such lists. */
export const kindOf = ({ bits }: FixedRows): number => KINDS.get(bits)!;
const KINDS: ReadonlyMap<number, number> = new Map([
  [16, C.KIND_ONE16],
  [PACKED_BITS, C.KIND_PACKED],
  [32, C.KIND_ONE],
  [WEIGHTED_BITS, C.KIND_LIST],
]);

/** The length of rows for which messages touch the fewest cache lines; null where that takes too much memory. */
export function planFixedRows({ rows, sizes, addressBits, areEven, otherwise }: Lists): FixedRows | null {
  const evenBits = addressBits <= 16 ? 16 : addressBits <= PACKED_BITS ? PACKED_BITS : 32;
  const bits = areEven ? evenBits : WEIGHTED_BITS;
  let best: FixedRows | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const bytes of LENGTHS) {
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
      lines: Math.min(Math.ceil(bytes / LINE), Math.ceil((ROW_HEAD + listBytes / lists) / LINE)),
    };
  }
  return best;
}
