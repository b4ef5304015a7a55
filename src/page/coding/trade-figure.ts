/** What codes buy and cost: error against energy, a named dot for each. Less is better on both axes. */

import { siText } from '../../energy/si-prefix.js';
import { bottomMargin, drawXAxis, drawYAxis } from '../../views/axes.js';
import { niceRange, type Scale, ticks, toPixel } from '../../views/scale.js';
import { type Box, type Surface, textWidth } from '../../views/surface.js';
import { categoryColour, categoryInk, type Theme } from '../../views/theme.js';
import type { Outcome } from './transmit.js';

export const TRADE_HEIGHT = 250;

const LEFT = 56;
const TOP = 12;
const RIGHT = 12;
/** Radius of a dot, height of its label. */
const DOT = 5;
const LABEL = 13;
/** How much wider bold letters are. */
const BOLD = 1.16;

/** 1, 2 and 5 times powers of ten between two numbers. */
function logTicks(from: number, to: number, factors: readonly number[]) {
  const values: number[] = [];
  for (let power = Math.floor(from); power <= to; power++)
    for (const factor of factors) {
      const at = power + Math.log10(factor);
      if (at >= from - 1e-9 && at <= to + 1e-9) values.push(at);
    }
  return {
    values,
    texts: values.map((at) => siText(Number((10 ** at).toPrecision(3)), 'J').replace(/\.?0+ /, ' ')),
  };
}

export function drawTrade(
  surface: Surface,
  outcomes: readonly Outcome[],
  { theme, titles }: { readonly theme: Theme; readonly titles: readonly string[] },
): void {
  const box: Box = {
    left: LEFT,
    top: TOP,
    width: surface.width - LEFT - RIGHT,
    height: surface.height - TOP - bottomMargin(true),
  };
  const logs = outcomes.map(({ joules }) => Math.log10(Math.max(joules, 1e-15)));
  const [from, to] = [Math.min(...logs) - 0.15, Math.max(...logs) + 0.35];
  const x: Scale = { from, to, start: box.left, end: box.left + box.width };
  const [, most] = niceRange(0, Math.max(0.01, ...outcomes.map(({ heldRms }) => heldRms)), 4);
  const y: Scale = { from: 0, to: most, start: box.top + box.height, end: box.top };
  drawYAxis(surface, box, y, { theme, ticks: ticks(0, most, 4), grid: true, label: 'rms error, every step' });
  const factors = to - from > 1.5 ? [1] : [1, 2, 5];
  drawXAxis(surface, box, x, {
    theme,
    ticks: logTicks(from, to, factors),
    grid: true,
    label: 'energy (estimate)',
  });
  const dots = outcomes.map(({ heldRms }, i) => ({ x: toPixel(x, logs[i]!), y: toPixel(y, heldRms) }));
  const taken: Box[] = dots.map((dot) => around(dot.x, dot.y, DOT + 1, DOT + 1));
  dots.forEach((dot, i) => {
    surface.dots([dot.x], [dot.y], { radius: DOT, colour: categoryColour(theme, i) });
    const label = labelPlace(dot, BOLD * textWidth(titles[i]!), taken, surface.width);
    taken.push(label);
    surface.text(label.left, label.top + label.height / 2, titles[i]!, {
      colour: categoryInk(theme, i),
      centred: true,
      bold: true,
    });
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const around = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  width: 2 * halfWidth,
  height: 2 * halfHeight,
});

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

/** Beside its dot, right if that is free, else left, above or below: where it covers least. */
function labelPlace({ x, y }: Place, width: number, taken: readonly Box[], room: number): Box {
  const half = width / 2;
  const places = [
    around(x + DOT + 5 + half, y, half, LABEL / 2),
    around(x - DOT - 5 - half, y, half, LABEL / 2),
    around(x, y - DOT - 2 - LABEL / 2, half, LABEL / 2),
    around(x, y + DOT + 2 + LABEL / 2, half, LABEL / 2),
  ];
  const covered = places.map((box) => {
    const outside = Math.max(0, LEFT - box.left) + Math.max(0, box.left + box.width - room);
    return taken.reduce((sum, other) => sum + overlap(box, other), outside * LABEL);
  });
  return places[covered.indexOf(Math.min(...covered))]!;
}
