/** States over time: membrane voltages or currents as lines, thresholds dashed, spikes as ticks above. */
import { bisectLeft } from 'd3-array';
import {
  type Align,
  bottomMargin,
  drawNothing,
  drawXAxis,
  drawYAxis,
  leftMargin,
  NARROW,
  spreadLabels,
  ticksDown,
} from './axes.js';
import { drawLineNames, namesWidth } from './line-names.js';
import { compactTicks, extent, numberText, type Scale, type Ticks, ticks, toPixel } from './scale.js';
import { type Box, type Surface, textWidth } from './surface.js';
import { categoryColour, categoryInk, type Theme } from './theme.js';
import { thinLine } from './thin-line.js';
import { drawTimeAxis, type TimeAxis, type TimeRange } from './time-axis.js';

export interface TraceLine {
  readonly label: string;
  /** Ascending; state is as after the step. */
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** Steps of its spikes. */
  readonly spikes?: ArrayLike<number>;
  /** Of the theme's categories; default: its index. */
  readonly category?: number;
  /** For what is beside the point, such as the ideal beside the chip. */
  readonly isDashed?: boolean;
}

export interface TracesData {
  readonly lines: readonly TraceLine[];
  /** With unit: `v (mV)`. */
  readonly quantity: string;
  readonly threshold?: number;
}

export interface TracesOptions {
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** Steps shown; default: all that any line has. */
  readonly range?: TimeRange;
  /** Values shown; default: all in range. A fixed one keeps a live trace from jumping. */
  readonly values?: readonly [from: number, to: number];
  /** A step to read values at. */
  readonly cursor?: number | null;
  readonly showsTimeLabel?: boolean;
  /** Ticks of time and their texts; default true. */
  readonly showsTime?: boolean;
  readonly align?: Align;
}

const SPIKE_ROOM = 12;
/** Below a plot that has no times of its own. */
const UPPER_MARGIN = 6;
const LABEL_ROOM = 130;

/** The steps that lines cover. */
export function traceRange({ lines }: TracesData): TimeRange {
  const ends = extent(...lines.flatMap(({ steps }) => [[steps[0] ?? NaN, steps[steps.length - 1] ?? NaN]]));
  return ends === null ? { from: 0, to: 1 } : { from: ends[0], to: ends[1] };
}

/** Part of a line that is seen, and one sample on either side. */
const seen = ({ steps }: TraceLine, { from, to }: TimeRange): readonly [number, number] => [
  Math.max(0, bisectLeft(steps, from) - 1),
  Math.min(steps.length, bisectLeft(steps, to) + 2),
];

function valueRange({ lines, threshold }: TracesData, range: TimeRange): readonly [number, number] {
  let [low, high] = threshold === undefined ? [Infinity, -Infinity] : [threshold, threshold];
  for (const line of lines) {
    const [first, last] = seen(line, range);
    for (let i = first; i < last; i++) {
      low = Math.min(low, line.values[i]!);
      high = Math.max(high, line.values[i]!);
    }
  }
  if (low > high) return [0, 1];
  const room = high > low ? 0.06 * (high - low) : Math.max(1, Math.abs(high) * 0.1);
  return [low - room, high + room];
}

/** Room right of the plot for the names of lines, beside their ends. */
const rightMargin = (width: number, { lines }: TracesData): number =>
  lines.length < 2 || width < NARROW
    ? 12
    : Math.min(LABEL_ROOM, 14 + namesWidth(lines.map(({ label }) => label)));

const yTicks = (from: number, to: number, height: number): Ticks =>
  compactTicks(ticks(from, to, ticksDown(height)));

interface Layout {
  /** Names of lines stand over the plot, not beside it. */
  readonly isInside: boolean;
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly range: TimeRange;
}

function layoutOf(surface: Surface, data: TracesData, options: TracesOptions): Layout {
  const { range = traceRange(data), showsTimeLabel = true, showsTime = true, align } = options;
  const [low, high] = options.values ?? valueRange(data, range);
  const hasSpikes = data.lines.some(({ spikes }) => spikes !== undefined);
  const isInside = (surface.width < NARROW || align !== undefined) && data.lines.length > 1;
  const top = 8 + (hasSpikes ? SPIKE_ROOM : 0) + (isInside ? 16 : 0);
  const bottom = showsTime ? bottomMargin(showsTimeLabel) : UPPER_MARGIN;
  const height = Math.max(1, surface.height - top - bottom);
  const left = align?.left ?? leftMargin(yTicks(low, high, height).texts, true);
  const right = align?.right ?? rightMargin(surface.width, data);
  const width = Math.max(1, surface.width - left - right);
  return {
    isInside,
    box: { left, top, width, height },
    x: { from: range.from, to: Math.max(range.to, range.from + 1), start: left, end: left + width },
    y: { from: low, to: high, start: top + height, end: top },
    range,
  };
}

export function drawTraces(surface: Surface, data: TracesData, options: TracesOptions): void {
  const { theme, axis, showsTimeLabel = true, showsTime = true, cursor = null } = options;
  const { box, x, y, range, isInside } = layoutOf(surface, data, options);
  if (showsTime) drawTimeAxis(surface, box, x, { theme, axis, showsTimeLabel });
  else drawXAxis(surface, box, x, { theme, ticks: { values: [], texts: [] } });
  drawYAxis(surface, box, y, {
    theme,
    ticks: yTicks(y.from, y.to, box.height),
    label: data.quantity,
    grid: true,
  });
  if (data.lines.every(({ steps }) => steps.length === 0))
    drawNothing(surface, box, theme, 'nothing was recorded');
  surface.within({ ...box, top: 0, height: box.top + box.height + 1 }, () => {
    data.lines.forEach((line, i) => {
      drawLine(surface, line, {
        theme,
        isInside,
        x,
        y,
        range,
        box,
        colour: categoryColour(theme, line.category ?? i),
      });
    });
  });
  if (data.threshold !== undefined) drawThreshold(surface, data.threshold, { theme, box, y });
  if (data.lines.length > 1) {
    const names = data.lines.map((line, i) => {
      const [first, last] = seen(line, range);
      const end = last > first ? toPixel(y, line.values[last - 1]!) : box.top + box.height / 2;
      return { label: line.label, category: line.category ?? i, end };
    });
    drawLineNames(surface, names, { theme, box, isInside });
  }
  if (cursor !== null) drawCursor(surface, data, { theme, isInside, box, x, y, range, cursor });
}

function drawThreshold(
  surface: Surface,
  threshold: number,
  { theme, box, y }: { readonly theme: Theme; readonly box: Box; readonly y: Scale },
): void {
  const at = toPixel(y, threshold);
  if (at < box.top || at > box.top + box.height) return;
  surface.rule(box.left, at, box.left + box.width, at, { colour: theme.alarm, dash: [5, 4] });
  // below it, for above it are the spikes
  const width = textWidth('threshold', 10) + 6;
  const plate = { left: box.left + box.width - width, top: at + 3, width, height: 13 };
  surface.rect(plate, { radius: 2, fill: { colour: theme.ground, opacity: 0.85 } });
  surface.text(plate.left + width / 2, at + 9.5, 'threshold', {
    colour: theme.alarm,
    anchor: 'middle',
    centred: true,
    size: 10,
  });
}

interface LinePlace extends Layout {
  readonly theme: Theme;
}

function drawLine(
  surface: Surface,
  line: TraceLine,
  { x, y, range, box, colour }: LinePlace & { readonly colour: string },
): void {
  const [first, last] = seen(line, range);
  const { xs, ys } = thinLine(line.steps, line.values, {
    first,
    last,
    width: box.width * surface.density,
    x: (step) => toPixel(x, step),
    y: (value) => toPixel(y, value),
  });
  surface.line(xs, ys, {
    colour,
    width: surface.isVector ? 0.9 : 1.4,
    ...(line.isDashed === true ? { dash: [4, 3] } : {}),
  });
  if (line.spikes === undefined) return;
  const from = bisectLeft(line.spikes, range.from);
  const to = bisectLeft(line.spikes, range.to + 1);
  const at = Float64Array.from({ length: to - from }, (_, i) => toPixel(x, line.spikes![from + i]!));
  surface.marks(at, new Float64Array(at.length).fill(box.top - SPIKE_ROOM / 2 - 1), {
    width: 1.25,
    height: 8,
    colour,
  });
}

function drawCursor(
  surface: Surface,
  { lines }: TracesData,
  { theme, box, x, y, cursor }: LinePlace & { readonly cursor: number },
): void {
  const at = toPixel(x, cursor);
  if (at < box.left || at > box.left + box.width) return;
  surface.rule(at, box.top, at, box.top + box.height, { colour: theme.line });
  const isRight = at > box.left + box.width / 2;
  const values = lines.map(
    ({ steps, values: all }) => all[Math.min(steps.length - 1, bisectLeft(steps, cursor))],
  );
  const heights = values.map((value) => toPixel(y, value ?? y.from));
  const labels = spreadLabels(heights, 14, box.top + 5, box.top + box.height - 5);
  values.forEach((value, i) => {
    if (value === undefined) return;
    const category = lines[i]!.category ?? i;
    surface.dots([at], [heights[i]!], { radius: 3, colour: categoryColour(theme, category) });
    surface.text(at + (isRight ? -7 : 7), labels[i]!, numberText(value, Number.isInteger(value) ? 0 : 2), {
      colour: categoryInk(theme, category),
      anchor: isRight ? 'end' : 'start',
      centred: true,
      bold: true,
    });
  });
}
