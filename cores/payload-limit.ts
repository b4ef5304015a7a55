/**
 * How large a payload a row may carry. A limit belongs to a core, by the largest sum its synapses can make; a row's
 * is the least of the cores it reaches, so it is the same whichever cores are placed together.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';
import { ADDRESS_MASK, wordOf } from './synapse.js';

export interface PayloadLimit {
  readonly core: Core;
  /** Largest |payload| that cannot overflow an accumulator of `core`, whatever arrives with it. */
  readonly limit: number;
}

/** The least limit of the cores that `row` reaches, or null when it reaches none. Walks the row's lists. */
export function payloadLimit(cluster: Cluster, row: number): PayloadLimit | null {
  const { rowSegments, i32, words } = cluster;
  const limits = (words[C.CORE_LIMITS_AT]! >>> 0) >>> 2;
  let least: PayloadLimit | null = null;
  for (let s = rowSegments[row]!; s < rowSegments[row + 1]!; s++) {
    for (const lane of lanesReached(cluster, s * C.SEGMENT_WORDS)) {
      const index = cluster.cores.findLastIndex(({ descriptor: d }) => d[D.FIRST_LANE]! <= lane);
      const limit = i32[limits + index]!;
      if (least === null || limit < least.limit) least = { core: cluster.cores[index]!, limit };
    }
  }
  return least;
}

/** Lanes that the segment at word `at` reaches; of a row, which is of one core, the first. */
function* lanesReached(cluster: Cluster, at: number): Generator<number> {
  const { segments, words } = cluster;
  const laneMask = 2 ** words[C.LINE_BITS]! - 1;
  const kind = segments[at + C.SEGMENT_FORMAT]! & 15;
  const base = segments[at + C.SEGMENT_BASE]!;
  if (kind === C.KIND_ROW8 || kind === C.KIND_ROW16) {
    yield base & laneMask;
    return;
  }
  const isOne = kind === C.KIND_ONE || kind === C.KIND_ONE16 || kind === C.KIND_PACKED;
  const store = segments[at + C.SEGMENT_AT]! >>> 0;
  for (let k = 0; k < segments[at + C.SEGMENT_COUNT]!; k++) {
    const word = wordOf(cluster, kind, store, k);
    yield ((isOne ? 0 : base) + (word & ADDRESS_MASK)) & laneMask;
  }
}
