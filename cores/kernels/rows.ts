/** Rows of dense weights: added one by one, or many at once while their sums stay in registers. */
import {
  GATHER_AT,
  KIND_ROW8,
  ROWS_AT_ONCE,
  ROWS_IN_BYTES_SHIFT,
  SEGMENT_AT,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_FORMAT,
  SEGMENT_WORDS,
} from '../cluster-words';
import { address } from './words';

const SEGMENT_BYTES: usize = SEGMENT_WORDS << 2;

/** Adds four weights to four sums. */
@inline
function add4(to: usize, weights: v128): void {
  v128.store(to, i32x4.add(v128.load(to), weights));
}

/** Rows are padded with zeros to 16 weights, and the delay line by as much. */
export function row8(at: usize, length: u32, to: usize, factor: i32): void {
  const end = at + <usize>length;
  const scale = i32x4.splat(factor);
  for (; at < end; at += 16) {
    const bytes = v128.load(at);
    const low = i16x8.extend_low_i8x16_s(bytes);
    const high = i16x8.extend_high_i8x16_s(bytes);
    add4(to, i32x4.mul(i32x4.extend_low_i16x8_s(low), scale));
    add4(to + 16, i32x4.mul(i32x4.extend_high_i16x8_s(low), scale));
    add4(to + 32, i32x4.mul(i32x4.extend_low_i16x8_s(high), scale));
    add4(to + 48, i32x4.mul(i32x4.extend_high_i16x8_s(high), scale));
    to += 64;
  }
}

export function row16(at: usize, length: u32, to: usize, factor: i32): void {
  const end = at + ((<usize>length) << 1);
  const scale = i32x4.splat(factor);
  for (; at < end; at += 16) {
    const words = v128.load(at);
    add4(to, i32x4.mul(i32x4.extend_low_i16x8_s(words), scale));
    add4(to + 16, i32x4.mul(i32x4.extend_high_i16x8_s(words), scale));
    to += 32;
  }
}

/**
 * The row of `segment` (bytes, of message `at`) together with those of the messages that follow, as long as
 * each has one row of the same place, length and shift. 64 sums at a time stay in registers, in 16 bits,
 * while all rows stream past, so the delay line is read and written once. Returns how many messages after
 * `at` it has taken, 0 when there was nothing to gather and nothing was added.
 */
export function sumRows(
  c: usize,
  at: usize,
  end: usize,
  step: usize,
  rows: usize,
  segments: usize,
  segment: usize,
  to: usize,
  factor: i32,
): i32 {
  const gather = address(c, GATHER_AT);
  if (onlySegment(at, rows, segments) != segment) return 0;
  let count = 1;
  store<u32>(gather, load<u32>(segment, SEGMENT_AT << 2));
  for (let next = at + step; next < end && count < ROWS_AT_ONCE; next += step, count++) {
    const other = onlySegment(next, rows, segments);
    if (other == 0 || !isAlike(segment, other)) break;
    // a negative spike, or a payload
    if (step == 8 ? load<i32>(next, 4) != 1 : load<i32>(next) < 0) break;
    store<u32>(gather + ((<usize>count) << 2), load<u32>(other, SEGMENT_AT << 2));
  }
  if (count == 1) return 0;
  const length = <usize>load<u32>(segment, SEGMENT_COUNT << 2);
  const last = gather + ((<usize>count) << 2);
  const scale = i32x4.splat(factor);
  const together = (load<u32>(segment, SEGMENT_FORMAT << 2) >> ROWS_IN_BYTES_SHIFT) & 3;
  let column: usize = together == 0 ? 0 : sumInBytes(gather, last, length, 4 << together, to, scale);
  to += column << 2;
  for (; column + 64 <= length; column += 64, to += 256) {
    let s0 = i16x8.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let row = gather; row < last; row += 4) {
      const weights = <usize>load<u32>(row) + column;
      s0 = i16x8.add(s0, v128.load8x8_s(weights));
      s1 = i16x8.add(s1, v128.load8x8_s(weights, 8));
      s2 = i16x8.add(s2, v128.load8x8_s(weights, 16));
      s3 = i16x8.add(s3, v128.load8x8_s(weights, 24));
      s4 = i16x8.add(s4, v128.load8x8_s(weights, 32));
      s5 = i16x8.add(s5, v128.load8x8_s(weights, 40));
      s6 = i16x8.add(s6, v128.load8x8_s(weights, 48));
      s7 = i16x8.add(s7, v128.load8x8_s(weights, 56));
    }
    addEight(to, s0, s1, s2, s3, s4, s5, s6, s7, scale);
  }
  for (; column < length; column += 16, to += 64) {
    let s0 = i16x8.splat(0);
    let s1 = s0;
    for (let row = gather; row < last; row += 4) {
      const weights = <usize>load<u32>(row) + column;
      s0 = i16x8.add(s0, v128.load8x8_s(weights));
      s1 = i16x8.add(s1, v128.load8x8_s(weights, 8));
    }
    addSums(to, s0, scale);
    addSums(to + 32, s1, scale);
  }
  return count - 1;
}

/**
 * Whole 64 columns of rows of which `stride / 4` can be added in bytes, and only then widened: 6 instructions a row
 * instead of 16 where eight can. Returns how many columns those were.
 */
function sumInBytes(gather: usize, last: usize, length: usize, stride: usize, to: usize, scale: v128): usize {
  let column: usize = 0;
  for (; column + 64 <= length; column += 64, to += 256) {
    let s0 = i16x8.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let row = gather; row < last; ) {
      const end = min(last, row + stride);
      let b0 = i8x16.splat(0);
      let b1 = b0;
      let b2 = b0;
      let b3 = b0;
      for (; row < end; row += 4) {
        const weights = <usize>load<u32>(row) + column;
        b0 = i8x16.add(b0, v128.load(weights));
        b1 = i8x16.add(b1, v128.load(weights, 16));
        b2 = i8x16.add(b2, v128.load(weights, 32));
        b3 = i8x16.add(b3, v128.load(weights, 48));
      }
      s0 = i16x8.add(s0, i16x8.extend_low_i8x16_s(b0));
      s1 = i16x8.add(s1, i16x8.extend_high_i8x16_s(b0));
      s2 = i16x8.add(s2, i16x8.extend_low_i8x16_s(b1));
      s3 = i16x8.add(s3, i16x8.extend_high_i8x16_s(b1));
      s4 = i16x8.add(s4, i16x8.extend_low_i8x16_s(b2));
      s5 = i16x8.add(s5, i16x8.extend_high_i8x16_s(b2));
      s6 = i16x8.add(s6, i16x8.extend_low_i8x16_s(b3));
      s7 = i16x8.add(s7, i16x8.extend_high_i8x16_s(b3));
    }
    addEight(to, s0, s1, s2, s3, s4, s5, s6, s7, scale);
  }
  return column;
}

@inline
function addEight(
  to: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  s4: v128,
  s5: v128,
  s6: v128,
  s7: v128,
  scale: v128,
): void {
  addSums(to, s0, scale);
  addSums(to + 32, s1, scale);
  addSums(to + 64, s2, scale);
  addSums(to + 96, s3, scale);
  addSums(to + 128, s4, scale);
  addSums(to + 160, s5, scale);
  addSums(to + 192, s6, scale);
  addSums(to + 224, s7, scale);
}

@inline
function addSums(to: usize, sums: v128, scale: v128): void {
  add4(to, i32x4.mul(i32x4.extend_low_i16x8_s(sums), scale));
  add4(to + 16, i32x4.mul(i32x4.extend_high_i16x8_s(sums), scale));
}

/** The only segment of the row of message `at`, or 0 if it has not one. */
@inline
function onlySegment(at: usize, rows: usize, segments: usize): usize {
  const row = rows + (<usize>(load<u32>(at) & 0x7fffffff) << 2);
  const first = load<u32>(row);
  return load<u32>(row, 4) - first == 1 ? segments + <usize>first * SEGMENT_BYTES : 0;
}

/** Whether two segments are rows of bytes of one format, for the same compartments and delay. */
@inline
function isAlike(a: usize, b: usize): bool {
  return (
    (load<u32>(b, SEGMENT_FORMAT << 2) & 15) == KIND_ROW8 &&
    load<u32>(a, SEGMENT_FORMAT << 2) == load<u32>(b, SEGMENT_FORMAT << 2) &&
    load<u64>(a, SEGMENT_COUNT << 2) == load<u64>(b, SEGMENT_COUNT << 2)
  );
}
