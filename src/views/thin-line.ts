/** Long polylines made short without losing a peak: of what falls on one pixel, first, lowest, highest and last stay. */

export interface Polyline {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Samples a pixel may have before they are thinned. */
const DENSE = 4;

/**
 * Points of `values` at ascending `steps` from index `first` to `last - 1`, through two functions that give pixels.
 * At most four for each pixel of `width`.
 */
export function thinLine(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  {
    first,
    last,
    width,
    x,
    y,
  }: {
    readonly first: number;
    readonly last: number;
    readonly width: number;
    readonly x: (step: number) => number;
    readonly y: (value: number) => number;
  },
): Polyline {
  const count = last - first;
  if (count <= DENSE * width)
    return {
      xs: Float64Array.from({ length: count }, (_, i) => x(steps[first + i]!)),
      ys: Float64Array.from({ length: count }, (_, i) => y(values[first + i]!)),
    };
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let i = first; i < last; ) {
    const pixel = Math.floor(x(steps[i]!));
    let [low, high, end] = [i, i, i];
    for (; end < last && Math.floor(x(steps[end]!)) === pixel; end++) {
      if (values[end]! < values[low]!) low = end;
      if (values[end]! > values[high]!) high = end;
    }
    const kept = [i, Math.min(low, high), Math.max(low, high), end - 1];
    kept.forEach((k, at) => {
      if (at > 0 && k === kept[at - 1]) return;
      xs.push(x(steps[k]!));
      ys.push(y(values[k]!));
    });
    i = end;
  }
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys) };
}
