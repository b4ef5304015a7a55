/** What one spike of each source costs all the cores it reaches, with equal rows kept once. */
import type { MessageTable } from '../../routing/index.js';

export interface ReceivingRows {
  /** Row of each key. */
  readonly row: Uint32Array;
  /** Row r covers start[r] .. start[r + 1] - 1 of what follows. */
  readonly start: Uint32Array;
  /** Cores, each once, ascending, and ps of all its messages. */
  readonly core: Uint32Array;
  readonly cost: Float64Array;
}

/** @param processing ps of each message of the table; the costs of the rows take its place */
export function receivingRows({ keys, start, to }: MessageTable, processing: Float64Array): ReceivingRows {
  const row = new Uint32Array(keys);
  const rowStart = new Uint32Array(keys + 1);
  const core = new Uint32Array(to.length);
  /** The row last made for each of so many hashes, and behind each row the one before it there. */
  const last = new Int32Array(2 ** Math.ceil(Math.log2(keys + 1))).fill(-1);
  const behind = new Int32Array(keys);
  const hashes = new Int32Array(keys);
  let rows = 0;
  for (let key = 0; key < keys; key++) {
    const begin = rowStart[rows]!;
    const end = writeRow(to, start[key]!, start[key + 1]!, core, processing, begin);
    const hash = hashOf(core, processing, begin, end);
    const slot = hash & (last.length - 1);
    let found = last[slot]!;
    while (
      found >= 0 &&
      !(
        hashes[found] === hash && isSame(core, processing, begin, end, rowStart[found]!, rowStart[found + 1]!)
      )
    )
      found = behind[found]!;
    if (found < 0) {
      behind[rows] = last[slot]!;
      hashes[rows] = hash;
      last[slot] = rows;
      found = rows++;
      rowStart[rows] = end;
    }
    row[key] = found;
  }
  const end = rowStart[rows]!;
  return {
    row,
    start: rowStart.slice(0, rows + 1),
    core: end === core.length ? core : core.slice(0, end),
    cost: end === core.length ? processing : processing.slice(0, end),
  };
}

/**
 * Writes messages `first .. last - 1` at `begin`, those of one core as one; returns the end. Rows are never longer than their messages,
 * so costs may be written where they are read.
 */
function writeRow(
  to: Uint32Array,
  first: number,
  last: number,
  core: Uint32Array,
  costs: Float64Array,
  begin: number,
): number {
  let end = begin;
  for (let message = first; message < last; message++) {
    const own = to[message]!;
    const cost = costs[message]!;
    if (end > begin && core[end - 1] === own) costs[end - 1]! += cost;
    else {
      core[end] = own;
      costs[end++] = cost;
    }
  }
  return end;
}

function hashOf(core: Uint32Array, cost: Float64Array, begin: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = begin; i < end; i++) {
    hash = Math.imul(hash ^ core[i]!, 0x01000193);
    hash = Math.imul(hash ^ cost[i]!, 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

/** Whether a row `begin .. end - 1` equals one `from .. to - 1`. */
function isSame(
  core: Uint32Array,
  cost: Float64Array,
  begin: number,
  end: number,
  from: number,
  to: number,
): boolean {
  if (to - from !== end - begin) return false;
  for (let i = 0; i < end - begin; i++)
    if (core[from + i] !== core[begin + i] || cost[from + i] !== cost[begin + i]) return false;
  return true;
}
