/**
 * Delivery, the scalar specification: the messages of a step become weights in the delay line. A message
 * that arrives at step t through a synapse of delay d is added to row t + d. Sums are kept in full width
 * (place-core.ts proves that 32 bits suffice), so the order of messages cannot matter.
 */
import type { Core } from './core.js';
import { AXON_EVENTS, SYNAPTIC_EVENTS } from './counter-index.js';
import { count } from './counters.js';
import {
  INBOX_COUNT,
  KIND_LIST,
  KIND_ROW8,
  KIND_ROW16,
  LAST_TOUCHED,
  PAYLOADS,
  SEGMENT_AT,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_FORMAT,
  SEGMENT_WORDS,
  SLOTS,
  STRIDE_BITS,
} from './descriptor.js';
import { ADDRESS_MASK } from './synapse.js';

/** Empties the inbox of `core` into its delay line; t is the step about to be integrated. */
export function deliver(core: Core, t: number): void {
  const { descriptor, inbox, axonSegments, segments, counterWords } = core;
  const messages = descriptor[INBOX_COUNT]!;
  if (messages === 0) return;
  const width = descriptor[PAYLOADS]! !== 0 ? 2 : 1;
  for (let m = 0; m < messages; m++) {
    const axon = inbox[m * width]!;
    const payload = width === 2 ? inbox[m * width + 1]! : 1;
    for (let s = axonSegments[axon]!; s < axonSegments[axon + 1]!; s++) {
      const at = s * SEGMENT_WORDS;
      deliverSegment(core, at, payload, t);
      const eventClass = (segments[at + SEGMENT_FORMAT]! >> 4) & 15;
      count(counterWords, SYNAPTIC_EVENTS + eventClass, segments[at + SEGMENT_COUNT]!);
    }
  }
  count(counterWords, AXON_EVENTS, messages);
  descriptor[INBOX_COUNT] = 0;
}

/** One segment of one message: a list of (weight, target), a row of weights, or a list of wide weights. */
function deliverSegment(core: Core, at: number, payload: number, t: number): void {
  const { descriptor, segments, acc, touched, i32 } = core;
  const length = segments[at + SEGMENT_COUNT]!;
  const base = segments[at + SEGMENT_BASE]!;
  const format = segments[at + SEGMENT_FORMAT]!;
  const kind = format & 15;
  const shift = (format >> 8) & 255;
  const strideBits = descriptor[STRIDE_BITS]!;
  const size = descriptor[SLOTS]! << strideBits;
  const mask = size - 1;
  const bank = (format >>> 16) * size;
  const now = (t << strideBits) & mask;
  let farthest = base;

  if (kind === KIND_ROW8 || kind === KIND_ROW16) {
    const row = kind === KIND_ROW8 ? core.i8 : core.i16;
    const first = segments[at + SEGMENT_AT]! >>> (kind === KIND_ROW8 ? 0 : 1);
    const start = (base + now) & mask;
    for (let k = 0; k < length; k++) {
      acc[bank + start + k]! += Math.imul(row[first + k]! << shift, payload);
    }
    touched.fill(1, start >> 4, ((start + length - 1) >> 4) + 1);
  } else {
    const wordsEach = kind === KIND_LIST ? 1 : 2;
    const first = segments[at + SEGMENT_AT]! >>> 2;
    for (let k = 0; k < length; k++) {
      const word = i32[first + k * wordsEach]!;
      const weight = kind === KIND_LIST ? (word >> 23) << shift : i32[first + 2 * k + 1]!;
      const target = base + (word & ADDRESS_MASK);
      const address = (target + now) & mask;
      acc[bank + address]! += Math.imul(weight, payload);
      touched[address >> 4] = 1;
      if (target > farthest) farthest = target;
    }
  }
  const lastArrival = t + (farthest >> strideBits);
  if (length > 0 && lastArrival > descriptor[LAST_TOUCHED]!) descriptor[LAST_TOUCHED] = lastArrival;
}
