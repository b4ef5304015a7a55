/**
 * Fetches what messages need into the cache before it is needed. Lists of different rows lie apart, so each costs
 * three cache misses one after the other (row, segment, words). There is no prefetch in WebAssembly, and a load
 * in the loop of synapses would hold up all that follows it. Here nothing follows but loads of other lists: each
 * kind in a loop of its own, without a branch that would wait for what is being fetched, so that dozens of
 * misses are served at once (docs/performance.md).
 *
 * What is returned has no meaning, but keeps the compiler from dropping the loads.
 */
import { KIND_ONE16, SEGMENT_AT, SEGMENT_COUNT, SEGMENT_FORMAT, SEGMENT_WORDS } from '../cluster-words';

const SEGMENT_BYTES: usize = SEGMENT_WORDS << 2;

/** Messages whose lists are fetched together. */
export const CHUNK: usize = 32;

/** Where the segments of the row of a message begin, and after it where they end. */
@inline
export function rowOf(message: usize, rows: usize): usize {
  return rows + (<usize>(load<u32>(message) & 0x7fffffff) << 2);
}

/** The first segment of a row; of an empty row, that of the next. */
@inline
export function firstSegment(message: usize, rows: usize, segments: usize): usize {
  return segments + <usize>load<u32>(rowOf(message, rows)) * SEGMENT_BYTES;
}

// @ts-ignore: decorator
@inline
export function touchSegments(at: usize, end: usize, step: usize, rows: usize, segments: usize): u32 {
  let seen: u32 = 0;
  for (let message = at; message < end; message += step) seen ^= load<u32>(rowOf(message, rows));
  for (let message = at; message < end; message += step) seen ^= load<u32>(firstSegment(message, rows, segments));
  return seen;
}

/** `lines` cache lines of each list; the rest of a longer one comes in order. */
// @ts-ignore: decorator
@inline
export function touchLists(at: usize, end: usize, step: usize, rows: usize, segments: usize, lines: usize): u32 {
  let seen: u32 = 0;
  for (let message = at; message < end; message += step) {
    const segment = firstSegment(message, rows, segments);
    const isShort = <usize>((load<u32>(segment, SEGMENT_FORMAT << 2) & 15) == KIND_ONE16);
    const bytes = <usize>load<u32>(segment, SEGMENT_COUNT << 2) << (2 - isShort);
    seen ^= touchLines(load<usize>(segment, SEGMENT_AT << 2), bytes, lines);
  }
  return seen;
}

@inline
export function touchLines(from: usize, bytes: usize, lines: usize): u32 {
  let seen: u32 = 0;
  for (let line: usize = 0; line < lines; line++) seen ^= load<u8>(from + min(line << 6, bytes));
  return seen;
}
