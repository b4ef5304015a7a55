/**
 * Lists in rows of a fixed length. Addresses in packs of 64 bits that all get one weight: four of 16 bits, three of 21 or
 * two of 32; or two words with addresses of 23 bits and a weight each. What lies above an address is cut off by the mask
 * of the delay line.
 */

@inline
function add(word: u32, now: u32, mask: u32, line: usize, marks: usize, weight: i32, marking: bool): void {
  const target = (word + now) & mask;
  const sum = line + (<usize>target << 2);
  store<i32>(sum, load<i32>(sum) + weight);
  if (marking) store<u8>(marks + (target >> 4), 1);
}

@inline
function add3(pack: u64, now: u32, mask: u32, line: usize, marks: usize, weight: i32, marking: bool): void {
  add(<u32>pack, now, mask, line, marks, weight, marking);
  add(<u32>(pack >> 21), now, mask, line, marks, weight, marking);
  add(<u32>(pack >> 42), now, mask, line, marks, weight, marking);
}

@inline
function addOwn(word: u32, now: u32, mask: u32, line: usize, marks: usize, factor: i32, marking: bool): void {
  add(word, now, mask, line, marks, (<i32>word >> 23) * factor, marking);
}

/** Bytes of a list; of two in a pack, pairs of packs. `bits` is a constant, here and below, and so is `marking`: whether blocks are marked. */
@inline
export function bytesOf(bits: i32, count: u32): usize {
  if (bits == 21) return <usize>((count + 2) / 3) << 3;
  return <usize>((count + 3) >> 2) << (bits == 16 ? 3 : 4);
}

@inline
export function walk(bits: i32, at: usize, to: usize, now: u32, mask: u32, line: usize, marks: usize, weight: i32, marking: bool): void {
  if (bits == 21) {
    for (; at + 16 <= to; at += 16) {
      add3(load<u64>(at), now, mask, line, marks, weight, marking);
      add3(load<u64>(at, 8), now, mask, line, marks, weight, marking);
    }
    if (at < to) add3(load<u64>(at), now, mask, line, marks, weight, marking);
  } else if (bits == 16) {
    for (; at < to; at += 8) {
      add(load<u16>(at), now, mask, line, marks, weight, marking);
      add(load<u16>(at, 2), now, mask, line, marks, weight, marking);
      add(load<u16>(at, 4), now, mask, line, marks, weight, marking);
      add(load<u16>(at, 6), now, mask, line, marks, weight, marking);
    }
  } else if (bits == 23) {
    for (; at < to; at += 16) {
      addOwn(load<u32>(at), now, mask, line, marks, weight, marking);
      addOwn(load<u32>(at, 4), now, mask, line, marks, weight, marking);
      addOwn(load<u32>(at, 8), now, mask, line, marks, weight, marking);
      addOwn(load<u32>(at, 12), now, mask, line, marks, weight, marking);
    }
  } else {
    for (; at < to; at += 16) {
      add(load<u32>(at), now, mask, line, marks, weight, marking);
      add(load<u32>(at, 4), now, mask, line, marks, weight, marking);
      add(load<u32>(at, 8), now, mask, line, marks, weight, marking);
      add(load<u32>(at, 12), now, mask, line, marks, weight, marking);
    }
  }
}
