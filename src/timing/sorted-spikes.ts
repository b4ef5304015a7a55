/** Where spikes of a recording end, which are in order of step and, within a step, of network id. */

/** End of the spikes of `step`, which begin at `first` where there are any. */
export function endOfStep(steps: Uint32Array, step: number, first: number): number {
  return endBelow(steps, step + 1, first, steps.length);
}

/** First index from `first` on, or `end`, whose value is at least `bound`; strides double, for mostly it is near. */
export function endBelow(values: Uint32Array, bound: number, first: number, end: number): number {
  let low = first;
  let high = first;
  for (let stride = 1; high < end && values[high]! < bound; stride *= 2) {
    low = high + 1;
    high += stride;
  }
  high = Math.min(high, end);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return high;
}
