/** Straight scales between data and pixels, and ticks at round numbers. */

export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Pixels of `from` and `to`. */
  readonly start: number;
  readonly end: number;
}

export const toPixel = ({ from, to, start, end }: Scale, value: number): number =>
  start + ((value - from) / (to - from)) * (end - start);

export const toValue = ({ from, to, start, end }: Scale, pixel: number): number =>
  from + ((pixel - start) / (end - start)) * (to - from);

export interface Ticks {
  readonly values: readonly number[];
  readonly texts: readonly string[];
}

/** 1, 2 or 5 times a power of ten: the least that gives at most `count` intervals over `span`. */
export function tickStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9))!;
  return factor * power;
}

/** Digits after the point that tell multiples of `step` apart. */
const decimalsOf = (step: number): number => Math.max(0, -Math.floor(Math.log10(step) + 1e-9));

/** Digits in groups of three, a true minus sign: the same in every locale. */
export function numberText(value: number, decimals = 0): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string?];
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const text = fraction === undefined ? digits : `${digits}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/**
 * Round values from `from` to `to`, at most about `count`, with texts of equal precision.
 * @param least no two ticks closer than this; 1 for what is counted
 */
export function ticks(from: number, to: number, count: number, least = 0): Ticks {
  if (!(to > from)) return { values: [from], texts: [numberText(from, decimalsOf(least || 1))] };
  const step = Math.max(tickStep(to - from, count), least);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // multiples, not sums: 0.1 steps stay where they belong
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  const decimals = decimalsOf(step);
  return { values, texts: values.map((value) => numberText(value, decimals)) };
}

/** The same ticks with thousands as k and millions as M where all are whole ones: for large numbers in narrow margins. */
export function compactTicks({ values, texts }: Ticks): Ticks {
  for (const [unit, letter] of [
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (
      values.some((value) => Math.abs(value) >= 10 * unit) &&
      values.every((value) => value % (unit / 10) === 0)
    )
      return {
        values,
        texts: values.map((value) =>
          value === 0
            ? '0'
            : `${numberText(value / unit, values.every((v) => v % unit === 0) ? 0 : 1)}${letter}`,
        ),
      };
  return { values, texts };
}

/** The range widened to ticks on both ends; one of no width is given some. */
export function niceRange(from: number, to: number, count: number): readonly [from: number, to: number] {
  if (from === to) return from === 0 ? [0, 1] : [from - Math.abs(from) / 2, to + Math.abs(to) / 2];
  const step = tickStep(to - from, count);
  return [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
}

/** Smallest and largest of all finite values; null where there are none. */
export function extent(...lists: readonly ArrayLike<number>[]): readonly [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low > high ? null : [low, high];
}
