/**
 * Delivery, the scalar specification: the messages of a step become weights in the delay line. A message
 * that arrives at step t through a synapse of delay d is added to row t + d. Sums are kept in full width
 * (place-cluster.ts proves that 32 bits suffice), so the order of messages cannot matter.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import { count } from './counters.js';
import { ADDRESS_MASK, wordOf } from './synapse.js';

/** Bit 31 of a spike word: the spike is -1. The rest is the row. */
const NEGATIVE = 0x8000_0000;
const ROW_MASK = 0x7fff_ffff;

/** Empties the inbox of `cluster` into its delay line; t is the step about to be integrated. */
export function deliver(cluster: Cluster, t: number): void {
  const { words, inbox } = cluster;
  const messages = words[C.INBOX_COUNT]!;
  for (let m = 0; m < messages; m++) deliverRow(cluster, inbox[2 * m]!, inbox[2 * m + 1]!, t);
  words[C.INBOX_COUNT] = 0;
}

/** Delivers spike words `at .. at + count - 1` (indices of 32-bit words in memory): spikes of the step before. */
export function deliverSpikes(cluster: Cluster, t: number, at: number, count: number): void {
  for (let k = at; k < at + count; k++) {
    const word = cluster.i32[k]!;
    deliverRow(cluster, word & ROW_MASK, (word & NEGATIVE) === 0 ? 1 : -1, t);
  }
}

function deliverRow(cluster: Cluster, row: number, payload: number, t: number): void {
  const { rowSegments, segments, events } = cluster;
  for (let s = rowSegments[row]!; s < rowSegments[row + 1]!; s++) {
    const at = s * C.SEGMENT_WORDS;
    deliverSegment(cluster, at, payload, t);
    const eventClass = (segments[at + C.SEGMENT_FORMAT]! >> 4) & 3;
    count(events, eventClass, segments[at + C.SEGMENT_COUNT]!);
  }
}

/** One segment of one message: a list of (weight, target), targets of one weight, a row of weights, or wide weights. */
function deliverSegment(cluster: Cluster, at: number, payload: number, t: number): void {
  const { words, segments, line, marks, i32 } = cluster;
  const length = segments[at + C.SEGMENT_COUNT]!;
  const base = segments[at + C.SEGMENT_BASE]!;
  const format = segments[at + C.SEGMENT_FORMAT]!;
  const kind = format & 15;
  const shift = (format >> 8) & 255;
  const lineBits = words[C.LINE_BITS]!;
  const size = words[C.LINE_ROWS]! << lineBits;
  const mask = size - 1;
  const bank = (format >>> 16) * size;
  const now = (t << lineBits) & mask;
  const store = segments[at + C.SEGMENT_AT]! >>> 0;
  let farthest = 0;

  if (kind === C.KIND_ROW8 || kind === C.KIND_ROW16) {
    const row = kind === C.KIND_ROW8 ? cluster.i8 : cluster.i16;
    const first = store >>> (kind === C.KIND_ROW8 ? 0 : 1);
    const start = (base + now) & mask;
    for (let k = 0; k < length; k++) {
      line[bank + start + k]! += Math.imul(row[first + k]! << shift, payload);
    }
    marks.fill(1, start >> 4, ((start + length - 1) >> 4) + 1);
    farthest = base;
  } else {
    const isOne = kind === C.KIND_ONE || kind === C.KIND_ONE16 || kind === C.KIND_PACKED;
    const first = store >>> 2;
    for (let k = 0; k < length; k++) {
      const word = wordOf(cluster, kind, store, k);
      const target = (isOne ? 0 : base) + (word & ADDRESS_MASK);
      let weight = base;
      if (kind === C.KIND_LIST) weight = (word >> 23) << shift;
      else if (kind === C.KIND_WIDE) weight = i32[first + 2 * k + 1]!;
      const address = (target + now) & mask;
      line[bank + address]! += Math.imul(weight, payload);
      marks[address >> 4] = 1;
      if (target > farthest) farthest = target;
    }
  }
  const lastArrival = t + (farthest >> lineBits);
  if (lastArrival > words[C.LAST_ARRIVAL]!) words[C.LAST_ARRIVAL] = lastArrival;
}
