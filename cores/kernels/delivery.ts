/**
 * Delivery of a core's inbox into its delay line, as ../delivery.ts. A list costs a load, an add, a mask and
 * a read-modify-write per synapse; the target's row and delay come from one addition to the whole word,
 * because the mantissa lies above the address bits and the mask cuts it off.
 */
import { AXON_EVENTS, SYNAPTIC_EVENTS } from '../counter-index';
import {
  ACC_AT,
  AWAKE_BLOCKS,
  AXON_SEGMENTS_AT,
  CLASS_CONV,
  CLASS_DENSE,
  CLASS_SPARSE,
  INBOX_AT,
  INBOX_COUNT,
  KIND_LIST,
  KIND_ROW16,
  KIND_ROW8,
  KIND_WIDE,
  LAST_TOUCHED,
  MAX_DELAY,
  N_PADDED,
  PAYLOADS,
  SEGMENT_AT,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_FORMAT,
  SEGMENT_WORDS,
  SEGMENTS_AT,
  SLOTS,
  STRIDE_BITS,
  TOUCHED_AT,
} from '../descriptor';
import { address, count, setWord, word } from './words';

const SEGMENT_BYTES: usize = SEGMENT_WORDS << 2;

/** Returns a word without meaning, which keeps the compiler from dropping the loads of `lookAhead`. */
export function deliver(d: usize, t: i32): u32 {
  const messages = word(d, INBOX_COUNT);
  if (messages == 0) return 0;
  const graded = word(d, PAYLOADS) != 0;
  const step: usize = graded ? 8 : 4;
  const inbox = address(d, INBOX_AT);
  const end = inbox + <usize>messages * step;
  const axons = address(d, AXON_SEGMENTS_AT);
  const segments = address(d, SEGMENTS_AT);
  const strideBits = word(d, STRIDE_BITS);
  const size = <u32>word(d, SLOTS) << strideBits;
  const mask = size - 1;
  const now = <u32>t << strideBits;
  const line = address(d, ACC_AT);
  const maxDelay = word(d, MAX_DELAY);
  const blocks = word(d, N_PADDED) >> 4;

  // A mark without an arrival changes nothing but the cost of a visit. Once an eighth as many events have
  // come as there are blocks to mark, and all blocks are awake anyway, it is cheaper to mark all blocks that
  // messages of this step can reach than to store a mark per event (a fifth of the time of a list).
  let touched = address(d, TOUCHED_AT);
  const few: u64 = word(d, AWAKE_BLOCKS) == blocks ? (<u64>blocks * <u64>(maxDelay + 1)) >> 3 : u64.MAX_VALUE;

  let ahead: u32 = 0;
  let sparse: u64 = 0;
  let dense: u64 = 0;
  let conv: u64 = 0;
  for (let at = inbox; at < end; at += step) {
    if (touched != 0 && sparse + dense + conv > few) {
      markAll(touched, blocks, (<usize>1 << strideBits) >> 4, word(d, SLOTS), maxDelay, t);
      touched = 0;
    }
    ahead ^= lookAhead(at, end, step, axons, segments);
    const axon = axons + (<usize>load<u32>(at) << 2);
    const payload = graded ? load<i32>(at, 4) : 1;
    let segment = segments + <usize>load<u32>(axon) * SEGMENT_BYTES;
    const last = segments + <usize>load<u32>(axon, 4) * SEGMENT_BYTES;
    for (; segment < last; segment += SEGMENT_BYTES) {
      const from = load<usize>(segment, SEGMENT_AT << 2);
      const length = load<u32>(segment, SEGMENT_COUNT << 2);
      const place = load<u32>(segment, SEGMENT_BASE << 2) + now;
      const format = load<u32>(segment, SEGMENT_FORMAT << 2);
      const kind = format & 15;
      const eventClass = (format >> 4) & 15;
      if (eventClass == CLASS_SPARSE) sparse += length;
      else if (eventClass == CLASS_DENSE) dense += length;
      else conv += length;
      const factor = payload << ((format >> 8) & 255);
      const acc = line + (<usize>((format >> 16) * size) << 2);
      if (kind == KIND_LIST) {
        const to = from + (<usize>length << 2);
        if (factor != 1) scaledList(from, to, place, mask, acc, touched, factor);
        else if (touched != 0) list(from, to, place, mask, acc, touched, 1, false, true);
        else list(from, to, place, mask, acc, 0, 1, false, false);
      } else if (kind == KIND_WIDE) {
        wide(from, from + (<usize>length << 3), place, mask, acc, touched, payload);
      } else {
        const start = place & mask;
        const to = acc + (<usize>start << 2);
        if (kind == KIND_ROW16) {
          row16(from, length, to, factor);
        } else if (!graded && at + 16 <= end && areRows(at, axons, segments)) {
          fourRows(at, axons, segments, length, to, factor);
          dense += 3 * <u64>length;
          at += 12;
        } else {
          row8(from, length, to, factor);
        }
        if (touched != 0) mark(touched + (start >> 4), touched + ((start + length + 15) >> 4));
      }
    }
  }
  count(d, AXON_EVENTS, messages);
  count(d, SYNAPTIC_EVENTS + CLASS_SPARSE, sparse);
  count(d, SYNAPTIC_EVENTS + CLASS_DENSE, dense);
  count(d, SYNAPTIC_EVENTS + CLASS_CONV, conv);
  // An upper bound: the delays within a list are not looked at. It may cost a visit that finds nothing.
  setWord(d, LAST_TOUCHED, max(word(d, LAST_TOUCHED), t + maxDelay));
  setWord(d, INBOX_COUNT, 0);
  return ahead;
}

/**
 * Asks for what later messages will need. Lists of different axons lie apart, so each costs three cache misses
 * in a row (axon, segment, words), and a short list does not hide those of the next: on W1, eleven synapses a
 * list, a run takes 0.29 s with this and 0.37 s without (bench/workloads.bench.ts).
 */
// @ts-ignore: decorator
@inline
function lookAhead(at: usize, end: usize, step: usize, axons: usize, segments: usize): u32 {
  const near = at + 4 * step;
  const middle = at + 8 * step;
  const far = at + 12 * step;
  let seen: u32 = 0;
  if (far < end) seen = load<u32>(axons + (<usize>load<u32>(far) << 2));
  if (middle < end) {
    const axon = axons + (<usize>load<u32>(middle) << 2);
    if (load<u32>(axon, 4) > load<u32>(axon)) seen ^= load<u32>(segments + <usize>load<u32>(axon) * SEGMENT_BYTES);
  }
  if (near < end) {
    const axon = axons + (<usize>load<u32>(near) << 2);
    if (load<u32>(axon, 4) > load<u32>(axon)) {
      const segment = segments + <usize>load<u32>(axon) * SEGMENT_BYTES;
      const words = load<usize>(segment, SEGMENT_AT << 2);
      const length = <usize>load<u32>(segment, SEGMENT_COUNT << 2);
      if (length > 0) {
        seen ^= load<u32>(words);
        // the second line of a short list; the rest of a long one comes in order
        if ((load<u32>(segment, SEGMENT_FORMAT << 2) & 15) == KIND_LIST) seen ^= load<u32>(words + min<usize>(length - 1, 16) * 4);
      }
    }
  }
  return seen;
}

/** Marks every block of every row that messages of step t can reach. */
function markAll(touched: usize, blocks: usize, rowBytes: usize, slots: i32, maxDelay: i32, t: i32): void {
  for (let delay = 0; delay <= maxDelay; delay++) {
    const row = touched + <usize>((t + delay) & (slots - 1)) * rowBytes;
    mark(row, row + blocks);
  }
}

/** Sets the bytes at .. to to 1. */
@inline
function mark(at: usize, to: usize): void {
  for (; at + 8 <= to; at += 8) store<u64>(at, 0x0101010101010101);
  for (; at < to; at++) store<u8>(at, 1);
}

@inline
function synapse(
  word: u32,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
  scales: bool,
  marks: bool,
): void {
  const target = (word + place) & mask;
  const at = acc + ((<usize>target) << 2);
  const weight = <i32>word >> 23;
  store<i32>(at, load<i32>(at) + (scales ? weight * factor : weight));
  if (marks) store<u8>(touched + (target >> 4), 1);
}

@inline
function list(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
  scales: bool,
  marks: bool,
): void {
  for (; at + 16 <= to; at += 16) {
    synapse(load<u32>(at), place, mask, acc, touched, factor, scales, marks);
    synapse(load<u32>(at, 4), place, mask, acc, touched, factor, scales, marks);
    synapse(load<u32>(at, 8), place, mask, acc, touched, factor, scales, marks);
    synapse(load<u32>(at, 12), place, mask, acc, touched, factor, scales, marks);
  }
  for (; at < to; at += 4) synapse(load<u32>(at), place, mask, acc, touched, factor, scales, marks);
}

/** A list whose weights are multiplied: by a power of two (weight exponent), by a payload, or both. */
function scaledList(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
): void {
  if (touched != 0) list(at, to, place, mask, acc, touched, factor, true, true);
  else list(at, to, place, mask, acc, 0, factor, true, false);
}

/** Pairs of address word and 32-bit weight. */
function wide(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  payload: i32,
): void {
  for (; at < to; at += 8) {
    const target = (load<u32>(at) + place) & mask;
    const sum = acc + ((<usize>target) << 2);
    store<i32>(sum, load<i32>(sum) + load<i32>(at, 4) * payload);
    if (touched != 0) store<u8>(touched + (target >> 4), 1);
  }
}

/** Adds four weights to four sums. */
@inline
function add4(to: usize, weights: v128): void {
  v128.store(to, i32x4.add(v128.load(to), weights));
}

/** Rows are padded with zeros to 16 weights, and the delay line by as much. */
function row8(at: usize, length: u32, to: usize, factor: i32): void {
  const end = at + <usize>length;
  const scale = i32x4.splat(factor);
  for (; at < end; at += 16) {
    const bytes = v128.load(at);
    const low = i16x8.extend_low_i8x16_s(bytes);
    const high = i16x8.extend_high_i8x16_s(bytes);
    let a = i32x4.extend_low_i16x8_s(low);
    let b = i32x4.extend_high_i16x8_s(low);
    let c = i32x4.extend_low_i16x8_s(high);
    let e = i32x4.extend_high_i16x8_s(high);
    if (factor != 1) {
      a = i32x4.mul(a, scale);
      b = i32x4.mul(b, scale);
      c = i32x4.mul(c, scale);
      e = i32x4.mul(e, scale);
    }
    add4(to, a);
    add4(to + 16, b);
    add4(to + 32, c);
    add4(to + 48, e);
    to += 64;
  }
}

/** The only segment of the axon of message `at`, or 0 if it has not one. */
@inline
function onlySegment(at: usize, axons: usize, segments: usize): usize {
  const axon = axons + (<usize>load<u32>(at) << 2);
  const first = load<u32>(axon);
  return load<u32>(axon, 4) - first == 1 ? segments + <usize>first * SEGMENT_BYTES : 0;
}

/** Whether the four messages from `at` are a row of bytes each, for the same compartments, step and shift. */
function areRows(at: usize, axons: usize, segments: usize): bool {
  const segment = onlySegment(at, axons, segments);
  if (segment == 0) return false;
  if ((load<u32>(segment, SEGMENT_FORMAT << 2) & 255) != (KIND_ROW8 | (CLASS_DENSE << 4))) return false;
  for (let next = at + 4; next < at + 16; next += 4) {
    const other = onlySegment(next, axons, segments);
    if (other == 0) return false;
    for (let k: usize = SEGMENT_COUNT << 2; k < SEGMENT_BYTES; k += 4) {
      if (load<u32>(segment + k) != load<u32>(other + k)) return false;
    }
  }
  return true;
}

/** Four rows at once: their sum takes 16 bits, so the delay line is read and written once for all of them. */
function fourRows(at: usize, axons: usize, segments: usize, length: u32, to: usize, factor: i32): void {
  let a = load<usize>(onlySegment(at, axons, segments), SEGMENT_AT << 2);
  let b = load<usize>(onlySegment(at + 4, axons, segments), SEGMENT_AT << 2);
  let c = load<usize>(onlySegment(at + 8, axons, segments), SEGMENT_AT << 2);
  let e = load<usize>(onlySegment(at + 12, axons, segments), SEGMENT_AT << 2);
  const end = a + <usize>length;
  const scale = i32x4.splat(factor);
  for (; a < end; a += 8, b += 8, c += 8, e += 8, to += 32) {
    const sum = i16x8.add(
      i16x8.add(v128.load8x8_s(a), v128.load8x8_s(b)),
      i16x8.add(v128.load8x8_s(c), v128.load8x8_s(e)),
    );
    add4(to, i32x4.mul(i32x4.extend_low_i16x8_s(sum), scale));
    add4(to + 16, i32x4.mul(i32x4.extend_high_i16x8_s(sum), scale));
  }
}

function row16(at: usize, length: u32, to: usize, factor: i32): void {
  const end = at + ((<usize>length) << 1);
  const scale = i32x4.splat(factor);
  for (; at < end; at += 16) {
    const words = v128.load(at);
    let a = i32x4.extend_low_i16x8_s(words);
    let b = i32x4.extend_high_i16x8_s(words);
    if (factor != 1) {
      a = i32x4.mul(a, scale);
      b = i32x4.mul(b, scale);
    }
    add4(to, a);
    add4(to + 16, b);
    to += 32;
  }
}
