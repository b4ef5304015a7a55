/**
 * Delivery in a cluster whose rows have a fixed length (../fixed-rows.ts): the usual network. Where a row lies is known
 * from its number, so the rows of 32 messages are touched before the first is walked, and one follows the other
 * without a load that waits for another load.
 *
 * `touchRows` and the walks are exported by the module for no caller outside: what is exported is not inlined, and in a
 * function of its own a loop has all its values in registers (W2: 105 against 125 us for 1000 rows).
 */
import {
  ACTIVE_SET,
  AWAKE_SUM,
  FIXED_AT,
  FIXED_BITS,
  FIXED_BYTES,
  FIXED_SPILLS,
  GATHER_AT,
  LANES,
  LINE_AT,
  LINE_BITS,
  LINE_MARKS_AT,
  LINE_ROWS,
  LONGEST_DELAY,
  NEVER_RESTS,
  TOUCH_LINES,
} from '../cluster-words';
import { markAll } from './marks';
import { bytesOf, walk } from './packs';
import { placeOne } from './places';
import { CHUNK, touchLines } from './touch';
import { address, word } from './words';

const HEAD: usize = 8;
/** Bytes of a note: where a list begins, where it ends, its weight. */
const NOTE: usize = 12;

@inline
function rowAt(message: usize, rows: usize, bytes: usize): usize {
  return rows + <usize>(load<u32>(message) & 0x7fffffff) * bytes;
}

@inline
function isElsewhere(row: usize): bool {
  return (load<u32>(row, 4) & 1) != 0;
}

@inline
function listAt(row: usize): usize {
  return isElsewhere(row) ? <usize>load<u32>(row, HEAD) : row + HEAD;
}

/** Of the row, times the payload of the message. */
@inline
function weightOf(message: usize, step: usize, row: usize): i32 {
  const payload = step == 8 ? load<i32>(message, 4) : 1 - <i32>((load<u32>(message) >> 31) << 1);
  return payload * load<i32>(row);
}

/** Delivers the messages `at .. end`. Returns the synaptic events in the upper half; the lower has no meaning (touch.ts). */
export function deliverFixed(c: usize, t: i32, at: usize, end: usize, pairs: bool): u64 {
  const step: usize = pairs ? 8 : 4;
  const rows = address(c, FIXED_AT);
  const bits = word(c, FIXED_BITS);
  const bytes = <usize>word(c, FIXED_BYTES);
  const spills = word(c, FIXED_SPILLS) != 0;
  const lines = <usize>word(c, TOUCH_LINES);
  const lineRows = word(c, LINE_ROWS);
  const mask = (<u32>lineRows << word(c, LINE_BITS)) - 1;
  const now = <u32>t << word(c, LINE_BITS);
  const line = address(c, LINE_AT);
  const notes = address(c, GATHER_AT);
  const blocks = word(c, LANES) >> 4;
  const toPlaces = word(c, ACTIVE_SET) != 0 && lineRows == 1;
  // as in delivery.ts
  let marks: usize = word(c, NEVER_RESTS) != 0 ? 0 : address(c, LINE_MARKS_AT);
  const few: u64 =
    word(c, AWAKE_SUM) == blocks ? (<u64>blocks * <u64>(word(c, LONGEST_DELAY) + 1)) >> 3 : u64.MAX_VALUE;
  let seen: u32 = 0;
  let events: u64 = 0;
  while (at < end) {
    const last = min(end, at + CHUNK * step);
    seen ^= touchRows(at, last, step, rows, bytes, lines);
    if (spills) seen ^= touchElsewhere(at, last, step, rows, bytes, lines);
    if (toPlaces) {
      events += placeRows(c, t, at, last, step);
    } else if (marks != 0 && events <= few) {
      events += markRows(bits, at, last, step, rows, bytes, now, mask, line, marks, notes);
    } else {
      if (marks != 0) markAll(c, t);
      marks = 0;
      if (bits == 16) events += walk16(at, last, step, rows, bytes, now, mask, line, notes);
      else if (bits == 21) events += walk21(at, last, step, rows, bytes, now, mask, line, notes);
      else if (bits == 23) events += walk23(at, last, step, rows, bytes, now, mask, line, notes);
      else events += walk32(at, last, step, rows, bytes, now, mask, line, notes);
    }
    at = last;
  }
  return (events << 32) | seen;
}

/**
 * Touches `lines` cache lines of each row (touch.ts). Two at a time: with a loop over the lines of a row there are so
 * many instructions between two loads that fewer are under way at once (W2: 48 against 30 us for 1000 rows).
 */
export function touchRows(at: usize, end: usize, step: usize, rows: usize, bytes: usize, lines: usize): u32 {
  let seen: u32 = 0;
  let line: usize = 0;
  for (; line + 2 <= lines; line += 2) {
    const from = rows + (line << 6);
    for (let message = at; message < end; message += step) {
      const row = rowAt(message, from, bytes);
      seen ^= <u32>load<u8>(row) ^ <u32>load<u8>(row, 64);
    }
  }
  if (line < lines) {
    const from = rows + (line << 6);
    for (let message = at; message < end; message += step) seen ^= load<u8>(rowAt(message, from, bytes));
  }
  return seen;
}

/** As much of lists that lie elsewhere. */
function touchElsewhere(at: usize, end: usize, step: usize, rows: usize, bytes: usize, lines: usize): u32 {
  let seen: u32 = 0;
  for (; at < end; at += step) {
    const row = rowAt(at, rows, bytes);
    if (isElsewhere(row)) seen ^= touchLines(listAt(row), bytes - HEAD, lines);
  }
  return seen;
}

export function walk16(at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize, notes: usize): u32 {
  return walkRows(16, at, end, step, rows, bytes, now, mask, line, 0, notes, false);
}

export function walk21(at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize, notes: usize): u32 {
  return walkRows(21, at, end, step, rows, bytes, now, mask, line, 0, notes, false);
}

export function walk23(at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize, notes: usize): u32 {
  return walkRows(23, at, end, step, rows, bytes, now, mask, line, 0, notes, false);
}

export function walk32(at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize, notes: usize): u32 {
  return walkRows(32, at, end, step, rows, bytes, now, mask, line, 0, notes, false);
}

/** As the walks above, and marks blocks; that of the lane that fills lists up is nobody's. */
export function markRows(bits: i32, at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize, marks: usize, notes: usize): u32 {
  if (bits == 16) return walkRows(16, at, end, step, rows, bytes, now, mask, line, marks, notes, true);
  if (bits == 21) return walkRows(21, at, end, step, rows, bytes, now, mask, line, marks, notes, true);
  if (bits == 23) return walkRows(23, at, end, step, rows, bytes, now, mask, line, marks, notes, true);
  return walkRows(32, at, end, step, rows, bytes, now, mask, line, marks, notes, true);
}

/** Adds up rows into the delay line. Heads are read first, so that lists follow each other without a wait. */
@inline
function walkRows(bits: i32, at: usize, end: usize, step: usize, rows: usize, bytes: usize, now: u32, mask: u32, line: usize,
  marks: usize, notes: usize, marking: bool): u32 {
  let events: u32 = 0;
  let note = notes;
  for (; at < end; at += step, note += NOTE) {
    const row = rowAt(at, rows, bytes);
    const count = load<u32>(row, 4) >> 1;
    const from = listAt(row);
    events += count;
    store<u32>(note, <u32>from);
    store<u32>(note, <u32>(from + bytesOf(bits, count)), 4);
    store<i32>(note, weightOf(at, step, row), 8);
  }
  for (let list = notes; list < note; list += NOTE)
    walk(bits, load<usize>(list), load<usize>(list, 4), now, mask, line, marks, load<i32>(list, 8), marking);
  return events;
}

/** Into places, and as many addresses as there are: what fills a list up has no place. */
function placeRows(c: usize, t: i32, at: usize, end: usize, step: usize): u32 {
  const rows = address(c, FIXED_AT);
  const bytes = <usize>word(c, FIXED_BYTES);
  const bits = word(c, FIXED_BITS);
  const isOwn = bits == 23;
  const shift = isOwn ? 32 : bits;
  const each = <u32>(64 / shift);
  let events: u32 = 0;
  for (; at < end; at += step) {
    const row = rowAt(at, rows, bytes);
    const weight = weightOf(at, step, row);
    let count = load<u32>(row, 4) >> 1;
    events += count;
    for (let from = listAt(row); count > 0; from += 8) {
      let pack = load<u64>(from);
      for (let left = min(count, each); left > 0; left--, count--, pack >>= shift) {
        const own = isOwn ? (<i32>pack >> 23) * weight : weight;
        placeOne(c, t, <u32>(pack & ((<u64>1 << bits) - 1)), own);
      }
    }
  }
  return events;
}
