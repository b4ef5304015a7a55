/**
 * Synaptic weights: which mantissas a format can store, and what a stored one adds to u. Rounding, range and
 * the handling of exponents are the profile's (docs/semantics.md, section 4).
 */

import { SeamountError } from './errors.js';
import { clamp } from './fixed.js';
import type { Rules, SignMode } from './profile.js';
import { MANTISSA_MAX, MANTISSA_MIN } from './synapse.js';

/** Sign mode and width (bits 1..8) of stored mantissas, and the exponent the format applies to them. */
export interface WeightFormat {
  readonly signMode: SignMode;
  readonly bits: number;
  readonly exp: number;
}

/** A format as far as its mantissas go. */
export type MantissaFormat = Omit<WeightFormat, 'exp'>;

/** Stored mantissas of a format: multiples of `step` from `min` to `max`. */
export interface MantissaRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How a weight is kept on a core. */
export interface StoredWeight {
  /** -256..255; a core adds `mantissa << shift` to its accumulator. 0 when `wide` is used. */
  readonly mantissa: number;
  /** 0..15 */
  readonly shift: number;
  /** Right shift of the sum of the connection's events, 0 but under Lava's rule. */
  readonly sumShift: number;
  /** The weight in units of 64 when no mantissa and shift hold it, else null. */
  readonly wide: number | null;
  /** What one event adds to u (a multiple of 64); with `sumShift`, what a lone event does. */
  readonly effective: number;
}

/** In units of 64: the effective weight never passes +-(2^21 - 64) where the profile clips. */
const CLIP = 2 ** 15 - 1;

/** Bits the format cannot keep: a mantissa is a multiple of `2^droppedBits`. In mixed mode one bit is the sign. */
const droppedBits = ({ signMode, bits }: MantissaFormat): number => 8 - bits + (signMode === 'mixed' ? 1 : 0);

/** The mantissas a format stores. */
export function mantissaRange(format: MantissaFormat, rules: Rules): MantissaRange {
  const step = 2 ** droppedBits(format);
  const largest = 256 - step;
  const reachesEnd =
    format.signMode === 'mixed' ? rules.weights.mixedRange === 'full' : rules.weights.inhibitoryMin === -256;
  return {
    min: format.signMode === 'excitatory' ? 0 : reachesEnd ? -256 : 0 - largest,
    max: format.signMode === 'inhibitory' ? 0 : largest,
    step,
  };
}

/** Null when `value` can be stored exactly, else why not. */
export function checkMantissa(value: number, format: MantissaFormat, rules: Rules): string | null {
  const { min, max, step } = mantissaRange(format, rules);
  if (value >= min && value <= max && Number.isInteger(value / step)) return null;
  const stored = step === 1 ? 'integers' : `multiples of ${step}`;
  return `weight ${value} cannot be stored with ${format.bits} bits ${format.signMode}: those are ${stored} in ${min}..${max}`;
}

/**
 * The mantissa a format stores for `value` (an integer; any number where the profile rounds to nearest).
 * Throws E_INPUT under rounding `exact` when it cannot be stored, under the others never: they round, then
 * end at the range of the format.
 */
export function storeMantissa(value: number, format: MantissaFormat, rules: Rules): number {
  const { min, max, step } = mantissaRange(format, rules);
  switch (rules.weights.rounding) {
    case 'exact': {
      const problem = checkMantissa(value, format, rules);
      if (problem !== null) throw new SeamountError('E_INPUT', problem, 'round it, or allow rounding');
      return value;
    }
    case 'nearestEven':
      return clamp(roundHalfEven(value / step) * step, min, max);
    case 'floor': {
      // Lava: inhibitory weights are cut as magnitudes, so toward zero.
      const inward = format.signMode === 'inhibitory' ? Math.ceil : Math.floor;
      return clamp(inward(value / step) * step + 0, min, max);
    }
    case 'towardZero':
      return clamp(Math.trunc(value / step) * step + 0, min, max);
  }
}

/** Where an already stored mantissa (of `storeMantissa`) goes and what it weighs. */
export function storeWeight(mantissa: number, format: WeightFormat, rules: Rules): StoredWeight {
  const { exp } = format;
  if (exp < 0 && rules.weights.negativeExponent === 'connectionSum') {
    return { mantissa, shift: 0, sumShift: -exp, wide: null, effective: (mantissa >> -exp) * 64 };
  }
  // A negative exponent leaves less than a mantissa; a positive one is the shift of the format.
  const kept = exp >= 0 ? mantissa : shrink(mantissa, format, rules);
  const shift = Math.max(exp, 0);
  const units = kept * 2 ** shift;
  const clipped = rules.weights.clip ? clamp(units, -CLIP, CLIP) : units;
  const fits = clipped === units && kept >= MANTISSA_MIN && kept <= MANTISSA_MAX;
  return {
    mantissa: fits ? kept : 0,
    shift: fits ? shift : 0,
    sumShift: 0,
    wide: fits ? null : clipped,
    effective: clipped * 64,
  };
}

/** What one event of a stored mantissa adds to u. */
export const effectiveWeight = (mantissa: number, format: WeightFormat, rules: Rules): number =>
  storeWeight(mantissa, format, rules).effective;

function shrink(mantissa: number, format: WeightFormat, rules: Rules): number {
  const scale = 2 ** -format.exp;
  if (rules.weights.negativeExponent !== 'synapseNearest') return Math.floor(mantissa / scale);
  const { min, max } = mantissaRange(format, rules);
  return Math.floor(clamp(roundHalfEven(mantissa / scale) * scale, min, max) / scale);
}

function roundHalfEven(x: number): number {
  const nearest = Math.round(x);
  return (x % 1 === 0.5 || x % 1 === -0.5) && nearest % 2 !== 0 ? nearest - 1 : nearest + 0;
}
