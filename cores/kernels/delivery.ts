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

export function deliver(d: usize, t: i32): void {
  const messages = word(d, INBOX_COUNT);
  if (messages == 0) return;
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

  let touched = address(d, TOUCHED_AT);
  const events = countEvents(d, inbox, end, step, axons, segments);
  const blocks = word(d, N_PADDED) >> 4;
  const maxDelay = word(d, MAX_DELAY);
  // A mark without an arrival changes nothing but the cost of a visit. With every block awake and many
  // arrivals, marking all that they can reach at once is cheaper than a store per event.
  if (word(d, AWAKE_BLOCKS) == blocks && events * 8 > <u64>blocks * <u64>(maxDelay + 1)) {
    markAll(touched, blocks, (<usize>1 << strideBits) >> 4, word(d, SLOTS), maxDelay, t);
    touched = 0;
  }

  for (let at = inbox; at < end; at += step) {
    const axon = axons + ((<usize>load<u32>(at)) << 2);
    const payload = graded ? load<i32>(at, 4) : 1;
    let segment = segments + <usize>load<u32>(axon) * SEGMENT_BYTES;
    const last = segments + <usize>load<u32>(axon, 4) * SEGMENT_BYTES;
    for (; segment < last; segment += SEGMENT_BYTES) {
      const from = load<usize>(segment, SEGMENT_AT << 2);
      const length = load<i32>(segment, SEGMENT_COUNT << 2);
      const place = load<u32>(segment, SEGMENT_BASE << 2) + now;
      const format = load<u32>(segment, SEGMENT_FORMAT << 2);
      const kind = format & 15;
      const factor = payload << ((format >> 8) & 255);
      const acc = line + ((<usize>(format >> 16) * <usize>size) << 2);
      if (kind == KIND_LIST && factor == 1) {
        const to = from + ((<usize>length) << 2);
        if (touched != 0) list(from, to, place, mask, acc, touched, 1, true);
        else list(from, to, place, mask, acc, 0, 1, false);
      } else if (kind == KIND_LIST) {
        listScaled(from, from + ((<usize>length) << 2), place, mask, acc, touched, factor);
      } else if (kind == KIND_WIDE) {
        wide(from, from + ((<usize>length) << 3), place, mask, acc, touched, payload);
      } else {
        const start = place & mask;
        if (kind == KIND_ROW8) row8(from, length, acc + ((<usize>start) << 2), factor);
        else row16(from, length, acc + ((<usize>start) << 2), factor);
        if (touched != 0) mark(touched + (start >> 4), touched + ((start + length + 15) >> 4));
      }
    }
  }
  count(d, AXON_EVENTS, messages);
  setWord(d, LAST_TOUCHED, max(word(d, LAST_TOUCHED), t + maxDelay));
  setWord(d, INBOX_COUNT, 0);
}

/** Counts the events the inbox brings, by class, and returns their sum. */
function countEvents(d: usize, inbox: usize, end: usize, step: usize, axons: usize, segments: usize): u64 {
  let sparse: u64 = 0;
  let dense: u64 = 0;
  let conv: u64 = 0;
  for (let at = inbox; at < end; at += step) {
    const axon = axons + ((<usize>load<u32>(at)) << 2);
    let segment = segments + <usize>load<u32>(axon) * SEGMENT_BYTES;
    const last = segments + <usize>load<u32>(axon, 4) * SEGMENT_BYTES;
    for (; segment < last; segment += SEGMENT_BYTES) {
      const length = load<u32>(segment, SEGMENT_COUNT << 2);
      const eventClass = (load<u32>(segment, SEGMENT_FORMAT << 2) >> 4) & 15;
      sparse += eventClass == CLASS_SPARSE ? length : 0;
      dense += eventClass == CLASS_DENSE ? length : 0;
      conv += eventClass == CLASS_CONV ? length : 0;
    }
  }
  count(d, SYNAPTIC_EVENTS + CLASS_SPARSE, sparse);
  count(d, SYNAPTIC_EVENTS + CLASS_DENSE, dense);
  count(d, SYNAPTIC_EVENTS + CLASS_CONV, conv);
  return sparse + dense + conv;
}

/** Marks every block of every row that messages of step t can reach. */
function markAll(touched: usize, blocks: usize, rowBytes: usize, slots: i32, maxDelay: i32, t: i32): void {
  for (let delay = 0; delay <= maxDelay; delay++) {
    const row = touched + <usize>((t + delay) & (slots - 1)) * rowBytes;
    mark(row, row + blocks);
  }
}

/** Sets the bytes at .. to to 1. */
// @ts-ignore: decorator
@inline
function mark(at: usize, to: usize): void {
  for (; at + 8 <= to; at += 8) store<u64>(at, 0x0101010101010101);
  for (; at < to; at++) store<u8>(at, 1);
}

// @ts-ignore: decorator
@inline
function synapse(
  word: u32,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
  marks: bool,
): void {
  const target = (word + place) & mask;
  const at = acc + ((<usize>target) << 2);
  const weight = <i32>word >> 23;
  store<i32>(at, load<i32>(at) + (factor == 1 ? weight : weight * factor));
  if (marks) store<u8>(touched + (target >> 4), 1);
}

// @ts-ignore: decorator
@inline
function list(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
  marks: bool,
): void {
  for (; at + 16 <= to; at += 16) {
    synapse(load<u32>(at), place, mask, acc, touched, factor, marks);
    synapse(load<u32>(at, 4), place, mask, acc, touched, factor, marks);
    synapse(load<u32>(at, 8), place, mask, acc, touched, factor, marks);
    synapse(load<u32>(at, 12), place, mask, acc, touched, factor, marks);
  }
  for (; at < to; at += 4) synapse(load<u32>(at), place, mask, acc, touched, factor, marks);
}

/** A list whose weights are multiplied: by a power of two (weight exponent), by a payload, or both. */
function listScaled(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  touched: usize,
  factor: i32,
): void {
  if (touched != 0) {
    for (; at < to; at += 4) synapse(load<u32>(at), place, mask, acc, touched, factor, true);
  } else {
    for (; at < to; at += 4) synapse(load<u32>(at), place, mask, acc, touched, factor, false);
  }
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
// @ts-ignore: decorator
@inline
function add4(to: usize, offset: usize, weights: v128): void {
  v128.store(to + offset, i32x4.add(v128.load(to + offset), weights));
}

/** Rows are padded with zeros to 16 weights, and the delay line by as much. */
function row8(at: usize, length: i32, to: usize, factor: i32): void {
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
    add4(to, 0, a);
    add4(to, 16, b);
    add4(to, 32, c);
    add4(to, 48, e);
    to += 64;
  }
}

function row16(at: usize, length: i32, to: usize, factor: i32): void {
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
    add4(to, 0, a);
    add4(to, 16, b);
    to += 32;
  }
}
