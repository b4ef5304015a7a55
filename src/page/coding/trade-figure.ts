/** What codes buy and cost: error against energy, a named dot for each. Less is better on both axes. */

import { siText } from '../../energy/si-prefix.js';
import { bottomMargin, drawXAxis, drawYAxis, spreadLabels } from '../../views/axes.js';
import { niceRange, type Scale, ticks, toPixel } from '../../views/scale.js';
import { type Box, type Surface, textWidth } from '../../views/surface.js';
import { categoryColour, categoryInk, type Theme } from '../../views/theme.js';
import type { Outcome } from './transmit.js';

export const TRADE_HEIGHT = 250;

const LEFT = 56;
const TOP = 12;
const RIGHT = 12;

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
  const heights = outcomes.map(({ heldRms }) => toPixel(y, heldRms));
  const labels = spreadLabels(heights, 13, box.top + 6, box.top + box.height - 6);
  outcomes.forEach((_, i) => {
    const at = toPixel(x, logs[i]!);
    surface.dots([at], [heights[i]!], { radius: 5, colour: categoryColour(theme, i) });
    const isRight = at + 10 + textWidth(titles[i]!) > surface.width - RIGHT;
    surface.text(at + (isRight ? -10 : 10), labels[i]!, titles[i]!, {
      colour: categoryInk(theme, i),
      anchor: isRight ? 'end' : 'start',
      centred: true,
      bold: true,
    });
  });
}
