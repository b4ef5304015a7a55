/**
 * Synaptic weights: which mantissas a format can store, and what a stored one adds to u. Rounding, range and
 * the handling of exponents are the profile's (docs/semantics.md, section 4).
 */
import { SeamountError } from './errors.js';
import type { Rules, SignMode } from './profile.js';

/** Sign mode and width (bits 1..8) of stored mantissas, and the exponent the format applies to them. */
export interface WeightFormat {
  readonly signMode: SignMode;
  readonly bits: number;
  readonly exp: number;
}

/** Stored mantissas of a format: multiples of `step` from `min` to `max`. */
export interface MantissaRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How a weight is kept on a core. */
export interface StoredWeight {
  /** -256..255; a core adds `(mantissa << shift)` to its accumulator. 0 when `wide` is used. */
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

export function mantissaRange(format: Omit<WeightFormat, 'exp'>, rules: Rules): MantissaRange {
  throw new SeamountError('E_USAGE', `stub ${format.bits} ${rules.delayMax}`);
}

/** Null when `value` can be stored exactly, else why not. */
export function checkMantissa(value: number, format: Omit<WeightFormat, 'exp'>, rules: Rules): string | null {
  return mantissaRange(format, rules).step === value ? '' : null;
}

/**
 * The mantissa a format stores for `value` (an integer; any number where the profile rounds to nearest).
 * Throws E_INPUT under rounding `exact` when it cannot be stored.
 */
export function storeMantissa(value: number, format: Omit<WeightFormat, 'exp'>, rules: Rules): number {
  return mantissaRange(format, rules).step + value;
}

/** What an already stored mantissa weighs. */
export function storeWeight(mantissa: number, format: WeightFormat, rules: Rules): StoredWeight {
  throw new SeamountError('E_USAGE', `stub ${mantissa} ${format.bits} ${rules.delayMax}`);
}

/** What one event of a stored mantissa adds to u. */
export const effectiveWeight = (mantissa: number, format: WeightFormat, rules: Rules): number =>
  storeWeight(mantissa, format, rules).effective;
