/**
 * Victor-Purpura distance: the least cost of turning one train into the other.
 *
 *   Victor and Purpura, "Nature and precision of temporal coding in visual cortex: a metric-space analysis",
 *   J. Neurophysiol. 76, 1996 (D^spike)
 */
import { SeamountError } from '../../cores/index.js';
import { checkAscending, type Train } from './spikes.js';

export interface VictorPurpuraOptions {
  /** Cost of moving a spike by a unit of time, 0..Infinity. Spikes further apart than 2 / q are never moved. */
  readonly q: number;
}

/**
 * Inserting or deleting a spike costs 1, moving it by t costs q t. q = 0: the difference of counts; q = Infinity:
 * the spikes that do not coincide. Two empty trains: 0. By the dynamic programme of Sellers, in time n_a n_b and
 * memory n_b.
 * @throws {SeamountError} `E_USAGE` when `q` is below 0 or the times of a train descend.
 */
export function victorPurpuraDistance(a: Train, b: Train, { q }: VictorPurpuraOptions): number {
  if (!(q >= 0))
    throw new SeamountError('E_USAGE', `victorPurpuraDistance: q is ${q}; it must be a number of at least 0`);
  checkAscending('victorPurpuraDistance', a);
  checkAscending('victorPurpuraDistance', b);
  // costs[j]: from the first i spikes of a to the first j of b
  const costs = Float64Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = costs[0]!;
    costs[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const apart = Math.abs(a[i - 1]! - b[j - 1]!);
      // Nothing costs nothing, also at a price without bound.
      const moved = diagonal + (apart === 0 ? 0 : q * apart);
      diagonal = costs[j]!;
      costs[j] = Math.min(moved, costs[j]! + 1, costs[j - 1]! + 1);
    }
  }
  return costs[b.length]!;
}
