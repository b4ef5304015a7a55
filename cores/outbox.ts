/** Spikes leave a cluster, the scalar specification: into the log, and into the box of every shard they reach. */
import type { Cluster } from './cluster.js';
import * as O from './outbox-words.js';

const KEY_MASK = 0x7fff_ffff;

/**
 * Hands over what `cluster` fired in its last step. `outbox` is the index, among the memory's 32-bit words, of
 * OUTBOX_WORDS words (outbox-words.ts).
 */
export function emit(cluster: Cluster, outbox: number): void {
  const { i32, u8, fired, firedCount } = cluster;
  const word = (name: number): number => i32[outbox + name]! >>> 0;
  const recorded = word(O.RECORDED_AT);
  const wide = word(O.REACH_WORDS);
  const boxes = word(O.BOXES_AT) >>> 2;
  let log = word(O.LOG_AT);
  for (let k = 0; k < firedCount; k++) {
    const spike = fired[k]!;
    const own = (spike & KEY_MASK) - word(O.OUT_FIRST_KEY);
    if (log !== 0 && (recorded === 0 || u8[recorded + own] !== 0)) {
      i32[log >>> 2] = spike;
      log += 4;
    }
    const reach = (word(O.REACH_AT) >>> 2) + own * wide;
    for (let w = 0; w < wide; w++) {
      for (let bits = i32[reach + w]!; bits !== 0; bits &= bits - 1) {
        const box = boxes + 32 * w + 31 - Math.clz32(bits & -bits);
        i32[i32[box]! >>> 2] = spike;
        i32[box]! += 4;
      }
    }
  }
  i32[outbox + O.LOG_AT] = log;
}
