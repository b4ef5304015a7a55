/** The generator of ../noise.ts, four compartments at a time. */
import { CORE_STEP, LANE_STEP, MIX_A, MIX_B, TIME_STEP } from '../noise-constants';
import { CORE_ID, SEED } from '../descriptor';
import { word } from './words';

@inline
function mix(h: i32): i32 {
  h = (h ^ (h >>> 16)) * <i32>MIX_A;
  h = (h ^ (h >>> 15)) * <i32>MIX_B;
  return h ^ (h >>> 16);
}

@inline
export function noiseKey(d: usize, t: i32): i32 {
  return mix(mix(word(d, SEED) + word(d, CORE_ID) * <i32>CORE_STEP) + t * <i32>TIME_STEP);
}

/** Raw draws of compartments i .. i + 3. */
@inline
export function noiseDraws(key: i32, i: i32, min: i32, span: i32): v128 {
  const lanes = i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3));
  let h = i32x4.add(i32x4.splat(key), i32x4.mul(lanes, i32x4.splat(<i32>LANE_STEP)));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(<i32>MIX_A));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(<i32>MIX_B));
  const high = i32x4.shr_u(v128.xor(h, i32x4.shr_u(h, 16)), 16);
  return i32x4.add(i32x4.splat(min), i32x4.shr_u(i32x4.mul(high, i32x4.splat(span)), 16));
}

/** `trunc((raw + 64 * mantOffset) * 2^(exp - 7))`, toward zero. */
@inline
export function scaleNoises(raw: v128, mantOffset: i32, exp: i32): v128 {
  const x = i32x4.add(raw, i32x4.splat(mantOffset << 6));
  if (exp >= 7) return i32x4.shl(x, exp - 7);
  const sign = i32x4.shr_s(x, 31);
  return i32x4.sub(v128.xor(i32x4.shr_u(i32x4.abs(x), 7 - exp), sign), sign);
}

/** As `noiseDraws` and `scaleNoises`, one compartment. */
export function noiseDraw(key: i32, i: i32, min: i32, span: i32): i32 {
  const high = <u32>mix(key + i * <i32>LANE_STEP) >> 16;
  return min + <i32>((high * <u32>span) >> 16);
}

export function scaleNoise(raw: i32, mantOffset: i32, exp: i32): i64 {
  const x = <i64>raw + 64 * <i64>mantOffset;
  if (exp >= 7) return x << (exp - 7);
  return x < 0 ? -(-x >> (7 - exp)) : x >> (7 - exp);
}
