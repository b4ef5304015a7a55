/**
 * Integer arithmetic of a core: decay and what becomes of sums that leave their register. Products need
 * 43 bits, so all of it is on doubles that hold integers (exact below 2^53), never `Math.imul` or `| 0`.
 * Rules: docs/semantics.md, sections 2 and 3.
 */
import { OVERFLOW_CLAMP, SUM_LAVA_WRAP, SUM_NONE } from './descriptor.js';

/** Magnitude bits of the emulator's own limit, where a profile has none: `-2^30 .. 2^30 - 1`. */
export const EMULATOR_BITS = 30;

/** `sign(x) * ((|x| * keep) >> 12)`: toward zero. keep 0..4096, exact for |x| <= 2^31. */
export function decay(x: number, keep: number): number {
  return Math.trunc((x * keep) / 4096) + 0;
}

/** x in two's complement of `bits` (at most 30) magnitude bits plus sign: `-2^bits .. 2^bits - 1`. |x| < 2^52. */
export function wrapTwos(x: number, bits: number): number {
  const half = 1 << bits;
  if (x >= -half && x < half) return x;
  return x - 2 * half * Math.floor((x + half) / (2 * half));
}

/** Lava's current register: `x > 2^23 -> x - 2^24`, `x <= -2^23 -> x + 2^24`, once. */
export function lavaWrap(x: number): number {
  if (x > 8_388_608) return x - 16_777_216;
  if (x <= -8_388_608) return x + 16_777_216;
  return x;
}

export function clamp(x: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, x));
}

/**
 * A sum as its register holds it. `kind`, `bits` and `onOverflow` are the descriptor's codes. The sum
 * overflowed exactly when the result differs from it. Under `error` the result is the wrapped one. Where no
 * register ends a sum, the emulator's 30 bits do, which is always a fault (`leavesEmulator`).
 */
export function settle(sum: number, kind: number, bits: number, onOverflow: number): number {
  if (kind === SUM_NONE) return wrapTwos(sum, EMULATOR_BITS);
  if (kind === SUM_LAVA_WRAP) {
    return onOverflow === OVERFLOW_CLAMP
      ? clamp(sum, -8_388_607, 8_388_608)
      : wrapTwos(lavaWrap(sum), EMULATOR_BITS);
  }
  const half = 1 << bits;
  return onOverflow === OVERFLOW_CLAMP ? clamp(sum, -half, half - 1) : wrapTwos(sum, bits);
}

/** Whether a sum goes beyond the emulator's own limit: one without a register, or so far out that Lava's single wrap leaves it there. */
export function leavesEmulator(sum: number, kind: number, onOverflow: number): boolean {
  if (kind === SUM_LAVA_WRAP)
    return onOverflow !== OVERFLOW_CLAMP && leavesEmulator(lavaWrap(sum), SUM_NONE, onOverflow);
  return kind === SUM_NONE && sum !== wrapTwos(sum, EMULATOR_BITS);
}
