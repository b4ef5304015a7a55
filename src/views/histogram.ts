/** How often values fall into equal bins, such as intervals between spikes. */
import {
  bottomMargin,
  drawNothing,
  drawXAxis,
  drawYAxis,
  leftMargin,
  ticksAcross,
  ticksDown,
} from './axes.js';
import { extent, niceRange, roundStep, type Scale, ticks, toPixel } from './scale.js';
import { type Surface, textWidth } from './surface.js';
import { categoryColour, type Theme } from './theme.js';

export interface HistogramData {
  /** Lower edge of the first bin, and the width of all. */
  readonly from: number;
  readonly width: number;
  readonly counts: ArrayLike<number>;
  readonly xLabel: string;
  /** Default: `count`. */
  readonly yLabel?: string;
  /** A value with a name, such as the mean. */
  readonly rule?: { readonly value: number; readonly label: string };
  /** Of the theme's categories; default 0. */
  readonly category?: number;
}

export interface Bins {
  readonly from: number;
  readonly width: number;
  readonly counts: Uint32Array;
}

/**
 * Equal bins of a round width, at most about `most` of them, over all values; bin i holds
 * `from + i * width <= value < from + (i + 1) * width`.
 * @param least what values are multiples of, 0 where they are not: bins then have such values in their middle
 */
export function binValues(values: ArrayLike<number>, most: number, least = 0): Bins {
  const range = extent(values);
  if (range === null) return { from: 0, width: least || 1, counts: new Uint32Array(0) };
  const [low, high] = range;
  // values that differ by rounding are one value: bins of 1e-17 would hold nothing
  const isOne = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  const width = isOne ? least || 1 : Math.max(least, roundStep(high - low, most));
  // the nudge keeps 0.3 in the bin of 0.3, not of 0.2999
  const bin = (value: number): number => Math.floor((value + least / 2) / width + 1e-9);
  const first = bin(low);
  const counts = new Uint32Array(bin(high) - first + 1);
  for (let i = 0; i < values.length; i++) counts[bin(values[i]!) - first]!++;
  return { from: first * width - least / 2, width, counts };
}

export function drawHistogram(
  surface: Surface,
  data: HistogramData,
  { theme }: { readonly theme: Theme },
): void {
  const { from, width, counts, xLabel, yLabel = 'count', rule, category = 0 } = data;
  const top = 22;
  const height = Math.max(1, surface.height - top - bottomMargin(true));
  const most = extent(counts)?.[1] ?? 0;
  const [, high] = niceRange(0, Math.max(1, most), ticksDown(height));
  const left = leftMargin(ticks(0, high, ticksDown(height), true).texts, true);
  const box = { left, top, width: Math.max(1, surface.width - left - 14), height };
  // one empty bin on either side: bars do not touch the frame
  const x: Scale = {
    from: from - width / 2,
    to: from + (Math.max(1, counts.length) + 0.5) * width,
    start: left,
    end: left + box.width,
  };
  const y: Scale = { from: 0, to: high, start: top + height, end: top };
  drawYAxis(surface, box, y, {
    theme,
    ticks: ticks(0, high, ticksDown(height), true),
    label: yLabel,
    grid: true,
  });
  const colour = categoryColour(theme, category);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const start = toPixel(x, from + i * width);
    const end = toPixel(x, from + (i + 1) * width);
    const up = toPixel(y, counts[i]!);
    const gap = end - start > 4 ? 1 : 0;
    surface.rect(
      { left: start, top: up, width: Math.max(0.75, end - start - gap), height: top + height - up },
      { fill: { colour } },
    );
  }
  drawXAxis(surface, box, x, {
    theme,
    ticks: ticks(x.from, x.to, ticksAcross(box.width, '0.00')),
    label: xLabel,
  });
  if (counts.length === 0) drawNothing(surface, box, theme, 'nothing to count yet');
  if (rule === undefined) return;
  const at = toPixel(x, rule.value);
  surface.rule(at, top - 8, at, top + height, { colour: theme.ink, dash: [2, 3] });
  const isRight = at + textWidth(rule.label) + 8 > left + box.width;
  surface.text(at + (isRight ? -5 : 5), top - 4, rule.label, {
    colour: theme.ink,
    anchor: isRight ? 'end' : 'start',
  });
}
