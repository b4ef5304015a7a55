/**
 * Compartments one by one, with everything a sum may do: the way out of the vector loops when a lane leaves
 * its register. The same operations in the same order as `update` in ../soma.ts, on 64-bit integers.
 */
import { FAULTY } from '../cluster-words';
import { OVERFLOWS } from '../counter-index';
import {
  ACC_AT,
  BANK_SHIFT_AT,
  BANKS,
  BIAS_AT,
  BIAS_BITS,
  BIAS_KIND,
  CLUSTER_AT,
  CURRENT_BITS,
  CURRENT_KIND,
  FAULT,
  FAULT_BIAS,
  FAULT_COMPARTMENT,
  FAULT_CURRENT,
  FAULT_INPUT,
  FAULT_STEP,
  FAULT_VOLTAGE,
  INPUT_BITS,
  INPUT_KIND,
  KEEP_TH_AT,
  KEEP_U_AT,
  KEEP_V_AT,
  NOISE_ENABLE_AT,
  NOISE_EXP,
  NOISE_INJECTED,
  NOISE_MANT_OFFSET,
  NOISE_MIN,
  NOISE_RAW_AT,
  NOISE_SPAN,
  NOISE_TARGET,
  ON_OVERFLOW,
  OVERFLOW_CLAMP,
  OVERFLOW_ERROR,
  REFRACT_UNTIL_AT,
  RESET_MODE,
  RESET_SUBTRACT,
  RESET_TO_VALUE,
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
import { noiseDraw, noiseKey, scaleNoise } from './noise';
import { address, count, setWord, word } from './words';

/** What `updateLane` says: 0 no spike, FIRED, or FIRED | NEGATIVE for a spike of -1. */
const FIRED = 1;
const NEGATIVE = 1 << 16;

const EMULATOR_BITS: i32 = 30;

/**
 * Updates the compartments of a block that `redo` has a bit for, from what the vector loop has not touched.
 * Returns the mask of those that fired, and above bit 16 of those that fired with value -1.
 */
export function updateLanes(d: usize, block: i32, redo: i32, t: i32, resetDue: bool): i32 {
  const size = <usize>word(d, SLOTS) << word(d, STRIDE_BITS);
  const row = (<usize>t << word(d, STRIDE_BITS)) & (size - 1);
  let fired = 0;
  for (; redo != 0; redo &= redo - 1) {
    const bit = ctz(redo);
    const i = (block << 4) + bit;
    let sum = 0;
    for (let bank = 0; bank < word(d, BANKS); bank++) {
      const at = address(d, ACC_AT) + ((<usize>bank * size + row + <usize>i) << 2);
      sum += load<i32>(at) >> load<i32>(address(d, BANK_SHIFT_AT) + (<usize>bank << 2));
      store<i32>(at, 0);
    }
    fired |= updateLane(d, i, sum, noiseOf(d, i, t), t, resetDue) << bit;
  }
  return fired;
}

/** Noise of compartment i in step t, in the unit of u; 0 where it is not enabled. */
function noiseOf(d: usize, i: i32, t: i32): i64 {
  const lane = <usize>i << 2;
  if (word(d, NOISE_TARGET) == 0 || load<i32>(address(d, NOISE_ENABLE_AT) + lane) != 1) return 0;
  const raw =
    word(d, NOISE_INJECTED) == 1
      ? load<i32>(address(d, NOISE_RAW_AT) + lane)
      : noiseDraw(noiseKey(d, t), i, word(d, NOISE_MIN), word(d, NOISE_SPAN));
  return scaleNoise(raw, word(d, NOISE_MANT_OFFSET), word(d, NOISE_EXP));
}

/** `sum` is the input in units of 64, `noise` in the unit of u; both after banks and scaling. */
function updateLane(d: usize, i: i32, sum: i32, noise: i64, t: i32, resetDue: bool): i32 {
  const lane = (<usize>i) << 2;
  const uAt = address(d, U_AT) + lane;
  const vAt = address(d, V_AT) + lane;
  const noiseTarget = word(d, NOISE_TARGET);
  const u0 = resetDue ? 0 : load<i32>(uAt);
  const v0 = resetDue ? 0 : load<i32>(vAt);

  const input = (<i64>sum) * 64 + (noiseTarget == 1 ? noise : 0);
  const q = settle(d, input, INPUT_KIND, INPUT_BITS, FAULT_INPUT, i, t);
  const current = decay(u0, load<i32>(address(d, KEEP_U_AT) + lane)) + q;
  const u = settle(d, current, CURRENT_KIND, CURRENT_BITS, FAULT_CURRENT, i, t);
  store<i32>(uAt, <i32>u);
  store<i32>(vAt, v0);
  const biased = u + load<i32>(address(d, BIAS_AT) + lane) + (noiseTarget == 2 ? noise : 0);
  const drive = settle(d, biased, BIAS_KIND, BIAS_BITS, FAULT_BIAS, i, t);
  const thetaAt = address(d, THETA_AT);
  let theta: i64 = 0;
  if (thetaAt != 0) {
    theta = decay(load<i32>(thetaAt + lane), load<i32>(address(d, KEEP_TH_AT) + lane));
    store<i32>(thetaAt + lane, <i32>theta);
  }
  if (t < load<i32>(address(d, REFRACT_UNTIL_AT) + lane)) return 0;

  const raised = decay(v0, load<i32>(address(d, KEEP_V_AT) + lane)) + drive;
  let v: i64;
  if (word(d, V_CLAMP) == 1) {
    v = max<i64>(word(d, VMIN), min<i64>(word(d, VMAX), raised));
  } else {
    v = wrapTwos(raised, EMULATOR_BITS);
    if (v != raised) overflow(d, FAULT_VOLTAGE, true, i, t);
  }

  let fired = 0;
  let threshold: i64 = theta + load<i32>(address(d, VTH_AT) + lane);
  const vthLo = address(d, VTH_LO_AT);
  if (v > threshold) {
    fired = FIRED;
  } else if (vthLo != 0 && v < <i64>load<i32>(vthLo + lane)) {
    threshold = load<i32>(vthLo + lane);
    fired = FIRED | NEGATIVE;
  }
  if (fired != 0) {
    if (thetaAt != 0) {
      const raised = theta + load<i32>(address(d, VTH_STEP_AT) + lane);
      store<i32>(thetaAt + lane, <i32>min<i64>(THETA_MAX, raised));
    }
    const mode = word(d, RESET_MODE);
    if (mode == RESET_TO_VALUE) v = load<i32>(address(d, VRESET_AT) + lane);
    else v = mode == RESET_SUBTRACT ? v - threshold : 0;
  }
  store<i32>(vAt, <i32>v);
  return fired;
}

@inline
function decay(x: i64, keep: i64): i64 {
  return (x * keep) / 4096;
}

@inline
function wrapTwos(x: i64, bits: i32): i64 {
  const unused = 63 - bits;
  return (x << unused) >> unused;
}

/** The sum as its register holds it; counts it and may record a fault when it left. */
function settle(d: usize, sum: i64, kindWord: i32, bitsWord: i32, fault: i32, i: i32, t: i32): i64 {
  const kind = word(d, kindWord);
  const clamps = word(d, ON_OVERFLOW) == OVERFLOW_CLAMP;
  let held = sum;
  let emulatorLimit = kind == SUM_NONE;
  if (kind == SUM_NONE) {
    held = wrapTwos(sum, EMULATOR_BITS);
  } else if (kind == SUM_LAVA_WRAP) {
    if (clamps) {
      held = max<i64>(-8388607, min<i64>(8388608, sum));
    } else {
      const once = sum > 8388608 ? sum - 16777216 : sum <= -8388608 ? sum + 16777216 : sum;
      held = wrapTwos(once, EMULATOR_BITS);
      emulatorLimit = held != once;
    }
  } else {
    const bits = word(d, bitsWord);
    const half = (<i64>1) << bits;
    held = clamps ? max<i64>(-half, min<i64>(half - 1, sum)) : wrapTwos(sum, bits);
  }
  if (held != sum) overflow(d, fault, emulatorLimit, i, t);
  return held;
}

/** Lanes are updated in ascending order, so the first fault seen is the first there is. */
function overflow(d: usize, fault: i32, emulatorLimit: bool, i: i32, t: i32): void {
  count(d, OVERFLOWS + fault - 1, 1);
  if ((!emulatorLimit && word(d, ON_OVERFLOW) != OVERFLOW_ERROR) || word(d, FAULT) != 0) return;
  setWord(address(d, CLUSTER_AT), FAULTY, 1);
  setWord(d, FAULT, fault);
  setWord(d, FAULT_COMPARTMENT, i);
  setWord(d, FAULT_STEP, t);
}
