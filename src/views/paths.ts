/** Polylines and areas by d3-shape: traced on a canvas, or the path of an SVG. NaN in `ys` interrupts them. */
import { type Area, area, type Line, line } from 'd3-shape';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Decimals of a path: a hundredth of a pixel is 3 micrometres on paper. */
const DIGITS = 2;

function made(shape: Line<number> | Area<number>, ys: ArrayLike<number>, context?: Context): string {
  shape.defined((y) => !Number.isNaN(y)).digits(DIGITS);
  // its types know neither the contexts of workers nor that a length is all it asks of a list
  return shape.context((context as CanvasRenderingContext2D) ?? null)(ys as number[]) ?? '';
}

/** On a context the path is traced there, and none given. */
export const lineThrough = (xs: ArrayLike<number>, ys: ArrayLike<number>, context?: Context): string =>
  made(
    line<number>((_, i) => xs[i]!, Number),
    ys,
    context,
  );

/** What lies between a polyline and a horizontal. */
export const areaAt = (
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  base: number,
  context?: Context,
): string =>
  made(
    area<number>((_, i) => xs[i]!, base, Number),
    ys,
    context,
  );
