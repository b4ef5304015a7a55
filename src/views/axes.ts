/** Axes: two thin lines, ticks at round numbers, labels with units. */
import { type Scale, type Ticks, toPixel } from './scale.js';
import { type Box, type Surface, textWidth } from './surface.js';
import type { Theme } from './theme.js';

const TYPE_SIZE = 11;
/** Narrower figures have names inside their plots. */
export const NARROW = 480;
const TICK = 4;
/** Between two ticks' texts, at least. */
const SPACE_X = 18;
const SPACE_Y = 22;

/** Room left of a plot for the texts of its ticks and, turned, its label. */
export const leftMargin = (texts: readonly string[], hasLabel: boolean): number =>
  Math.ceil(Math.max(12, ...texts.map((text) => textWidth(text)))) + TICK + 6 + (hasLabel ? 18 : 0);

/** Room below a plot for ticks and, unless there is none, a label. */
export const bottomMargin = (hasLabel: boolean): number => (hasLabel ? 36 : 20);

/** How many ticks there is room for. */
export const ticksAcross = (width: number, widest = '10,000'): number =>
  Math.max(1, Math.floor(width / (textWidth(widest) + SPACE_X)));
export const ticksDown = (height: number): number => Math.max(1, Math.floor(height / SPACE_Y));

/** Margins of a plot that shall line up with those above and below it; names of lines then stand over the plot. */
export interface Align {
  readonly left: number;
  readonly right: number;
}

export interface AxisOptions {
  readonly theme: Theme;
  readonly ticks: Ticks;
  readonly label?: string;
  /** Lines across the plot at the ticks. */
  readonly grid?: boolean;
}

/** Below a plot. */
export function drawXAxis(surface: Surface, box: Box, scale: Scale, options: AxisOptions): void {
  const { theme, ticks, label, grid = false } = options;
  const bottom = box.top + box.height;
  surface.rule(box.left, bottom, box.left + box.width, bottom, { colour: theme.line });
  let taken = -Infinity;
  ticks.values.forEach((value, i) => {
    const x = toPixel(scale, value);
    if (grid) surface.rule(x, box.top, x, bottom, { colour: theme.faint });
    surface.rule(x, bottom, x, bottom + TICK, { colour: theme.line });
    const text = ticks.texts[i]!;
    const half = textWidth(text) / 2;
    if (x - half < taken) return;
    taken = x + half + 4;
    // the last one may be wider than the room right of the plot
    const at = Math.min(x, surface.width - half);
    surface.text(at, bottom + TICK + 11, text, { colour: theme.muted, anchor: 'middle' });
  });
  if (label !== undefined)
    surface.text(box.left + box.width, bottom + 32, label, { colour: theme.muted, anchor: 'end' });
}

/** Left of a plot; its label stands upright beside it. */
export function drawYAxis(surface: Surface, box: Box, scale: Scale, options: AxisOptions): void {
  const { theme, ticks, label, grid = false } = options;
  ticks.values.forEach((value, i) => {
    const y = toPixel(scale, value);
    if (grid) surface.rule(box.left, y, box.left + box.width, y, { colour: theme.faint });
    surface.rule(box.left - TICK, y, box.left, y, { colour: theme.line });
    surface.text(box.left - TICK - 4, y, ticks.texts[i]!, {
      colour: theme.muted,
      anchor: 'end',
      centred: true,
    });
  });
  surface.rule(box.left, box.top, box.left, box.top + box.height, { colour: theme.line });
  if (label !== undefined)
    surface.text(TYPE_SIZE, box.top + box.height / 2, label, {
      colour: theme.muted,
      anchor: 'middle',
      turned: true,
    });
}

/** Said in the middle of a plot that has nothing to show. */
export function drawNothing(surface: Surface, { left, top, width, height }: Box, theme: Theme, why: string) {
  surface.text(left + width / 2, top + height / 2, why, {
    colour: theme.muted,
    anchor: 'middle',
    centred: true,
  });
}

/** Moves label heights apart until no two are closer than `gap`, staying within `top .. bottom` where they fit. */
export function spreadLabels(ys: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = ys.map((_, i) => i).sort((a, b) => ys[a]! - ys[b]!);
  const placed = [...ys];
  order.forEach((i, rank) => {
    const least = rank === 0 ? top : placed[order[rank - 1]!]! + gap;
    placed[i] = Math.max(ys[i]!, least);
  });
  let most = bottom;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i]!, most);
    most = placed[i]! - gap;
  }
  return placed;
}
