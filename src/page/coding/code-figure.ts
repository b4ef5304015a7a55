/** A signal over time; and, on the same time axis, what a code made of it: the decoded values above the spikes. */
import { drawYAxis } from '../../views/axes.js';
import { type Scale, toPixel } from '../../views/scale.js';
import type { Box, Surface } from '../../views/surface.js';
import { categoryColour, type Theme } from '../../views/theme.js';
import { drawTimeAxis } from '../../views/time-axis.js';
import { DT, DURATION } from './course.js';
import type { Outcome } from './transmit.js';

const LEFT = 34;
const RIGHT = 4;
const TOP = 8;
const BOTTOM = 36;
const AXIS = 22;
const GAP = 8;
const PLOT = 92;
const SIGNAL_PLOT = 130;

/** Room of a neuron's spikes: a single one has more. */
const rowHeight = (neurons: number): number => (neurons === 1 ? 16 : neurons === 2 ? 11 : 6);

export const SIGNAL_HEIGHT = TOP + SIGNAL_PLOT + BOTTOM;
export const codeHeight = (neurons: number): number => TOP + PLOT + GAP + neurons * rowHeight(neurons) + AXIS;

const timeScale = (width: number): Scale => ({
  from: 0,
  to: DURATION,
  start: LEFT,
  end: width - RIGHT,
});

/** Where the signal is drawn; what a hand does there is part of the drawing. */
export const signalBox = (width: number): Box => ({
  left: LEFT,
  top: TOP,
  width: width - LEFT - RIGHT,
  height: SIGNAL_PLOT,
});

const valueScale = ({ top, height }: Box): Scale => ({ from: 0, to: 1, start: top + height, end: top });

const VALUE_TICKS = { values: [0, 0.5, 1], texts: ['0', '0.5', '1'] };
const TIME = { dt: DT, unit: 'ms' } as const;

function drawLine(
  surface: Surface,
  values: Float64Array,
  window: number,
  { x, y, colour, width }: { x: Scale; y: Scale; colour: string; width: number },
): void {
  const isHeld = window > 1;
  const count = isHeld ? 2 * values.length : values.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  values.forEach((value, k) => {
    const at = isHeld ? 2 * k : k;
    xs[at] = toPixel(x, k * window);
    ys[at] = toPixel(y, value);
    if (!isHeld) return;
    xs[at + 1] = toPixel(x, (k + 1) * window);
    ys[at + 1] = ys[at]!;
  });
  surface.line(xs, ys, { colour, width });
}

export function drawSignal(
  surface: Surface,
  values: Float64Array,
  { theme, cursor = null }: { readonly theme: Theme; readonly cursor?: { x: number; y: number } | null },
): void {
  const box = signalBox(surface.width);
  const [x, y] = [timeScale(surface.width), valueScale(box)];
  drawYAxis(surface, box, y, { theme, ticks: VALUE_TICKS, grid: true });
  drawTimeAxis(surface, box, x, { theme, axis: TIME, showsTimeLabel: true });
  drawLine(surface, values, 1, { x, y, colour: theme.ink, width: 1.8 });
  if (cursor === null) return;
  const [atX, atY] = [box.left + cursor.x * box.width, toPixel(y, cursor.y)];
  surface.rule(atX, box.top, atX, box.top + box.height, { colour: theme.accent, dash: [3, 3] });
  surface.dots([atX], [atY], { radius: 5, colour: theme.accent });
}

export function drawCode(
  surface: Surface,
  {
    values,
    outcome,
    category,
  }: { readonly values: Float64Array; readonly outcome: Outcome; readonly category: number },
  { theme }: { readonly theme: Theme },
): void {
  const { neurons, window, decoded, steps, ids } = outcome;
  const box: Box = { left: LEFT, top: TOP, width: surface.width - LEFT - RIGHT, height: PLOT };
  const [x, y] = [timeScale(surface.width), valueScale(box)];
  const colour = categoryColour(theme, category);
  drawYAxis(surface, box, y, { theme, ticks: VALUE_TICKS, grid: true });
  drawLine(surface, values, 1, { x, y, colour: theme.line, width: 1.2 });
  drawLine(surface, decoded, window, { x, y, colour, width: 1.8 });

  const row = rowHeight(neurons);
  const top = box.top + box.height + GAP;
  const raster: Box = { ...box, top, height: neurons * row };
  surface.rect(raster, { fill: { colour: theme.faint, opacity: 0.45 } });
  const xs = Float64Array.from(steps, (step) => toPixel(x, step - 0.5));
  const isChange = outcome.name === 'change';
  // at the top is the neuron of the greatest value, or the one for upwards
  const line = (id: number): number => top + ((isChange ? id : neurons - 1 - id) + 0.5) * row;
  const ys = Float64Array.from(ids, line);
  const across = Math.max(1, Math.min(2, box.width / DURATION));
  surface.marks(xs, ys, { width: across, height: row - (neurons > 2 ? 1 : 3), colour });
  drawTimeAxis(surface, raster, x, { theme, axis: TIME, showsTimeLabel: false });
  if (isChange)
    ['+', '−'].forEach((sign, id) => {
      surface.text(LEFT - 8, line(id), sign, { colour: theme.muted, anchor: 'end', centred: true });
    });
}
