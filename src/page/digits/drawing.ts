/** A drawing as a list of strokes, and what hands do to it. Pure; the address holds it in thousandths of the pad. */
import type { Stroke } from './ink.js';

export type Drawing = readonly Stroke[];

/** Points closer than this to the one before are left out: parts of the pad. */
const NEAR = 0.006;

/** What a shared link may hold. */
const MAX_POINTS = 4000;
const UNIT = 1000;

const inside = (value: number): number => Math.min(1, Math.max(0, value));

export const begun = (drawing: Drawing, x: number, y: number): Drawing => [
  ...drawing,
  [inside(x), inside(y)],
];

/** The last stroke led on to a point. */
export function extended(drawing: Drawing, x: number, y: number): Drawing {
  const stroke = drawing.at(-1);
  if (stroke === undefined) return begun(drawing, x, y);
  const [toX, toY] = [inside(x), inside(y)];
  if (Math.hypot(toX - stroke.at(-2)!, toY - stroke.at(-1)!) < NEAR) return drawing;
  return [...drawing.slice(0, -1), [...stroke, toX, toY]];
}

/** Whether a drawing goes on from another, or is one of its own: it has the same first point. */
export function goesOn(drawing: Drawing, from: Drawing): boolean {
  const [first, before] = [drawing[0], from[0]];
  return first !== undefined && before !== undefined && first[0] === before[0] && first[1] === before[1];
}

/** For a link; undefined for an empty drawing. */
export function sharedOf(drawing: Drawing): unknown {
  if (drawing.length === 0) return undefined;
  return { strokes: drawing.map((stroke) => stroke.map((value) => Math.round(value * UNIT))) };
}

/** Reads what `sharedOf` wrote; null for anything else. */
export function drawingOf(shared: unknown): Drawing | null {
  const strokes = (shared as { readonly strokes?: unknown } | null)?.strokes;
  if (!Array.isArray(strokes)) return null;
  let points = 0;
  for (const stroke of strokes) {
    if (!Array.isArray(stroke) || stroke.length < 2 || stroke.length % 2 !== 0) return null;
    if (!stroke.every((value) => Number.isInteger(value) && value >= 0 && value <= UNIT)) return null;
    points += stroke.length / 2;
  }
  if (points > MAX_POINTS) return null;
  return strokes.map((stroke: number[]) => stroke.map((value) => value / UNIT));
}
