/** Rows of costs of model `simple`, added to 32-bit sums, in each of the formats of ../row-format.ts. */
import { BLOCKS, BYTES, CHUNK, CODE_BASE, CODE_STEP, FORMAT, LIST_AT, LISTS, NIBBLES, SEEN } from '../simple-words';
import { head, place, setHead } from './words';

/** Blocks of a cache line. */
const LINE_BLOCKS = 4;

/** Adds the rows whose addresses are in `first .. last - 1`, one for each spike, to the sums of receivers at `sumAt`. */
@inline
export function addRows(first: usize, last: usize, sumAt: usize): void {
  const format = head(FORMAT);
  if (format == LISTS) {
    addLists(first, last, sumAt);
    return;
  }
  const blocks = head(BLOCKS);
  const chunk = (<usize>head(CHUNK)) << 2;
  for (let from = first; from < last; from += chunk) {
    const to = min(from + chunk, last);
    if (format == NIBBLES || blocks > LINE_BLOCKS) setHead(SEEN, touch(from, to, blocks));
    if (format == NIBBLES) addNibbles(from, to, blocks, sumAt);
    else if (format == BYTES) addBytes(from, to, blocks, sumAt);
    else addWords(from, to, blocks, sumAt);
  }
}

/**
 * Reads one byte of every cache line of a chunk's rows, so that many misses are served at once: the loops that add hold few
 * spikes at a time. A fifth of 10k's time in these kernels, whose rows the chip has driven out of the caches.
 */
function touch(from: usize, to: usize, blocks: i32): u32 {
  let seen: u32 = 0;
  const end = (<usize>blocks) << 4;
  for (let offset: usize = 0; offset < end; offset += 64)
    for (let pointer = from; pointer < to; pointer += 4) seen ^= load<u8>(load<usize>(pointer) + offset);
  return seen;
}

/**
 * Adds a chunk of rows of 16-bit costs, whose sums fit 16 bits. Four blocks of each spike, a cache line, at a time: one block over
 * all spikes fetched every row anew for each.
 */
function addWords(from: usize, to: usize, blocks: i32, sumAt: usize): void {
  let at = sumAt;
  let offset: usize = 0;
  const end = (<usize>blocks) << 4;
  for (; offset + 64 <= end; offset += 64, at += 128) {
    let s0 = i16x8.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let pointer = from; pointer < to; pointer += 4) {
      const row = load<usize>(pointer) + offset;
      s0 = i16x8.add(s0, v128.load(row));
      s1 = i16x8.add(s1, v128.load(row, 16));
      s2 = i16x8.add(s2, v128.load(row, 32));
      s3 = i16x8.add(s3, v128.load(row, 48));
    }
    addWide(at, s0);
    addWide(at + 32, s1);
    addWide(at + 64, s2);
    addWide(at + 96, s3);
  }
  for (; offset < end; offset += 16, at += 32) {
    let sums = i16x8.splat(0);
    for (let pointer = from; pointer < to; pointer += 4)
      sums = i16x8.add(sums, v128.load(load<usize>(pointer) + offset));
    addWide(at, sums);
  }
}

/**
 * Adds a chunk of rows of bytes: 0, or the y of a cost base + step * y. Of each core the sum of y and how many are 0 fit a
 * byte. Half the cache lines of 16-bit costs, which is what a spike waits for: 10k's take 0.26 instead of 0.37 ms.
 */
function addBytes(from: usize, to: usize, blocks: i32, sumAt: usize): void {
  const all = i16x8.splat(<i16>((to - from) >> 2));
  const base = i16x8.splat(<i16>head(CODE_BASE));
  const step = i16x8.splat(<i16>head(CODE_STEP));
  const zero = i8x16.splat(0);
  let at = sumAt;
  let offset: usize = 0;
  const end = (<usize>blocks) << 4;
  for (; offset + 64 <= end; offset += 64, at += 256) {
    let y0 = zero;
    let y1 = zero;
    let y2 = zero;
    let y3 = zero;
    let z0 = zero;
    let z1 = zero;
    let z2 = zero;
    let z3 = zero;
    for (let pointer = from; pointer < to; pointer += 4) {
      const row = load<usize>(pointer) + offset;
      const b0 = v128.load(row);
      y0 = i8x16.add(y0, b0);
      z0 = i8x16.sub(z0, i8x16.eq(b0, zero));
      const b1 = v128.load(row, 16);
      y1 = i8x16.add(y1, b1);
      z1 = i8x16.sub(z1, i8x16.eq(b1, zero));
      const b2 = v128.load(row, 32);
      y2 = i8x16.add(y2, b2);
      z2 = i8x16.sub(z2, i8x16.eq(b2, zero));
      const b3 = v128.load(row, 48);
      y3 = i8x16.add(y3, b3);
      z3 = i8x16.sub(z3, i8x16.eq(b3, zero));
    }
    addCosts(at, y0, z0, all, base, step);
    addCosts(at + 64, y1, z1, all, base, step);
    addCosts(at + 128, y2, z2, all, base, step);
    addCosts(at + 192, y3, z3, all, base, step);
  }
  for (; offset < end; offset += 16, at += 64) {
    let y = zero;
    let z = zero;
    for (let pointer = from; pointer < to; pointer += 4) {
      const bytes = v128.load(load<usize>(pointer) + offset);
      y = i8x16.add(y, bytes);
      z = i8x16.sub(z, i8x16.eq(bytes, zero));
    }
    addCosts(at, y, z, all, base, step);
  }
}

/**
 * Adds a chunk of rows of nibbles, which are like bytes but below 16: a block is of 32 cores, the first sixteen in its low
 * halves. Two blocks at a time, for all sums stay in registers.
 */
function addNibbles(from: usize, to: usize, blocks: i32, sumAt: usize): void {
  const all = i16x8.splat(<i16>((to - from) >> 2));
  const base = i16x8.splat(<i16>head(CODE_BASE));
  const step = i16x8.splat(<i16>head(CODE_STEP));
  const low = i8x16.splat(0x0f);
  const zero = i8x16.splat(0);
  let at = sumAt;
  let offset: usize = 0;
  const end = (<usize>blocks) << 4;
  for (; offset + 32 <= end; offset += 32, at += 256) {
    let y0 = zero;
    let y1 = zero;
    let y2 = zero;
    let y3 = zero;
    let z0 = zero;
    let z1 = zero;
    let z2 = zero;
    let z3 = zero;
    for (let pointer = from; pointer < to; pointer += 4) {
      const row = load<usize>(pointer) + offset;
      const b0 = v128.load(row);
      const n0 = v128.and(b0, low);
      y0 = i8x16.add(y0, n0);
      z0 = i8x16.sub(z0, i8x16.eq(n0, zero));
      const n1 = v128.and(i16x8.shr_u(b0, 4), low);
      y1 = i8x16.add(y1, n1);
      z1 = i8x16.sub(z1, i8x16.eq(n1, zero));
      const b1 = v128.load(row, 16);
      const n2 = v128.and(b1, low);
      y2 = i8x16.add(y2, n2);
      z2 = i8x16.sub(z2, i8x16.eq(n2, zero));
      const n3 = v128.and(i16x8.shr_u(b1, 4), low);
      y3 = i8x16.add(y3, n3);
      z3 = i8x16.sub(z3, i8x16.eq(n3, zero));
    }
    addCosts(at, y0, z0, all, base, step);
    addCosts(at + 64, y1, z1, all, base, step);
    addCosts(at + 128, y2, z2, all, base, step);
    addCosts(at + 192, y3, z3, all, base, step);
  }
  for (; offset < end; offset += 16, at += 128) {
    let y0 = zero;
    let y1 = zero;
    let z0 = zero;
    let z1 = zero;
    for (let pointer = from; pointer < to; pointer += 4) {
      const bytes = v128.load(load<usize>(pointer) + offset);
      const n0 = v128.and(bytes, low);
      y0 = i8x16.add(y0, n0);
      z0 = i8x16.sub(z0, i8x16.eq(n0, zero));
      const n1 = v128.and(i16x8.shr_u(bytes, 4), low);
      y1 = i8x16.add(y1, n1);
      z1 = i8x16.sub(z1, i8x16.eq(n1, zero));
    }
    addCosts(at, y0, z0, all, base, step);
    addCosts(at + 64, y1, z1, all, base, step);
  }
}

/** Adds what sixteen sums of y and numbers of 0, of `all`, stand for. */
@inline
function addCosts(at: usize, y: v128, z: v128, all: v128, base: v128, step: v128): void {
  const few = i16x8.mul(i16x8.sub(all, i16x8.extend_low_i8x16_u(z)), base);
  addWide(at, i16x8.add(few, i16x8.mul(i16x8.extend_low_i8x16_u(y), step)));
  const more = i16x8.mul(i16x8.sub(all, i16x8.extend_high_i8x16_u(z)), base);
  addWide(at + 32, i16x8.add(more, i16x8.mul(i16x8.extend_high_i8x16_u(y), step)));
}

/** Adds eight 16-bit sums to eight 32-bit ones. */
@inline
function addWide(at: usize, sums: v128): void {
  v128.store(at, i32x4.add(v128.load(at), i32x4.extend_low_i16x8_u(sums)));
  v128.store(at, i32x4.add(v128.load(at, 16), i32x4.extend_high_i16x8_u(sums)), 16);
}

function addLists(first: usize, last: usize, sumAt: usize): void {
  const listAt = place(LIST_AT);
  for (let pointer = first; pointer < last; pointer += 4) {
    const row = load<usize>(pointer);
    const listEnd = listAt + (load<usize>(row, 4) << 2);
    for (let entry = listAt + (load<usize>(row) << 2); entry < listEnd; entry += 4) {
      const word = load<u32>(entry);
      const at = sumAt + ((word & 0xffff) << 2);
      store<u32>(at, load<u32>(at) + (word >> 16));
    }
  }
}
