/** How well spikes keep to a phase of a period. */
import { SeamountError } from '../../cores/index.js';
import type { Train } from './spikes.js';

export interface PhaseLocking {
  /** Vector strength, 0 (no preferred phase) to 1 (always the same). */
  readonly strength: number;
  /** Mean phase, 0..2 pi, of the period that starts at time 0. Of little meaning where the strength is near 0. */
  readonly phase: number;
  /** Rayleigh's 2 n R^2. Of many spikes without a preferred phase it is above 13.8 once in 1000 times. */
  readonly rayleigh: number;
}

/**
 * Vector strength: length of the mean of the unit vectors at the phases of the spikes, 2 pi t / period. Null for an
 * empty train; 1 for a single spike, which says nothing.
 *
 *   Goldberg and Brown, J. Neurophysiol. 32, 1969; Mardia and Jupp, "Directional statistics", 2000, section 6.3
 * @throws {SeamountError} `E_USAGE` when the period is not above 0.
 */
export function vectorStrength(train: Train, { period }: { readonly period: number }): PhaseLocking | null {
  if (!(period > 0 && Number.isFinite(period)))
    throw new SeamountError('E_USAGE', `vectorStrength: period is ${period}; it must be a number above 0`);
  if (train.length === 0) return null;
  let x = 0;
  let y = 0;
  for (let k = 0; k < train.length; k++) {
    // The part of the period first: sine and cosine of large angles are of large error.
    const angle = 2 * Math.PI * ((train[k]! % period) / period);
    x += Math.cos(angle);
    y += Math.sin(angle);
  }
  const strength = Math.min(1, Math.hypot(x, y) / train.length);
  const angle = Math.atan2(y, x);
  return {
    strength,
    phase: angle < 0 ? angle + 2 * Math.PI : angle,
    rayleigh: 2 * train.length * strength ** 2,
  };
}
