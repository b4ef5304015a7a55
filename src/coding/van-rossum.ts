/**
 * Van Rossum distance: trains are smeared by exp(-t / tau) and compared as functions of time.
 *
 *   van Rossum, "A novel spike distance", Neural Comput. 13, 2001
 *   Houghton and Kreuz, "On the efficient calculation of van Rossum distances", Network 23, 2012
 */
import { SeamountError } from '../../cores/index.js';
import { checkAscending, type Train } from './spikes.js';

export interface VanRossumOptions {
  /** Time constant in the unit of the times, 0..Infinity: coincidence at 0, counts at Infinity. */
  readonly tau: number;
}

/**
 * D^2 = 1 / tau times the integral of the squared difference of the smeared trains, van Rossum's own normalisation:
 * a spike against an empty train is 1/2, for tau to 0 it is half the number of spikes that do not coincide, for tau
 * to infinity half the squared difference of counts. Two empty trains: 0.
 *
 * Exact, in one pass over both trains: with a spike of the first as +1 and one of the second as -1 it is
 * sum(w^2) / 2 + sum over pairs of w w' exp(-|t - t'| / tau), and the inner sum decays from spike to spike.
 * @throws {SeamountError} `E_USAGE` when `tau` is below 0 or the times of a train descend.
 */
export function vanRossumSquared(a: Train, b: Train, { tau }: VanRossumOptions): number {
  if (!(tau >= 0))
    throw new SeamountError('E_USAGE', `vanRossumDistance: tau is ${tau}; it must be a number of at least 0`);
  checkAscending('vanRossumDistance', a);
  checkAscending('vanRossumDistance', b);
  let total = 0;
  let trace = 0;
  let before = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const time = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    // Spikes of one time are one event, so that what coincides cancels exactly, whatever tau is.
    let weight = 0;
    for (; i < a.length && a[i] === time; i++) weight++;
    for (; j < b.length && b[j] === time; j++) weight--;
    if (weight === 0) continue;
    if (trace !== 0) trace *= Math.exp(-(time - before) / tau);
    total += weight * (weight / 2 + trace);
    trace += weight;
    before = time;
  }
  return Math.max(0, total);
}

/** The distance D, root of `vanRossumSquared`: a metric, so the triangle inequality holds. */
export const vanRossumDistance = (a: Train, b: Train, options: VanRossumOptions): number =>
  Math.sqrt(vanRossumSquared(a, b, options));
