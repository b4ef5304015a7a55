/**
 * Delivery in a cluster whose rows are one list each, of one kind and with one weight a list: the usual network.
 * What a list needs is looked up for 32 messages before the first is walked, so that one list follows the
 * other without a load that waits for another load.
 */
import {
  GATHER_AT,
  LINE_AT,
  LINE_BITS,
  LINE_ROWS,
  PADDED,
  ROW_SEGMENTS_AT,
  SEGMENT_AT,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_WORDS,
  SEGMENTS_AT,
  TOUCH_LINES,
} from '../cluster-words';
import { same } from './lists';
import { CHUNK, rowOf, touchLines, touchSegments } from './touch';
import { address, word } from './words';

const SEGMENT_BYTES: usize = SEGMENT_WORDS << 2;
/** Bytes of a note: where the list begins, where it ends, its weight. */
const NOTE: usize = 12;

/**
 * Delivers the messages `at .. end` without marks. Returns the synaptic events in the upper half; the lower has no
 * meaning (touch.ts).
 */
// @ts-ignore: decorator
@inline
export function deliverAlike<T>(c: usize, t: i32, at: usize, end: usize, pairs: bool): u64 {
  const step: usize = pairs ? 8 : 4;
  const rows = address(c, ROW_SEGMENTS_AT);
  const segments = address(c, SEGMENTS_AT);
  const size = <u32>word(c, LINE_ROWS) << word(c, LINE_BITS);
  const isFlat = word(c, LINE_ROWS) == 1;
  const now = <u32>t << word(c, LINE_BITS);
  const line = address(c, LINE_AT);
  const lines = <usize>word(c, TOUCH_LINES);
  const pad = <u32>word(c, PADDED);
  const notes = address(c, GATHER_AT);
  let seen: u32 = 0;
  let events: u64 = 0;
  while (at < end) {
    const last = min(end, at + CHUNK * step);
    seen ^= touchSegments(at, last, step, rows, segments);
    let note = notes;
    for (; at < last; at += step, note += NOTE) {
      const row = rowOf(at, rows);
      const first = load<u32>(row);
      const segment = segments + <usize>first * SEGMENT_BYTES;
      const from = load<usize>(segment, SEGMENT_AT << 2);
      // of an empty row, 0
      const length = (load<u32>(row, 4) - first) * load<u32>(segment, SEGMENT_COUNT << 2);
      const payload = pairs ? load<i32>(at, 4) : 1 - <i32>((load<u32>(at) >> 31) << 1);
      const bytes = <usize>((length + pad) & ~pad) * sizeof<T>();
      events += length;
      store<u32>(note, <u32>from);
      store<u32>(note, <u32>(from + bytes), 4);
      store<i32>(note, payload * load<i32>(segment, SEGMENT_BASE << 2), 8);
      seen ^= touchLines(from, bytes, lines);
    }
    if (isFlat) {
      for (let list = notes; list < note; list += NOTE) {
        same<T>(load<usize>(list), load<usize>(list, 4), now, size - 1, line, 0, load<i32>(list, 8), true, false);
      }
    } else {
      for (let list = notes; list < note; list += NOTE) {
        same<T>(load<usize>(list), load<usize>(list, 4), now, size - 1, line, 0, load<i32>(list, 8), false, false);
      }
    }
  }
  return (events << 32) | seen;
}
