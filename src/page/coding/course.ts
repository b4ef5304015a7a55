/** The signal of the panel: one channel, values 0..1, at every step of the chip. A step is a millisecond here. */

/** Steps 1..DURATION. Divisible by all windows that may be chosen. */
export const DURATION = 1280;
/** Milliseconds a step. */
export const DT = 1;
/** Values that a drawing or a sound has, evenly over the time. */
export const POINTS = 64;

export type Course =
  | { readonly kind: 'sine'; readonly periods: number; readonly swing: number }
  | { readonly kind: 'step'; readonly swing: number }
  /** By hand, or the loudness of a sound. 0..1 each. */
  | { readonly kind: 'points'; readonly by: 'hand' | 'sound'; readonly points: readonly number[] };

/** Part of the time at which the step comes: within a window, as most steps in the world do. */
const STEP_AT = 0.39;

/** DURATION values: of step `t` at `t - 1`. */
export function valuesOf(course: Course): Float64Array {
  switch (course.kind) {
    case 'sine':
      return Float64Array.from(
        { length: DURATION },
        (_, t) => 0.5 + (course.swing / 2) * Math.sin((2 * Math.PI * course.periods * t) / DURATION),
      );
    case 'step':
      return Float64Array.from(
        { length: DURATION },
        (_, t) => 0.5 + (course.swing / 2) * (t < STEP_AT * DURATION ? -1 : 1),
      );
    case 'points':
      return Float64Array.from({ length: DURATION }, (_, t) => between(course.points, t));
  }
}

/** Straight lines between points in the middle of their parts. */
function between(points: readonly number[], t: number): number {
  const at = (t + 0.5) / (DURATION / POINTS) - 0.5;
  const before = Math.floor(at);
  const point = (i: number): number => points[Math.min(POINTS - 1, Math.max(0, i))]!;
  return point(before) + (at - before) * (point(before + 1) - point(before));
}

/** The points that come closest to a signal: where a drawing begins from. */
export const pointsOf = (values: Float64Array): readonly number[] =>
  Array.from({ length: POINTS }, (_, i) => values[Math.floor(((i + 0.5) * DURATION) / POINTS)]!);

export interface Dot {
  /** Part of the time, 0..1. */
  readonly x: number;
  /** Value, 0..1. */
  readonly y: number;
}

/** Points after a hand has moved from one place to another: those between follow a straight line. */
export function drawnOver(points: readonly number[], from: Dot, to: Dot): readonly number[] {
  const index = (x: number): number => Math.min(POINTS - 1, Math.max(0, Math.floor(x * POINTS)));
  const [first, last] = from.x <= to.x ? [from, to] : [to, from];
  const next = [...points];
  for (let i = index(first.x); i <= index(last.x); i++) {
    const x = Math.min(last.x, Math.max(first.x, (i + 0.5) / POINTS));
    const part = last.x === first.x ? (from.x <= to.x ? 1 : 0) : (x - first.x) / (last.x - first.x);
    next[i] = Math.min(1, Math.max(0, first.y + part * (last.y - first.y)));
  }
  return next;
}
