/** Traces of several neurons one above the other, where one plot of all would be a tangle. */
import { PartSurface } from './part-surface.js';
import type { Surface } from './surface.js';
import { drawTraces, type TracesData, type TracesOptions, traceRange } from './traces.js';

const LANE = 92;
/** Time below the last. */
const FOOT = 30;

export const lanesHeight = ({ lines }: TracesData): number => Math.max(1, lines.length) * LANE + FOOT;

/** The label of a line stands where one plot has its quantity. */
export function drawTraceLanes(surface: Surface, data: TracesData, options: TracesOptions): void {
  const { lines, threshold } = data;
  const range = options.range ?? traceRange(data);
  const each = (surface.height - FOOT) / Math.max(1, lines.length);
  lines.forEach((line, i) => {
    const isLast = i === lines.length - 1;
    const part = new PartSurface(surface, { top: i * each, height: each + (isLast ? FOOT : 0) });
    const lane: TracesData = {
      quantity: line.label,
      lines: [{ ...line, category: line.category ?? i }],
      ...(threshold === undefined ? {} : { threshold }),
    };
    drawTraces(part, lane, { ...options, range, showsTime: isLast });
  });
}
