/**
 * Integration, the scalar specification: one timestep of every compartment of a core. The order of
 * operations is nengo-loihi's (docs/semantics.md, section 1); peers differ only by what the descriptor says.
 * A block of compartments without input that is at rest is not visited: rest is defined so that a visit
 * would change nothing (see `isResting`).
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import { OVERFLOWS, SPIKES, STEPS, UPDATES_ACTIVE } from './counter-index.js';
import { count } from './counters.js';
import * as D from './descriptor.js';
import { decay, EMULATOR_BITS, leavesEmulator, settle, wrapTwos } from './fixed.js';
import { noiseDraw, noiseKey, scaleNoise } from './noise.js';

const NEGATIVE = 0x8000_0000;

/** Whether u and v become 0 before integration of step t. */
export function isResetDue(descriptor: Int32Array, t: number): boolean {
  const interval = descriptor[D.RESET_INTERVAL]!;
  return interval > 0 && t % interval === descriptor[D.RESET_OFFSET]! % interval;
}

/** Runs step t of all cores: fills `cluster.fired`, ascending, and returns how many compartments fired. */
export function integrate(cluster: Cluster, t: number): number {
  const { words } = cluster;
  words[C.FIRED_COUNT] = 0;
  words[C.AWAKE_SUM] = 0;
  let activeAt = words[C.ACTIVE_AT]! >>> 2;
  for (const core of cluster.cores) {
    const active = integrateCore(cluster, core, t);
    if (activeAt !== 0) cluster.i32[activeAt++] = active;
    words[C.AWAKE_SUM]! += core.descriptor[D.AWAKE_BLOCKS]!;
  }
  return words[C.FIRED_COUNT]!;
}

/** Returns how many compartments had work. */
function integrateCore(cluster: Cluster, core: Core, t: number): number {
  const { descriptor, awake, restActive, marks, counterWords } = core;
  const { words } = cluster;
  const row = (t & (descriptor[D.SLOTS]! - 1)) << descriptor[D.STRIDE_BITS]!;
  const resetDue = isResetDue(descriptor, t);
  const key = noiseKey(descriptor[D.SEED]!, descriptor[D.CORE_ID]!, t);

  core.account(t - 1);
  const firedBefore = words[C.FIRED_COUNT]!;
  let active = descriptor[D.REST_ACTIVE_TOTAL]!;
  for (let block = 0; block < awake.length; block++) {
    const hasInput = marks[(row >> 4) + block] === 1;
    const wasAwake = awake[block] === 1;
    const mustReset = resetDue && restActive[block]! > 0;
    if (!hasInput && !wasAwake && !mustReset) continue;
    if (!wasAwake) active -= restActive[block]!;
    marks[(row >> 4) + block] = 0;

    let rests = true;
    let restingActive = 0;
    for (let i = block * D.BLOCK; i < (block + 1) * D.BLOCK; i++) {
      const sum = hasInput ? takeInput(core, row + i) : 0;
      active += isActive(core, i, sum, t) ? 1 : 0;
      if (resetDue) {
        core.u[i] = 0;
        core.v[i] = 0;
      }
      update(cluster, core, i, sum, t, key);
      if (isResting(core, i, t)) restingActive += core.v[i] === 0 && thetaOf(core, i) === 0 ? 0 : 1;
      else rests = false;
    }
    settleBlock(core, block, rests, restingActive);
  }

  descriptor[D.ACCOUNTED] = t;
  count(counterWords, STEPS, 1);
  count(counterWords, UPDATES_ACTIVE, active);
  count(counterWords, SPIKES, words[C.FIRED_COUNT]! - firedBefore);
  return active;
}

/** Takes what arrived at one place of the delay line, in units of 64; further banks are shifted before they join. */
function takeInput(core: Core, at: number): number {
  const { acc, bankShift, descriptor } = core;
  const size = descriptor[D.SLOTS]! << descriptor[D.STRIDE_BITS]!;
  let sum = 0;
  for (let bank = 0; bank < bankShift.length; bank++) {
    sum += acc[bank * size + at]! >> bankShift[bank]!;
    acc[bank * size + at] = 0;
  }
  return sum;
}

/** Whether hardware would have had work to do for compartment i at step t. */
function isActive(core: Core, i: number, sum: number, t: number): boolean {
  return (
    core.u[i] !== 0 ||
    core.v[i] !== 0 ||
    core.bias[i] !== 0 ||
    sum !== 0 ||
    t < core.refractUntil[i]! ||
    core.noiseEnable?.[i] === 1 ||
    thetaOf(core, i) !== 0
  );
}

/** Whether, after step t and without input, no step can change compartment i or make it fire. */
export function isResting(core: Core, i: number, t: number): boolean {
  const v = core.v[i]!;
  const theta = thetaOf(core, i);
  return (
    core.u[i] === 0 &&
    core.bias[i] === 0 &&
    core.noiseEnable?.[i] !== 1 &&
    core.refractUntil[i]! <= t + 1 &&
    (theta === 0 || core.keepTh![i] === 4096) &&
    (v === 0 ||
      (core.keepV[i] === 4096 && v <= core.vth[i]! + theta && (core.vthLo === null || v >= core.vthLo[i]!)))
  );
}

/** What compartment i has in its threshold beyond the register. */
function thetaOf(core: Core, i: number): number {
  return core.theta === null ? 0 : core.theta[i]!;
}

/** One compartment, one step: input sum (units of 64), current, bias, voltage, threshold, reset. */
function update(cluster: Cluster, core: Core, i: number, sum: number, t: number, key: number): void {
  const { descriptor } = core;
  const onOverflow = descriptor[D.ON_OVERFLOW]!;
  const noise = noiseOf(core, i, key);
  const noiseTarget = descriptor[D.NOISE_TARGET]!;

  const input = sum * 64 + (noiseTarget === 1 ? noise : 0);
  const q = settle(input, descriptor[D.INPUT_KIND]!, descriptor[D.INPUT_BITS]!, onOverflow);
  if (q !== input) overflow(cluster, core, D.FAULT_INPUT, input, descriptor[D.INPUT_KIND]!, i, t);

  const current = decay(core.u[i]!, core.keepU[i]!) + q;
  const u = settle(current, descriptor[D.CURRENT_KIND]!, descriptor[D.CURRENT_BITS]!, onOverflow);
  if (u !== current) overflow(cluster, core, D.FAULT_CURRENT, current, descriptor[D.CURRENT_KIND]!, i, t);
  core.u[i] = u;

  const biased = u + core.bias[i]! + (noiseTarget === 2 ? noise : 0);
  const drive = settle(biased, descriptor[D.BIAS_KIND]!, descriptor[D.BIAS_BITS]!, onOverflow);
  if (drive !== biased) overflow(cluster, core, D.FAULT_BIAS, biased, descriptor[D.BIAS_KIND]!, i, t);

  let vth = core.vth[i]!;
  if (core.theta !== null) {
    core.theta[i] = decay(core.theta[i]!, core.keepTh![i]!);
    vth += core.theta[i]!;
  }

  // Held: v stays what the reset left (0 but for the extensions) and is not compared.
  if (t < core.refractUntil[i]!) return;

  const raised = decay(core.v[i]!, core.keepV[i]!) + drive;
  let v: number;
  if (descriptor[D.V_CLAMP] === 1) {
    v = Math.max(descriptor[D.VMIN]!, Math.min(descriptor[D.VMAX]!, raised));
  } else {
    v = wrapTwos(raised, EMULATOR_BITS);
    if (v !== raised) overflow(cluster, core, D.FAULT_VOLTAGE, raised, D.SUM_NONE, i, t);
  }

  if (v > vth) v = fire(cluster, core, i, t, v, vth, 0);
  else if (core.vthLo !== null && v < core.vthLo[i]!)
    v = fire(cluster, core, i, t, v, core.vthLo[i]!, NEGATIVE);
  core.v[i] = v;
}

/** Noise of compartment i in this step, in the unit of u; 0 where it is not enabled. */
function noiseOf(core: Core, i: number, key: number): number {
  const { descriptor, noiseEnable, noiseRaw } = core;
  if (noiseEnable === null || noiseRaw === null || noiseEnable[i] !== 1) return 0;
  const raw =
    descriptor[D.NOISE_INJECTED] === 1
      ? noiseRaw[i]!
      : noiseDraw(key, i, descriptor[D.NOISE_MIN]!, descriptor[D.NOISE_SPAN]!);
  return scaleNoise(raw, descriptor[D.NOISE_MANT_OFFSET]!, descriptor[D.NOISE_EXP]!);
}

/** Records a spike, raises an adaptive threshold and returns what v becomes. `threshold` is the one that was passed. */
function fire(
  cluster: Cluster,
  core: Core,
  i: number,
  t: number,
  v: number,
  threshold: number,
  sign: number,
): number {
  const { descriptor, spikeCounts } = core;
  cluster.fired[cluster.words[C.FIRED_COUNT]!] = (descriptor[D.FIRST_KEY]! + i) | sign;
  cluster.words[C.FIRED_COUNT]! += 1;
  count(spikeCounts, i, 1);
  core.refractUntil[i] = t + Math.max(core.refract[i]!, 1);
  if (core.theta !== null) core.theta[i] = Math.min(D.THETA_MAX, core.theta[i]! + core.vthStep![i]!);
  if (descriptor[D.RESET_MODE] === D.RESET_TO_VALUE) return core.vreset![i]!;
  return descriptor[D.RESET_MODE] === D.RESET_SUBTRACT ? v - threshold : 0;
}

/**
 * Counts a sum that left its register. Under `error`, and always where the limit is the emulator's own, the
 * first one (lowest compartment, then order of computation) is the fault that ends the run after this step.
 */
function overflow(
  cluster: Cluster,
  core: Core,
  fault: number,
  sum: number,
  kind: number,
  i: number,
  t: number,
): void {
  const { descriptor, counterWords } = core;
  const onOverflow = descriptor[D.ON_OVERFLOW]!;
  count(counterWords, OVERFLOWS + fault - 1, 1);
  const stops = onOverflow === D.OVERFLOW_ERROR || leavesEmulator(sum, kind, onOverflow);
  if (!stops || descriptor[D.FAULT] !== 0) return;
  cluster.words[C.FAULTY] = 1;
  descriptor[D.FAULT] = fault;
  descriptor[D.FAULT_COMPARTMENT] = i;
  descriptor[D.FAULT_STEP] = t;
}

/** Lets a block sleep or wake after its update, and keeps the totals. */
function settleBlock(core: Core, block: number, rests: boolean, restingActive: number): void {
  const { descriptor, awake, restActive } = core;
  const isAwake = rests ? 0 : 1;
  const remembered = rests ? restingActive : 0;
  descriptor[D.AWAKE_BLOCKS]! += isAwake - awake[block]!;
  descriptor[D.REST_ACTIVE_TOTAL]! += remembered - restActive[block]!;
  awake[block] = isAwake;
  restActive[block] = remembered;
}
