/**
 * How the kernels of model `simple` keep what a spike costs the cores it reaches (receiving-rows.ts): side by side for all
 * cores, in nibbles or bytes where few different costs allow it or in 16-bit words, or as lists of those reached.
 */
import type { ReceivingRows } from './receiving-rows.js';
import { BYTES, LISTS, MOST_COST, NIBBLES, WORDS } from './simple-words.js';

export interface RowFormat {
  readonly kind: typeof NIBBLES | typeof BYTES | typeof WORDS | typeof LISTS;
  /** Bytes from one row to the next, and blocks of 16 bytes in them. */
  readonly rowBytes: number;
  readonly blocks: number;
  /** Cores that the blocks have room for. */
  readonly width: number;
  /** Rows that are added before sums leave their bytes or words. */
  readonly chunk: number;
  /** Of nibbles and bytes: a cost is 0, as 0, or `base + step * code` units. */
  readonly base: number;
  readonly step: number;
}

/** Bytes of all rows, at most: more is not worth it. */
const MOST_BYTES = 2 ** 28;
const BLOCK_BYTES = 16;
const MOST_NIBBLE = 0xf;
/** Of the cost of one core. */
const BITS = { [NIBBLES]: 4, [BYTES]: 8, [WORDS]: 16 } as const;
/** Rows that must fit in a sum of bytes, for what ends a sum costs as much as some rows. */
const LEAST_CHUNK = 10;
/** Cores whose costs are one cache line of words: there bytes would save nothing. */
const LINE_CORES = 32;

export function rowFormat({ start, cost }: ReceivingRows, cores: number, unit: number): RowFormat {
  const rows = start.length - 1;
  // eight costs are added in the time of one entry of a list
  if (8 * cost.length < rows * cores || 2 * rows * (cores + 7) > MOST_BYTES)
    return { kind: LISTS, rowBytes: 4, blocks: 0, width: cores, chunk: 0, base: 0, step: 0 };
  const { least, most, step } = rangeOf(cost, unit);
  const fits = most === 0 ? MOST_COST : Math.floor(MOST_COST / most);
  const codes = 1 + (most - least) / step;
  const chunk = Math.min(fits, Math.floor(0xff / codes));
  const isCoded = cores > LINE_CORES && chunk >= LEAST_CHUNK;
  const kind = !isCoded ? WORDS : codes > MOST_NIBBLE ? BYTES : NIBBLES;
  const perBlock = (8 * BLOCK_BYTES) / BITS[kind];
  const blocks = Math.ceil(cores / perBlock);
  return {
    kind,
    rowBytes: BLOCK_BYTES * blocks,
    blocks,
    width: perBlock * blocks,
    chunk: isCoded ? chunk : fits,
    base: least - step,
    step,
  };
}

/** Of costs that are not 0, in units: least, most, and what divides all differences. */
function rangeOf(costs: Float64Array, unit: number): { least: number; most: number; step: number } {
  let least = 0;
  let most = 0;
  let step = 0;
  let before = 0;
  for (const cost of costs) {
    // 0 and what has been looked at just now
    if (cost === 0 || cost === before) continue;
    before = cost;
    const units = cost / unit;
    if (least === 0) least = units;
    const apart = Math.abs(units - least);
    if (apart !== 0 && (step === 0 || apart % step !== 0)) step = gcd(apart, step);
    least = Math.min(least, units);
    most = Math.max(most, units);
  }
  return { least, most, step: Math.max(1, step) };
}

export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Writes all rows at byte `at` of `buffer`, and of lists what they say where to find into `lists`. */
export function writeRows(
  { start, core, cost }: ReceivingRows,
  { kind, rowBytes, base, step }: RowFormat,
  unit: number,
  buffer: ArrayBufferLike,
  { at, listAt }: { readonly at: number; readonly listAt: number },
): void {
  const rows = start.length - 1;
  if (kind === LISTS) {
    new Uint32Array(buffer, at, rows + 1).set(start);
    const lists = new Uint32Array(buffer, listAt, cost.length);
    for (let i = 0; i < lists.length; i++) lists[i] = core[i]! + 0x1_0000 * (cost[i]! / unit);
    return;
  }
  const table =
    kind === WORDS
      ? new Uint16Array(buffer, at, (rows * rowBytes) / 2)
      : new Uint8Array(buffer, at, rows * rowBytes);
  const width = table.length / Math.max(1, rows);
  for (let row = 0; row < rows; row++)
    for (let i = start[row]!; i < start[row + 1]!; i++) {
      const units = cost[i]! / unit;
      const code = kind === WORDS || units === 0 ? units : (units - base) / step;
      if (kind === NIBBLES) {
        const { byte, shift } = nibbleOf(core[i]!);
        table[row * width + byte]! |= code << shift;
      } else table[row * width + core[i]!] = code;
    }
}

/** Where the nibble of a core is in a row: a block is of 32 cores, the first sixteen in its low halves. */
export const nibbleOf = (core: number): { readonly byte: number; readonly shift: number } => ({
  byte: BLOCK_BYTES * (core >>> 5) + (core & 0xf),
  shift: (core & 0x10) >>> 2,
});
