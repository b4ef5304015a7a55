/** Arrivals that go straight to the places of the active set: without delays a message of this step acts in this step. */
import { DISSOLVES, LINE_AT, LINE_MARKS_AT, PLACE_ACC_AT } from '../cluster-words';
import { placeFor } from './active-set';
import { address, setWord } from './words';

const ADDRESS_MASK: u32 = (1 << 23) - 1;

/** A list into places: addresses of one weight, or words whose mantissa is multiplied by `factor`. */
export function place<T>(c: usize, t: i32, at: usize, to: usize, base: u32, isOne: bool, factor: i32): void {
  for (; at < to; at += sizeof<T>()) {
    const word = <u32>load<T>(at);
    const lane = isOne ? word : (word & ADDRESS_MASK) + base;
    placeOne(c, t, lane, isOne ? factor : (<i32>word >> 23) * factor);
  }
}

@inline
export function placeOne(c: usize, t: i32, lane: u32, weight: i32): void {
  const place = placeFor(c, lane, t);
  if (place == 0) {
    addToLine(c, lane, weight);
    return;
  }
  const acc = address(c, PLACE_ACC_AT) + (<usize>(place - 1) << 2);
  store<i32>(acc, load<i32>(acc) + weight);
}

/** For want of a place; the set is dissolved before the step. */
function addToLine(c: usize, lane: u32, weight: i32): void {
  setWord(c, DISSOLVES, 1);
  const sum = address(c, LINE_AT) + (<usize>lane << 2);
  store<i32>(sum, load<i32>(sum) + weight);
  store<u8>(address(c, LINE_MARKS_AT) + (lane >> 4), 1);
}
