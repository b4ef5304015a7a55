/** Lists of synapses into the delay line. */

@inline
function synapse(
  word: u32,
  place: u32,
  mask: u32,
  acc: usize,
  marks: usize,
  factor: i32,
  scales: bool,
  isMarking: bool,
): void {
  const target = (word + place) & mask;
  const at = acc + ((<usize>target) << 2);
  const weight = <i32>word >> 23;
  store<i32>(at, load<i32>(at) + (scales ? weight * factor : weight));
  if (isMarking) store<u8>(marks + (target >> 4), 1);
}

@inline
export function list(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  marks: usize,
  factor: i32,
  scales: bool,
  isMarking: bool,
): void {
  for (; at + 16 <= to; at += 16) {
    synapse(load<u32>(at), place, mask, acc, marks, factor, scales, isMarking);
    synapse(load<u32>(at, 4), place, mask, acc, marks, factor, scales, isMarking);
    synapse(load<u32>(at, 8), place, mask, acc, marks, factor, scales, isMarking);
    synapse(load<u32>(at, 12), place, mask, acc, marks, factor, scales, isMarking);
  }
  for (; at < to; at += 4) synapse(load<u32>(at), place, mask, acc, marks, factor, scales, isMarking);
}

/** A list whose weights are multiplied: by a power of two (weight exponent), by a payload, or both. */
export function scaledList(
  at: usize,
  to: usize,
  place: u32,
  mask: u32,
  acc: usize,
  marks: usize,
  factor: i32,
): void {
  if (marks != 0) list(at, to, place, mask, acc, marks, factor, true, true);
  else list(at, to, place, mask, acc, 0, factor, true, false);
}

@inline
function target(
  word: u32,
  now: u32,
  mask: u32,
  acc: usize,
  marks: usize,
  weight: i32,
  isFlat: bool,
  isMarking: bool,
): void {
  const target = isFlat ? word : (word + now) & mask;
  const at = acc + ((<usize>target) << 2);
  store<i32>(at, load<i32>(at) + weight);
  if (isMarking) store<u8>(marks + (target >> 4), 1);
}

/** A list of targets that all get the same weight. `isFlat`: the delay line has one row, so nothing wraps. */
@inline
export function same<T>(
  at: usize,
  to: usize,
  now: u32,
  mask: u32,
  acc: usize,
  marks: usize,
  weight: i32,
  isFlat: bool,
  isMarking: bool,
): void {
  const size: usize = sizeof<T>();
  for (; at + 4 * size <= to; at += 4 * size) {
    target(<u32>load<T>(at), now, mask, acc, marks, weight, isFlat, isMarking);
    target(<u32>load<T>(at + size), now, mask, acc, marks, weight, isFlat, isMarking);
    target(<u32>load<T>(at + 2 * size), now, mask, acc, marks, weight, isFlat, isMarking);
    target(<u32>load<T>(at + 3 * size), now, mask, acc, marks, weight, isFlat, isMarking);
  }
  for (; at < to; at += size) target(<u32>load<T>(at), now, mask, acc, marks, weight, isFlat, isMarking);
}

/** Pairs of address word and 32-bit weight. */
export function wide(at: usize, to: usize, place: u32, mask: u32, acc: usize, marks: usize, payload: i32): void {
  for (; at < to; at += 8) {
    const target = (load<u32>(at) + place) & mask;
    const sum = acc + ((<usize>target) << 2);
    store<i32>(sum, load<i32>(sum) + load<i32>(at, 4) * payload);
    if (marks != 0) store<u8>(marks + (target >> 4), 1);
  }
}
