/** The exponent and width that waste least of a weight matrix, as Lava chooses them (utils/weightutils.py). */
import type { SignMode } from './profile.js';

export interface OptimizedWeights {
  readonly bits: number;
  readonly exp: number;
  /** Mantissas to store with that exponent, in the order given. */
  readonly mantissas: Int32Array;
}

/**
 * Scales integer weights (mixed -256..254, one sign up to 255) up by the largest power of two that keeps them
 * in 8 bits, and drops the bits that are 0 in all of them. Exact: `mantissa * 2^exp` is the weight.
 */
export function optimizeWeightBits(weights: ArrayLike<number>, signMode: SignMode): OptimizedWeights {
  let bits = 0;
  let min = 0;
  let max = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    bits |= w;
    min = Math.min(min, w);
    max = Math.max(max, w);
  }
  const mixed = signMode === 'mixed' ? 1 : 0;
  const room = Math.min((mixed ? 127 : 255) / max, (mixed ? 128 : 255) / Math.abs(min));
  const exp = min === 0 && max === 0 ? 0 : 0 - (Math.floor(Math.log2(room)) + mixed);
  // Zeros at the low end of every weight, at most 8.
  const zeros = bits === 0 ? 8 : Math.min(8, 31 - Math.clz32(bits & -bits));
  const mantissas = Int32Array.from({ length: weights.length }, (_, i) => weights[i]! * 2 ** -exp);
  return { bits: 8 + exp - zeros + mixed, exp, mantissas };
}
