/** The few numbers a benchmark says about its samples. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Throws for no samples at all. */
export function spread(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new Error('no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle]!;
  return {
    median: sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2,
    min: sorted[0]!,
    max: sorted.at(-1)!,
  };
}

export const median = (samples: readonly number[]): number => spread(samples).median;

export interface Line {
  readonly constant: number;
  readonly slope: number;
  /** Largest distance of a point from the line, as a part of the point. */
  readonly worst: number;
}

/**
 * The line y = constant + slope x with the least sum of squared relative errors: points span decades, and
 * absolute errors would let the largest one decide alone.
 */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Line {
  let s = 0;
  let sx = 0;
  let sxx = 0;
  let sy = 0;
  let sxy = 0;
  for (const { x, y } of points) {
    const weight = 1 / (y * y);
    s += weight;
    sx += weight * x;
    sxx += weight * x * x;
    sy += weight * y;
    sxy += weight * x * y;
  }
  const slope = (s * sxy - sx * sy) / (s * sxx - sx * sx);
  const constant = (sy - slope * sx) / s;
  const worst = Math.max(...points.map(({ x, y }) => Math.abs(constant + slope * x - y) / y));
  return { constant, slope, worst };
}
