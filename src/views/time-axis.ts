/** Time along x: in steps of the chip, or in the network's milliseconds. Scales always hold steps. */
import { drawXAxis, ticksAcross } from './axes.js';
import { type Scale, type Ticks, ticks } from './scale.js';
import type { Box, Surface } from './surface.js';
import type { Theme } from './theme.js';

export interface TimeAxis {
  /** Milliseconds a step; 0 = not known, then steps are shown. */
  readonly dt: number;
  readonly unit: 'steps' | 'ms';
}

/** A stretch of time, in steps; ends may lie between steps. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const SECONDS_FROM = 20_000;

/** ms and more become s where numbers would be long. */
function unitOf({ from, to }: TimeRange, { dt, unit }: TimeAxis): { text: string; perStep: number } {
  if (unit === 'steps' || !(dt > 0)) return { text: 'timestep', perStep: 1 };
  const longest = Math.max(Math.abs(from), Math.abs(to)) * dt;
  return longest >= SECONDS_FROM && (to - from) * dt >= 1000
    ? { text: 'time (s)', perStep: dt / 1000 }
    : { text: 'time (ms)', perStep: dt };
}

/** Ticks with `values` in steps. */
export function timeTicks(
  range: TimeRange,
  axis: TimeAxis,
  count: number,
): Ticks & { readonly label: string } {
  const { text: label, perStep } = unitOf(range, axis);
  const isWhole = label === 'timestep';
  const { values, texts } = ticks(range.from * perStep, range.to * perStep, count, isWhole);
  return { label, values: values.map((value) => value / perStep), texts };
}

/** Below a plot whose x scale holds steps. */
export function drawTimeAxis(
  surface: Surface,
  box: Box,
  x: Scale,
  {
    theme,
    axis,
    showsTimeLabel,
  }: { readonly theme: Theme; readonly axis: TimeAxis; readonly showsTimeLabel: boolean },
): void {
  const { label, ...time } = timeTicks(x, axis, ticksAcross(box.width));
  drawXAxis(surface, box, x, { theme, ticks: time, ...(showsTimeLabel ? { label } : {}) });
}

/** `step 120 (12.0 ms)`, or the step alone. */
export function stepText(step: number, { dt }: TimeAxis): string {
  const time = dt > 0 ? ` (${Number((step * dt).toPrecision(12))} ms)` : '';
  return `step ${step}${time}`;
}
