/** Words of a core's descriptor and counters, by the constants of ../descriptor and ../counter-index. */
import { COUNTERS_AT } from '../descriptor';

@inline
export function word(d: usize, index: i32): i32 {
  return load<i32>(d + ((<usize>index) << 2));
}

@inline
export function setWord(d: usize, index: i32, value: i32): void {
  store<i32>(d + ((<usize>index) << 2), value);
}

@inline
export function address(d: usize, index: i32): usize {
  return load<usize>(d + ((<usize>index) << 2));
}

@inline
export function count(d: usize, index: i32, amount: u64): void {
  const at = address(d, COUNTERS_AT) + ((<usize>index) << 3);
  store<u64>(at, load<u64>(at) + amount);
}
