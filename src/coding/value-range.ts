/** The values a code can tell apart: what lies outside is clipped to the nearer end. */
import type { Demands } from './demands.js';

export interface ValueRange {
  /** Default 0. */
  readonly min?: number;
  /** Above `min`; default 1. */
  readonly max?: number;
}

export function valueRange(options: ValueRange, demands: Demands): Required<ValueRange> {
  const min = demands.number('min', options.min, {}, 0);
  const max = demands.number('max', options.max, {}, 1);
  demands.relation([min, max], max > min, `min is ${min} and max ${max}; max must be greater`);
  return { min, max };
}

/** 0 at `min`, 1 at `max`. */
export const share = (value: number, { min, max }: Required<ValueRange>): number =>
  Math.min(1, Math.max(0, (value - min) / (max - min)));

/** The value at a share, which is not clipped. */
export const valueAt = (part: number, { min, max }: Required<ValueRange>): number => min + part * (max - min);
