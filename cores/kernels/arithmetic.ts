/**
 * Decay, four lanes at a time: `sign(x) * ((|x| * keep) >> 12)`. The product needs 43 bits, so x is split
 * into `hi * 4096 + lo` and only `lo * keep` is shifted. Rounding toward zero is the floor of
 * `lo * keep + 4095` for negative x.
 */

/**
 * |x| < 2^27, keep 0..4096. `dot` multiplies 16-bit halves and adds: the upper half of keep is 0, hi fits the
 * lower half of its lane.
 */
@inline
export function decayShort(x: v128, keep: v128): v128 {
  const toZero = v128.and(i32x4.lt_s(x, i32x4.splat(0)), i32x4.splat(4095));
  const low = i32x4.add(i32x4.dot_i16x8_s(v128.and(x, i32x4.splat(4095)), keep), toZero);
  return i32x4.add(i32x4.dot_i16x8_s(i32x4.shr_s(x, 12), keep), i32x4.shr_s(low, 12));
}

/** -2^30 <= x <= 2^30, keep 0..4096. */
@inline
export function decayLong(x: v128, keep: v128): v128 {
  const toZero = v128.and(i32x4.lt_s(x, i32x4.splat(0)), i32x4.splat(4095));
  const low = i32x4.add(i32x4.mul(v128.and(x, i32x4.splat(4095)), keep), toZero);
  return i32x4.add(i32x4.mul(i32x4.shr_s(x, 12), keep), i32x4.shr_s(low, 12));
}
