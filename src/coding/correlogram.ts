/** How the spikes of one train lie around those of another. */
import { SeamountError } from '../../cores/index.js';
import { checkAscending, type Train } from './spikes.js';

export interface CorrelogramOptions {
  /** Longest lag, in the unit of the times; 0 or more. */
  readonly maxLag: number;
  /** Width of a bin, above 0. */
  readonly bin: number;
}

export interface Correlogram {
  /** Middle of each bin, from -n bin to n bin, n = floor(maxLag / bin). Above 0: the second train is later. */
  readonly lags: Float64Array;
  /** Pairs whose lag is in the bin: middle - bin / 2 <= lag < middle + bin / 2. */
  readonly counts: Float64Array;
}

/**
 * Cross-correlogram: all pairs of a spike of `a` and one of `b`, by the lag of b's. Trains that do not know of each
 * other have about n_a n_b bin / duration pairs in a bin. The trains may hold equal times. Empty trains: counts of 0.
 *
 *   Perkel, Gerstein and Moore, "Neuronal spike trains and stochastic point processes II", Biophys. J. 7, 1967
 * @throws {SeamountError} `E_USAGE` for a lag below 0, a bin of no width, or times that descend.
 */
export function crossCorrelogram(a: Train, b: Train, { maxLag, bin }: CorrelogramOptions): Correlogram {
  if (!(maxLag >= 0 && Number.isFinite(maxLag)))
    throw new SeamountError(
      'E_USAGE',
      `crossCorrelogram: maxLag is ${maxLag}; it must be a number of at least 0`,
    );
  if (!(bin > 0 && Number.isFinite(bin)))
    throw new SeamountError('E_USAGE', `crossCorrelogram: bin is ${bin}; it must be a number above 0`);
  checkAscending('crossCorrelogram', a);
  checkAscending('crossCorrelogram', b);
  const sides = Math.floor((maxLag / bin) * (1 + 2 ** -50));
  const lags = Float64Array.from({ length: 2 * sides + 1 }, (_, k) => (k - sides) * bin);
  const counts = new Float64Array(lags.length);
  const reach = (sides + 0.5) * bin;
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    while (first < b.length && b[first]! - a[i]! < -reach) first++;
    for (let j = first; j < b.length; j++) {
      const at = Math.floor((b[j]! - a[i]!) / bin + sides + 0.5);
      if (at >= counts.length) break;
      if (at >= 0) counts[at]!++;
    }
  }
  return { lags, counts };
}

/** Auto-correlogram: a train against itself, without the pairs of a spike with itself. */
export function autoCorrelogram(train: Train, options: CorrelogramOptions): Correlogram {
  const { lags, counts } = crossCorrelogram(train, train, options);
  counts[(counts.length - 1) / 2]! -= train.length;
  return { lags, counts };
}
