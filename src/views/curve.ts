/** Curves over a quantity, such as rate over current: measured points on the line of a formula. */
import {
  bottomMargin,
  drawNothing,
  drawXAxis,
  drawYAxis,
  leftMargin,
  ticksAcross,
  ticksDown,
} from './axes.js';
import { extent, niceRange, type Scale, ticks, toPixel, toValue } from './scale.js';
import { type Box, type Surface, textWidth } from './surface.js';
import { categoryColour, categoryInk, type Theme } from './theme.js';

export interface CurveSeries {
  readonly label: string;
  readonly xs: ArrayLike<number>;
  /** NaN where there is none. */
  readonly ys: ArrayLike<number>;
  readonly draw: 'line' | 'dots' | 'dashes';
  /** Of the theme's categories; default: its index. */
  readonly category?: number;
}

export interface CurveData {
  readonly series: readonly CurveSeries[];
  /** With units: `I (nA)`. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Places on x with a name, such as the rheobase. */
  readonly rules?: readonly { readonly x: number; readonly label: string }[];
  /** Where one is now. */
  readonly point?: { readonly x: number; readonly y: number; readonly label: string };
}

export interface CurveOptions {
  readonly theme: Theme;
  /** Default: from 0 or the least value to the largest, to round numbers. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
}

interface Layout {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

function layoutOf(surface: Surface, data: CurveData, { xRange, yRange }: CurveOptions): Layout {
  const { series, rules = [], point } = data;
  const xs = extent(
    ...series.map((s) => s.xs),
    rules.map((r) => r.x),
    point === undefined ? [] : [point.x],
  ) ?? [0, 1];
  const ys = extent(...series.map((s) => s.ys), point === undefined ? [] : [point.y]) ?? [0, 1];
  const top = 22;
  const height = Math.max(1, surface.height - top - bottomMargin(true));
  const [low, high] = yRange ?? niceRange(Math.min(0, ys[0]), ys[1], ticksDown(height));
  const left = leftMargin(ticks(low, high, ticksDown(height)).texts, true);
  const width = Math.max(1, surface.width - left - 14);
  const [from, to] = xRange ?? (xs[0] === xs[1] ? niceRange(xs[0], xs[1], 4) : xs);
  return {
    box: { left, top, width, height },
    x: { from, to, start: left, end: left + width },
    y: { from: low, to: high, start: top + height, end: top },
  };
}

/** The value of x under a pixel, for choosing a point by hand; held within the plot. */
export function curveValueAt(
  surface: Surface,
  data: CurveData,
  options: CurveOptions,
  pixel: number,
): number {
  const { x } = layoutOf(surface, data, options);
  return Math.min(x.to, Math.max(x.from, toValue(x, pixel)));
}

export function drawCurve(surface: Surface, data: CurveData, options: CurveOptions): void {
  const { theme } = options;
  const { box, x, y } = layoutOf(surface, data, options);
  drawXAxis(surface, box, x, {
    theme,
    ticks: ticks(x.from, x.to, ticksAcross(box.width, '0.00')),
    label: data.xLabel,
  });
  drawYAxis(surface, box, y, {
    theme,
    ticks: ticks(y.from, y.to, ticksDown(box.height)),
    label: data.yLabel,
    grid: true,
  });
  if (data.series.every(({ xs }) => xs.length === 0)) drawNothing(surface, box, theme, 'no points yet');
  for (const { x: at, label } of data.rules ?? []) {
    const pixel = toPixel(x, at);
    if (pixel < box.left || pixel > box.left + box.width) continue;
    surface.rule(pixel, box.top, pixel, box.top + box.height, { colour: theme.alarm, dash: [5, 4] });
    const isRight = pixel + textWidth(label, 10) + 6 > box.left + box.width;
    surface.text(pixel + (isRight ? -5 : 5), box.top + 9, label, {
      colour: theme.alarm,
      size: 10,
      anchor: isRight ? 'end' : 'start',
    });
  }
  surface.within({ ...box, top: box.top - 4, height: box.height + 4 }, () => {
    data.series.forEach(({ xs, ys, draw, category }, i) => {
      const colour = categoryColour(theme, category ?? i);
      const across = Float64Array.from(xs, (value) => toPixel(x, value));
      const up = Float64Array.from(ys, (value) => toPixel(y, value));
      if (draw === 'dots') surface.dots(across, up, { radius: surface.isVector ? 1.6 : 2.5, colour });
      else
        surface.line(across, up, {
          colour,
          width: surface.isVector ? 1 : 1.5,
          ...(draw === 'dashes' ? { dash: [4, 3] } : {}),
        });
    });
  });
  drawKey(surface, data, { theme, box });
  if (data.point !== undefined) drawPoint(surface, data.point, { theme, box, x, y });
}

/** One line above the plot; nothing where there is but one curve. */
function drawKey(
  surface: Surface,
  { series }: CurveData,
  { theme, box }: { readonly theme: Theme; readonly box: Box },
) {
  if (series.length < 2) return;
  let left = box.left;
  series.forEach(({ label, draw, category }, i) => {
    const colour = categoryColour(theme, category ?? i);
    if (draw === 'dots') surface.dots([left + 7], [9], { radius: 2.5, colour });
    else
      surface.rule(left, 9, left + 14, 9, {
        colour,
        width: 2,
        ...(draw === 'dashes' ? { dash: [4, 3] } : {}),
      });
    surface.text(left + 19, 9, label, { colour: categoryInk(theme, category ?? i), centred: true });
    left += 19 + textWidth(label) + 18;
  });
}

function drawPoint(
  surface: Surface,
  { x: atX, y: atY, label }: NonNullable<CurveData['point']>,
  { theme, box, x, y }: Layout & { readonly theme: Theme },
): void {
  const [across, up] = [toPixel(x, atX), toPixel(y, atY)];
  surface.dots([across], [up], { radius: 7, colour: theme.ground });
  surface.dots([across], [up], { radius: 5, colour: theme.accent });
  const isRight = across + textWidth(label) + 14 > box.left + box.width;
  surface.text(across + (isRight ? -10 : 10), Math.min(up + 4, box.top + box.height - 6), label, {
    colour: theme.ink,
    bold: true,
    anchor: isRight ? 'end' : 'start',
  });
}
