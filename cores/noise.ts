/**
 * Noise of a core. The chip's LFSR is not public, so this is our own documented generator: counter-based,
 * hence no state to save, the same for any worker count, and computable four lanes at a time.
 *
 *   mix(h)    = h ^= h >>> 16; h *= MIX_A; h ^= h >>> 15; h *= MIX_B; h ^ h >>> 16      (32-bit)
 *   key       = mix(mix(seed + coreId * CORE_STEP) + t * TIME_STEP)
 *   draw(i)   = min + (((mix(key + i * LANE_STEP) >>> 16) * span) >>> 16)
 *
 * so a draw is uniform over `min .. min + span - 1` to within 2^-16, for span <= 2^16. Scaling is
 * nengo-loihi's (docs/semantics.md, section 8).
 */
import { CORE_STEP, LANE_STEP, MIX_A, MIX_B, TIME_STEP } from './noise-constants.js';

/** Avalanche of a 32-bit word. */
export function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), MIX_A);
  h = Math.imul(h ^ (h >>> 15), MIX_B);
  return (h ^ (h >>> 16)) | 0;
}

/** What all draws of one core in one step share. */
export function noiseKey(seed: number, coreId: number, t: number): number {
  const stream = mix((seed + Math.imul(coreId, CORE_STEP)) | 0);
  return mix((stream + Math.imul(t, TIME_STEP)) | 0);
}

/** Raw draw of compartment `i`, uniform on `min .. min + span - 1`; span 1 .. 65536. */
export function noiseDraw(key: number, i: number, min: number, span: number): number {
  const high = mix((key + Math.imul(i, LANE_STEP)) | 0) >>> 16;
  return min + (Math.imul(high, span) >>> 16);
}

/** `trunc((raw + 64 * mantOffset) * 2^(exp - 7))`, toward zero; the unit of u. */
export function scaleNoise(raw: number, mantOffset: number, exp: number): number {
  const x = raw + 64 * mantOffset;
  if (exp >= 7) return x * 2 ** (exp - 7);
  return x < 0 ? 0 - (-x >> (7 - exp)) : x >> (7 - exp);
}
