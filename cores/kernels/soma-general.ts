/**
 * The soma under any rules: sums of any width or none, noise, several banks, ternary spikes, every reset, adaptation.
 * The rules are read once per step; a branch on them costs little because it always goes the same way.
 */
import {
  ACC_AT,
  AWAKE_AT,
  BANK_SHIFT_AT,
  BANKS,
  BIAS_AT,
  BIAS_BITS,
  BIAS_KIND,
  CURRENT_BITS,
  CURRENT_KIND,
  INPUT_BITS,
  INPUT_KIND,
  KEEP_TH_AT,
  KEEP_U_AT,
  KEEP_V_AT,
  MARKS_AT,
  N_PADDED,
  NOISE_ENABLE_AT,
  NOISE_EXP,
  NOISE_INJECTED,
  NOISE_MANT_OFFSET,
  NOISE_MIN,
  NOISE_RAW_AT,
  NOISE_SPAN,
  NOISE_TARGET,
  REFRACT_UNTIL_AT,
  RESET_MODE,
  RESET_SUBTRACT,
  RESET_TO_VALUE,
  REST_ACTIVE_AT,
  REST_ACTIVE_TOTAL,
  SLOTS,
  STRIDE_BITS,
  SUM_LAVA_WRAP,
  SUM_NONE,
  THETA_AT,
  THETA_MAX,
  U_AT,
  V_AT,
  V_CLAMP,
  VMAX,
  VMIN,
  VRESET_AT,
  VTH_AT,
  VTH_LO_AT,
  VTH_STEP_AT,
} from '../descriptor';
import { UPDATES_ACTIVE } from '../counter-index';
import { decayLong, decayShort } from './arithmetic';
import { clearGroup, GROUP, groupBytes, isRestless, recordSpikes, settleBlock } from './block';
import { updateLanes } from './lane';
import { noiseDraws, noiseKey, scaleNoise, scaleNoises } from './noise';
import { address, count, word } from './words';

const EMULATOR_SPAN: i32 = 1 << 30;
const NOISE_MAX: i64 = 1 << 29;

export function integrateGeneral(d: usize, t: i32, resetDue: bool, fired: i32): i32 {
  const blocks = word(d, N_PADDED) >> 4;
  const size = <usize>word(d, SLOTS) << word(d, STRIDE_BITS);
  const row = ((<usize>t) << word(d, STRIDE_BITS)) & (size - 1);
  const accAt = address(d, ACC_AT) + (row << 2);
  const marksAt = address(d, MARKS_AT) + (row >> 4);
  const awakeAt = address(d, AWAKE_AT);
  const restAt = address(d, REST_ACTIVE_AT);
  const uAt = address(d, U_AT);
  const vAt = address(d, V_AT);
  const biasAt = address(d, BIAS_AT);
  const untilAt = address(d, REFRACT_UNTIL_AT);
  const keepUAt = address(d, KEEP_U_AT);
  const keepVAt = address(d, KEEP_V_AT);
  const vthAt = address(d, VTH_AT);
  const vthLoAt = address(d, VTH_LO_AT);
  const vresetAt = address(d, VRESET_AT);
  const thetaAt = address(d, THETA_AT);
  const keepThAt = address(d, KEEP_TH_AT);
  const stepAt = address(d, VTH_STEP_AT);
  const enableAt = address(d, NOISE_ENABLE_AT);
  const rawAt = address(d, NOISE_RAW_AT);
  const shifts = address(d, BANK_SHIFT_AT);
  const banks = word(d, BANKS);
  const bankBytes = size << 2;
  const now = i32x4.splat(t);
  const zero = i32x4.splat(0);
  const ones = i32x4.splat(-1);

  const inputLow = lowest(word(d, INPUT_KIND), word(d, INPUT_BITS));
  const inputSpan = span(word(d, INPUT_KIND), word(d, INPUT_BITS));
  const currentLow = lowest(word(d, CURRENT_KIND), word(d, CURRENT_BITS));
  const currentSpan = span(word(d, CURRENT_KIND), word(d, CURRENT_BITS));
  const biasLow = lowest(word(d, BIAS_KIND), word(d, BIAS_BITS));
  const biasSpan = span(word(d, BIAS_KIND), word(d, BIAS_BITS));
  const sumLow = i32x4.splat(-(EMULATOR_SPAN >> 6));
  const sumSpan = i32x4.splat((EMULATOR_SPAN >> 5) - 1);
  const anyLow = i32x4.splat(-EMULATOR_SPAN);
  const anySpan = i32x4.splat(i32.MAX_VALUE);
  // Without a range, v is clamped to the emulator's and the difference is an overflow.
  const clamps = word(d, V_CLAMP) == 1;
  const clamped = clamps ? ones : zero;
  const vmin = i32x4.splat(clamps ? word(d, VMIN) : -EMULATOR_SPAN);
  const vmax = i32x4.splat(clamps ? word(d, VMAX) : EMULATOR_SPAN - 1);
  const kept = resetDue ? zero : ones;
  const resetMode = word(d, RESET_MODE);
  const noiseTarget = word(d, NOISE_TARGET);
  const injected = word(d, NOISE_INJECTED) == 1;
  const mantOffset = word(d, NOISE_MANT_OFFSET);
  const exponent = word(d, NOISE_EXP);
  const least = word(d, NOISE_MIN);
  const values = word(d, NOISE_SPAN);
  const key = noiseKey(d, t);
  const noiseToInput = noiseTarget == 1 ? ones : zero;
  // With such noise a vector's sums could leave 32 bits before they are looked at.
  const leastNoise = abs(scaleNoise(least, mantOffset, exponent));
  const most = max(leastNoise, abs(scaleNoise(least + values - 1, mantOffset, exponent)));
  const tooNoisy = noiseTarget != 0 && most >= NOISE_MAX ? ones : zero;
  const extended = (noiseTarget | <i32>enableAt | <i32>vthLoAt | <i32>thetaAt | resetMode | (banks ^ 1)) != 0;

  let active = <i64>word(d, REST_ACTIVE_TOTAL);
  for (let group = 0; group < blocks; group += GROUP) {
    let visits = groupBytes(awakeAt, group, blocks) | groupBytes(marksAt, group, blocks);
    if (resetDue) visits |= groupBytes(restAt, group, blocks);
    if (visits == 0) continue;
    let spikes: u64 = 0;
    let negative: u64 = 0;
    let unsettled = 0;
    for (let k = 0; k < GROUP; k++) {
      if (((visits >> (k << 3)) & 255) == 0) continue;
      const block = group + k;
      if (load<u8>(awakeAt + <usize>block) == 0) active -= load<u8>(restAt + <usize>block);
      active += 16;
      let mask = 0;
      let negativeMask = 0;
      let redo = 0;
      let part = 0;
      let lane = <usize>block << 6;
      do {
        let sum = v128.load(accAt + lane);
        let u0 = v128.load(uAt + lane);
        let v0 = v128.load(vAt + lane);
        const bias = v128.load(biasAt + lane);
        let vth = v128.load(vthAt + lane);
        const keepU = v128.load(keepUAt + lane);
        const keepV = v128.load(keepVAt + lane);
        const held = i32x4.gt_s(v128.load(untilAt + lane), now);
        // Besides current, voltage, bias and input: what makes work of a step.
        let extra = zero;
        let noise = zero;
        let theta = zero;
        if (extended) {
          for (let bank = 1; bank < banks; bank++) {
            const shift = load<i32>(shifts + (<usize>bank << 2));
            sum = i32x4.add(sum, i32x4.shr_s(v128.load(accAt + lane + <usize>bank * bankBytes), shift));
          }
          if (enableAt != 0) extra = v128.load(enableAt + lane);
          if (noiseTarget != 0) {
            const i = (block << 4) + part;
            const raw = injected ? v128.load(rawAt + lane) : noiseDraws(key, i, least, values);
            noise = v128.and(scaleNoises(raw, mantOffset, exponent), i32x4.neg(extra));
          }
          if (thetaAt != 0) {
            theta = v128.load(thetaAt + lane);
            extra = v128.or(extra, theta);
            theta = decayShort(theta, v128.load(keepThAt + lane));
            vth = i32x4.add(vth, theta);
          }
        }
        const work = v128.or(v128.or(v128.or(u0, v0), v128.or(bias, sum)), v128.or(held, extra));
        active -= popcnt(i32x4.bitmask(i32x4.eq(work, zero)));
        u0 = v128.and(u0, kept);
        v0 = v128.and(v0, kept);

        const input = i32x4.add(i32x4.shl(sum, 6), v128.and(noise, noiseToInput));
        const u = i32x4.add(decayLong(u0, keepU), input);
        const drive = i32x4.add(i32x4.add(u, bias), v128.andnot(noise, noiseToInput));
        const raised = i32x4.add(decayLong(v0, keepV), drive);
        let v = i32x4.min_s(i32x4.max_s(raised, vmin), vmax);
        let outside = v128.or(tooNoisy, v128.or(beyond(u0, anyLow, anySpan), beyond(v0, anyLow, anySpan)));
        outside = v128.or(outside, v128.or(beyond(sum, sumLow, sumSpan), beyond(input, inputLow, inputSpan)));
        outside = v128.or(outside, beyond(u, currentLow, currentSpan));
        outside = v128.or(outside, beyond(drive, biasLow, biasSpan));
        outside = v128.or(outside, v128.andnot(v128.xor(v, raised), clamped));
        if (v128.any_true(outside)) {
          redo |= 15 << part;
        } else {
          v = v128.bitselect(v0, v, held);
          const above = v128.andnot(i32x4.gt_s(v, vth), held);
          mask |= i32x4.bitmask(above) << part;
          if (extended) {
            let below = zero;
            let vthLo = zero;
            if (vthLoAt != 0) {
              vthLo = v128.load(vthLoAt + lane);
              below = v128.andnot(v128.andnot(i32x4.lt_s(v, vthLo), held), above);
              negativeMask |= i32x4.bitmask(below) << part;
            }
            const passed = v128.or(above, below);
            if (resetMode == RESET_TO_VALUE) {
              v = v128.bitselect(v128.load(vresetAt + lane), v, passed);
            } else if (resetMode == RESET_SUBTRACT) {
              v = i32x4.sub(v, v128.or(v128.and(vth, above), v128.and(vthLo, below)));
            } else {
              v = v128.andnot(v, passed);
            }
            if (thetaAt != 0) {
              const raised = i32x4.add(theta, v128.and(v128.load(stepAt + lane), above));
              v128.store(thetaAt + lane, i32x4.min_s(raised, i32x4.splat(THETA_MAX)));
            }
            for (let bank = 1; bank < banks; bank++) v128.store(accAt + lane + <usize>bank * bankBytes, zero);
          } else {
            v = v128.andnot(v, above);
          }
          v128.store(accAt + lane, zero);
          v128.store(uAt + lane, u);
          v128.store(vAt + lane, v);
        }
        part += 4;
        lane += 16;
      } while (part < 16);

      const odd = redo != 0;
      if (odd) {
        const fires = updateLanes(d, block, redo, t, resetDue);
        mask |= fires & 0xffff;
        negativeMask |= fires >>> 16;
      }
      mask |= negativeMask;
      spikes |= <u64>mask << (k << 4);
      negative |= <u64>negativeMask << (k << 4);
      const restless = isRestless(uAt + (<usize>block << 6), biasAt + (<usize>block << 6));
      if (!restless || odd || load<u8>(awakeAt + <usize>block) == 0) unsettled |= 1 << k;
    }
    clearGroup(marksAt, group, blocks);
    if (spikes != 0) fired = recordSpikes(d, group << 4, spikes, negative, fired, t);
    for (; unsettled != 0; unsettled &= unsettled - 1) settleBlock(d, group + ctz(unsettled), t);
  }
  count(d, UPDATES_ACTIVE, active);
  return fired;
}

/** In every lane the least value of a sum's register; a sum without one has the emulator's 30 bits. */
function lowest(kind: i32, bits: i32): v128 {
  if (kind == SUM_NONE) return i32x4.splat(-EMULATOR_SPAN);
  return i32x4.splat(kind == SUM_LAVA_WRAP ? 1 - (1 << 23) : -(1 << bits));
}

/** In every lane the largest value less the least. */
function span(kind: i32, bits: i32): v128 {
  if (kind == SUM_NONE) return i32x4.splat(i32.MAX_VALUE);
  return i32x4.splat(kind == SUM_LAVA_WRAP ? (1 << 24) - 1 : <i32>(((<i64>2) << bits) - 1));
}

/** Not 0 in lanes outside `low .. low + span`, where span + 1 is a power of two; x may be any i32. */
@inline
function beyond(x: v128, low: v128, span: v128): v128 {
  return v128.andnot(i32x4.sub(x, low), span);
}
