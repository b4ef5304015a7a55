/** Straight scales between data and pixels, and ticks at round numbers (d3-array). */
import { ticks as roundNumbers, tickStep, extent as wholeExtent } from 'd3-array';

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

/** What rounding may have added to a range, as part of it: the tick at its end stays. */
const SLACK = 1e-9;

/**
 * The count to ask d3 for, which takes it for a wish and may give half as many intervals again: those of half the
 * count are its next larger ones, and no more than wanted.
 */
function wish(span: number, count: number): number {
  return tickStep(0, span, count) * count < span * (1 - SLACK) ? count / 2 : count;
}

/** 1, 2 or 5 times a power of ten: the least that gives at most `count` intervals over `span`. */
export const roundStep = (span: number, count: number): number => tickStep(0, span, wish(span, count));

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
 * Round values from `from` to `to`, no closer than `count` intervals would be (or two where there were none), with
 * texts of equal precision.
 * @param isWhole for what is counted: whole numbers alone
 */
export function ticks(from: number, to: number, count: number, isWhole = false): Ticks {
  const span = to - from;
  if (!(span > 0)) return { values: [from], texts: [numberText(from)] };
  const asked = [from - SLACK * span, to + SLACK * span, wish(span, count)] as const;
  const all = roundNumbers(...asked);
  const values = isWhole ? all.filter(Number.isInteger) : all;
  const decimals = isWhole ? 0 : decimalsOf(tickStep(...asked));
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
  const step = roundStep(to - from, count);
  return [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
}

/** Smallest and largest number of all lists; null where there is none. */
export function extent(...lists: readonly ArrayLike<number>[]): readonly [number, number] | null {
  const [low, high] = wholeExtent(lists.flatMap((list) => Array.from(list)));
  return low === undefined ? null : [low, high];
}
