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

/** @param processing ps of each message of the table */
export function receivingRows({ keys, start, to }: MessageTable, processing: Float64Array): ReceivingRows {
  const row = new Uint32Array(keys);
  const rowStart = new Uint32Array(keys + 1);
  const rowCore = new Uint32Array(to.length);
  const rowCost = new Float64Array(to.length);
  /** Rows by hash; those with the same one are chained. */
  const chains = new Map<number, number>();
  const behind = new Int32Array(keys).fill(-1);
  let rows = 0;
  let end = 0;
  for (let key = 0; key < keys; key++) {
    const begin = end;
    let hash = 0x811c9dc5;
    for (let entry = start[key]!; entry < start[key + 1]!; entry++) {
      const core = to[entry]!;
      if (end > begin && rowCore[end - 1] === core) rowCost[end - 1]! += processing[entry]!;
      else {
        rowCore[end] = core;
        rowCost[end++] = processing[entry]!;
      }
      hash = Math.imul(hash ^ core, 0x01000193);
      hash = Math.imul(hash ^ (processing[entry]! | 0), 0x01000193);
    }
    const same = (other: number): boolean => {
      const first = rowStart[other]!;
      if (rowStart[other + 1]! - first !== end - begin) return false;
      for (let i = 0; i < end - begin; i++)
        if (rowCore[first + i] !== rowCore[begin + i] || rowCost[first + i] !== rowCost[begin + i])
          return false;
      return true;
    };
    const chain = chains.get(hash) ?? -1;
    let found = chain;
    while (found >= 0 && !same(found)) found = behind[found]!;
    if (found >= 0) {
      row[key] = found;
      end = begin;
      continue;
    }
    behind[rows] = chain;
    chains.set(hash, rows);
    row[key] = rows++;
    rowStart[rows] = end;
  }
  return {
    row,
    start: rowStart.slice(0, rows + 1),
    core: rowCore.slice(0, end),
    cost: rowCost.slice(0, end),
  };
}
