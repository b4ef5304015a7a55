/** Marks: which blocks of 16 lanes have arrivals, row by row of the delay line. */
import { LINE_BITS, LINE_MARKS_AT, LINE_ROWS, LONGEST_DELAY, LANES } from '../cluster-words';
import { address, word } from './words';

/** Marks every block of every row that messages of step t can reach. */
export function markAll(c: usize, t: i32): void {
  const marks = address(c, LINE_MARKS_AT);
  const rowBytes = (<usize>1 << word(c, LINE_BITS)) >> 4;
  const blocks = word(c, LANES) >> 4;
  const longest = word(c, LONGEST_DELAY);
  for (let delay = 0; delay <= longest; delay++) {
    const row = marks + <usize>((t + delay) & (word(c, LINE_ROWS) - 1)) * rowBytes;
    mark(row, row + blocks);
  }
}

/** Sets the bytes at .. to to 1. */
@inline
export function mark(at: usize, to: usize): void {
  for (; at + 8 <= to; at += 8) store<u64>(at, 0x0101010101010101);
  for (; at < to; at++) store<u8>(at, 1);
}
