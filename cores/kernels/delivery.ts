/**
 * Delivery of messages into a cluster's delay line, as ../delivery.ts. A list costs a load, an add, a mask and
 * a read-modify-write per synapse; the target's row and delay come from one addition to the whole word,
 * because the mantissa lies above the address bits and the mask cuts it off.
 */
import {
  ACTIVE_SET,
  AWAKE_SUM,
  CLASS_CONV,
  CLASS_DENSE,
  CLASS_SPARSE,
  DRAINS,
  EVENTS_AT,
  FIXED_BITS,
  INBOX_AT,
  INBOX_COUNT,
  KIND_LIST,
  KIND_ONE,
  KIND_ONE16,
  KIND_ROW16,
  KIND_ROW8,
  KIND_WIDE,
  LANES,
  LAST_ARRIVAL,
  LINE_AT,
  LINE_BITS,
  LINE_MARKS_AT,
  LINE_ROWS,
  LONGEST_DELAY,
  NEVER_RESTS,
  ROW_SEGMENTS_AT,
  SEGMENT_AT,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_FORMAT,
  SEGMENT_WORDS,
  SEGMENTS_AT,
  TOUCH_LINES,
} from '../cluster-words';
import { deliverFixed } from './fixed-rows';
import { list, same, scaledList, wide } from './lists';
import { mark, markAll } from './marks';
import { place } from './places';
import { row16, row8, sumRows } from './rows';
import { CHUNK, rowOf, touchLists, touchSegments } from './touch';
import { address, setWord, word } from './words';

const SEGMENT_BYTES: usize = SEGMENT_WORDS << 2;

/** Empties the inbox: pairs of row and payload. */
export function deliver(c: usize, t: i32): u32 {
  const messages = word(c, INBOX_COUNT);
  if (messages == 0) return 0;
  setWord(c, INBOX_COUNT, 0);
  return deliverMessages(c, t, address(c, INBOX_AT), messages, true);
}

/** Delivers `messages` spike words at byte address `at`. */
export function deliverSpikes(c: usize, t: i32, at: usize, messages: i32): u32 {
  return messages == 0 ? 0 : deliverMessages(c, t, at, messages, false);
}

/** Returns a word without meaning, which keeps the compiler from dropping the loads of touch.ts. */
// @ts-ignore: decorator
@inline
function deliverMessages(c: usize, t: i32, at: usize, messages: i32, pairs: bool): u32 {
  const step: usize = pairs ? 8 : 4;
  const end = at + <usize>messages * step;
  const longest = word(c, LONGEST_DELAY);
  if (word(c, FIXED_BITS) != 0) {
    const said = deliverFixed(c, t, at, end, pairs);
    addEvents(address(c, EVENTS_AT), CLASS_SPARSE, said >> 32);
    setWord(c, LAST_ARRIVAL, max(word(c, LAST_ARRIVAL), t + longest));
    return <u32>said;
  }
  const rows = address(c, ROW_SEGMENTS_AT);
  const segments = address(c, SEGMENTS_AT);
  const lineBits = word(c, LINE_BITS);
  const lineRows = word(c, LINE_ROWS);
  const size = <u32>lineRows << lineBits;
  const mask = size - 1;
  const now = <u32>t << lineBits;
  const line = address(c, LINE_AT);
  const blocks = word(c, LANES) >> 4;

  // A mark without an arrival changes nothing but the cost of a visit. Where nothing sleeps there are none. Once
  // an eighth as many events have come as there are blocks to mark, and all blocks are awake anyway, it is
  // cheaper to mark all blocks that messages of this step can reach than to store a mark per event (a
  // fifth of the time of a list).
  let marks = word(c, NEVER_RESTS) != 0 ? 0 : address(c, LINE_MARKS_AT);
  const few: u64 = word(c, AWAKE_SUM) == blocks ? (<u64>blocks * <u64>(longest + 1)) >> 3 : u64.MAX_VALUE;

  // without delays a message of this step acts in this step, so it can go straight to a place
  const toPlaces = word(c, ACTIVE_SET) != 0 && lineRows == 1;

  const lines = <usize>word(c, TOUCH_LINES);
  let touched = at;
  let seen: u32 = 0;
  let sparse: u64 = 0;
  let dense: u64 = 0;
  let conv: u64 = 0;
  for (; at < end; at += step) {
    if (marks != 0 && sparse + dense + conv > few) {
      markAll(c, t);
      marks = 0;
    }
    if (at >= touched) {
      touched = min(end, at + CHUNK * step);
      seen ^= touchSegments(at, touched, step, rows, segments);
      seen ^= touchLists(at, touched, step, rows, segments, lines);
    }
    const message = load<u32>(at);
    const row = rowOf(at, rows);
    const payload = pairs ? load<i32>(at, 4) : 1 - <i32>((message >> 31) << 1);
    let segment = segments + <usize>load<u32>(row) * SEGMENT_BYTES;
    const last = segments + <usize>load<u32>(row, 4) * SEGMENT_BYTES;
    for (; segment < last; segment += SEGMENT_BYTES) {
      const from = load<usize>(segment, SEGMENT_AT << 2);
      const length = load<u32>(segment, SEGMENT_COUNT << 2);
      const base = load<u32>(segment, SEGMENT_BASE << 2);
      const format = load<u32>(segment, SEGMENT_FORMAT << 2);
      const kind = format & 15;
      const acc = line + (<usize>((format >> 16) * size) << 2);
      if (toPlaces) {
        const shift = (format >> 8) & 255;
        if (kind == KIND_ONE) {
          sparse += length;
          place<u32>(c, t, from, from + (<usize>length << 2), 0, true, payload * <i32>base);
          continue;
        }
        if (kind == KIND_ONE16) {
          sparse += length;
          place<u16>(c, t, from, from + (<usize>length << 1), 0, true, payload * <i32>base);
          continue;
        }
        if (kind == KIND_LIST) {
          if (((format >> 4) & 3) == CLASS_SPARSE) sparse += length;
          else conv += length;
          place<u32>(c, t, from, from + (<usize>length << 2), base, false, payload << shift);
          continue;
        }
        setWord(c, DRAINS, 1);
      }
      if (kind == KIND_ONE16) {
        const weight = payload * <i32>base;
        const to = from + (<usize>length << 1);
        sparse += length;
        if (marks != 0) same<u16>(from, to, now, mask, acc, marks, weight, false, true);
        else if (lineRows == 1) same<u16>(from, to, now, mask, acc, 0, weight, true, false);
        else same<u16>(from, to, now, mask, acc, 0, weight, false, false);
        continue;
      }
      if (kind == KIND_ONE) {
        const weight = payload * <i32>base;
        const to = from + (<usize>length << 2);
        sparse += length;
        if (marks != 0) same<u32>(from, to, now, mask, acc, marks, weight, false, true);
        else same<u32>(from, to, now, mask, acc, 0, weight, false, false);
        continue;
      }
      const start = base + now;
      const factor = payload << ((format >> 8) & 255);
      const eventClass = (format >> 4) & 3;
      if (eventClass == CLASS_SPARSE) sparse += length;
      else if (eventClass == CLASS_DENSE) dense += length;
      else conv += length;
      if (kind == KIND_LIST) {
        const to = from + (<usize>length << 2);
        if (factor != 1) scaledList(from, to, start, mask, acc, marks, factor);
        else if (marks != 0) list(from, to, start, mask, acc, marks, 1, false, true);
        else list(from, to, start, mask, acc, 0, 1, false, false);
      } else if (kind == KIND_WIDE) {
        wide(from, from + (<usize>length << 3), start, mask, acc, marks, payload);
      } else {
        const lane = start & mask;
        const to = acc + (<usize>lane << 2);
        if (kind == KIND_ROW16) {
          row16(from, length, to, factor);
        } else {
          const more = payload == 1 ? sumRows(c, at, end, step, rows, segments, segment, to, factor) : 0;
          if (more == 0) row8(from, length, to, factor);
          dense += <u64>more * length;
          at += <usize>more * step;
        }
        if (marks != 0) mark(marks + (lane >> 4), marks + ((lane + length + 15) >> 4));
      }
    }
  }
  const events = address(c, EVENTS_AT);
  addEvents(events, CLASS_SPARSE, sparse);
  addEvents(events, CLASS_DENSE, dense);
  addEvents(events, CLASS_CONV, conv);
  // An upper bound: the delays within a list are not looked at. It may cost a visit that finds nothing.
  setWord(c, LAST_ARRIVAL, max(word(c, LAST_ARRIVAL), t + longest));
  return seen;
}

@inline
function addEvents(events: usize, eventClass: i32, amount: u64): void {
  const at = events + (<usize>eventClass << 3);
  store<u64>(at, load<u64>(at) + amount);
}
