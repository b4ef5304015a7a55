/**
 * How many integer units of v make a millivolt. Any scale gives the same spikes up to rounding, so the one
 * is taken that rounds threshold, bias and weights least, among those that keep sums inside their registers.
 */
import type { Rules } from '../../cores/index.js';

/** What a projection in physical units asks of the scale: weights, as v per unit of scale and event. */
export interface WeightDemand {
  readonly largest: number;
  /** All its weights are `largest` or `-largest`, so they can be hit exactly. */
  readonly uniform: boolean;
  /** Mantissas of its format: multiples of `step` up to `maxMantissa`. */
  readonly maxMantissa: number;
  readonly step: number;
}

export interface ScaleDemand {
  /** Largest v_th - v_reset, mV. */
  readonly threshold: number;
  /** Largest |v0 - v_reset|, mV. */
  readonly start: number;
  /** Largest rise of an adaptive threshold above it, mV, that v should still be able to pass. */
  readonly rise: number;
  /** Bias per unit of scale of every kind of neuron: mV per step. */
  readonly biases: readonly number[];
  readonly weights: readonly WeightDemand[];
  /** Largest sum of all excitatory, or all inhibitory, weights onto one neuron, per unit of scale. */
  readonly largestSum: number;
}

export interface VoltageScale {
  readonly unitsPerMv: number;
  /** All inputs of a neuron in one step could leave the input register. */
  readonly inputAtRisk: boolean;
}

/** Threshold in units: at most 2^22, so that v has room for twice that on both sides; at least 2^16 (a mantissa of 1024). */
const THRESHOLD_MAX = 2 ** 22;
const THRESHOLD_MIN = 2 ** 16;
const V_MAX = 2 ** 23 - 1;
const OCTAVES = 2;
const STEPS_PER_OCTAVE = 1024;

/** What the sum of inputs may reach. */
const inputLimit = ({ inputSum }: Rules): number =>
  inputSum.kind === 'twosComplement' ? 2 ** inputSum.bits - 1 : 2 ** 30 - 1;

export function chooseScale(demand: ScaleDemand, rules: Rules): VoltageScale {
  const safe = demand.largestSum > 0 ? inputLimit(rules) / demand.largestSum : Infinity;
  const highest = Math.min(
    THRESHOLD_MAX / demand.threshold,
    (rules.vthMantMax * 64) / demand.threshold,
    demand.start > 0 ? V_MAX / demand.start : Infinity,
    V_MAX / (demand.threshold + demand.rise),
    ...demand.biases.map((bias) =>
      bias === 0 || largestBias(rules) === 0 ? Infinity : largestBias(rules) / Math.abs(bias),
    ),
    ...demand.weights.map(
      ({ largest, maxMantissa }) => (maxMantissa * 2 ** (6 + rules.weights.expMax)) / largest,
    ),
    Math.max(safe, THRESHOLD_MIN / demand.threshold),
  );
  let best = highest;
  let least = costOf(highest, demand, rules);
  for (const scale of candidates(highest, demand, rules)) {
    const cost = costOf(scale, demand, rules);
    if (cost < least || (cost === least && scale > best)) {
      best = scale;
      least = cost;
    }
  }
  return { unitsPerMv: best, inputAtRisk: best > safe };
}

const largestBias = ({ bias }: Rules): number => bias.mantMax * 2 ** bias.expMax;

/** Scales that make a bias or a weight exact, and a grid. */
function* candidates(highest: number, demand: ScaleDemand, rules: Rules): Generator<number> {
  const lowest = highest / 2 ** OCTAVES;
  const within = (scale: number): boolean => scale >= lowest && scale <= highest;
  const { mantMax, expMax } = rules.bias;
  const [bias] = demand.biases;
  if (demand.biases.length === 1 && bias !== undefined && bias !== 0) {
    for (let exp = 0; exp <= expMax; exp++) {
      for (let mant = Math.ceil(mantMax / 2); mant <= mantMax; mant++) {
        const scale = (mant * 2 ** exp) / Math.abs(bias);
        if (within(scale)) yield scale;
      }
    }
  }
  for (const { largest, uniform, maxMantissa, step } of demand.weights) {
    if (!uniform) continue;
    for (let exp = 0; exp <= rules.weights.expMax; exp++) {
      for (let mant = step; mant <= maxMantissa; mant += step) {
        const scale = (mant * 2 ** (6 + exp)) / largest;
        if (within(scale)) yield scale;
      }
    }
  }
  for (let k = 0; k <= OCTAVES * STEPS_PER_OCTAVE; k++) yield highest * 2 ** (-k / STEPS_PER_OCTAVE);
}

/** Squares of relative errors. Threshold and bias decide every interval, weights one event: they count four times as much. */
function costOf(scale: number, demand: ScaleDemand, rules: Rules): number {
  const off = (value: number, rounded: number): number => (rounded - value) / value;
  let cost = (4 * off((demand.threshold * scale) / 64, Math.round((demand.threshold * scale) / 64))) ** 2;
  const [bias] = demand.biases;
  if (demand.biases.length === 1 && bias !== undefined && bias !== 0) {
    const { mant, exp } = splitNearest(bias * scale, rules);
    cost += (4 * off(bias * scale, mant * 2 ** exp)) ** 2;
  }
  for (const { largest, uniform, maxMantissa, step } of demand.weights) {
    const wanted = largest * scale;
    const exp = weightExponent(wanted, maxMantissa, rules);
    const unit = step * 2 ** (6 + exp);
    const error = uniform ? off(wanted, Math.round(wanted / unit) * unit) : unit / wanted / 3;
    cost += error ** 2;
  }
  return cost;
}

/** Smallest exponent >= 0 whose mantissa holds a weight of `units` of u, or the largest there is. */
export function weightExponent(units: number, maxMantissa: number, { weights }: Rules): number {
  let exp = 0;
  while (exp < weights.expMax && Math.abs(units) > maxMantissa * 2 ** (6 + exp)) exp++;
  return exp;
}

/** The nearest bias: mantissa and smallest exponent that holds it. */
export function splitNearest(bias: number, { bias: range }: Rules): { mant: number; exp: number } {
  let exp = 0;
  while (exp < range.expMax && Math.round(Math.abs(bias) / 2 ** exp) > range.mantMax) exp++;
  return { mant: Math.round(bias / 2 ** exp), exp };
}
