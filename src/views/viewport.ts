/** What part of a plane is seen, and how zooming and panning change it. Pure: gestures.ts turns events into calls. */

export interface Viewport {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

export interface Limits {
  /** All there is: no view leaves it. */
  readonly whole: Viewport;
  /** The least that may be seen across and down. */
  readonly least: { readonly x: number; readonly y: number };
}

function held(from: number, span: number, low: number, high: number): readonly [number, number] {
  const size = Math.min(span, high - low);
  const start = Math.min(Math.max(from, low), high - size);
  return [start, start + size];
}

/** The view, moved back inside and no larger than the whole. */
export function hold(view: Viewport, { whole, least }: Limits): Viewport {
  const [x0, x1] = held(view.x0, Math.max(least.x, view.x1 - view.x0), whole.x0, whole.x1);
  const [y0, y1] = held(view.y0, Math.max(least.y, view.y1 - view.y0), whole.y0, whole.y1);
  return { x0, x1, y0, y1 };
}

export interface Zoom {
  /** What spans are multiplied with: below 1 zooms in. */
  readonly x: number;
  readonly y: number;
  /** The point that stays where it is, as parts of the view from the top left. */
  readonly atX: number;
  readonly atY: number;
}

export function zoom(view: Viewport, { x, y, atX, atY }: Zoom, limits: Limits): Viewport {
  const { whole, least } = limits;
  const across = Math.min(Math.max((view.x1 - view.x0) * x, least.x), whole.x1 - whole.x0);
  const down = Math.min(Math.max((view.y1 - view.y0) * y, least.y), whole.y1 - whole.y0);
  const x0 = view.x0 + (view.x1 - view.x0) * atX - across * atX;
  const y0 = view.y0 + (view.y1 - view.y0) * atY - down * atY;
  return hold({ x0, x1: x0 + across, y0, y1: y0 + down }, limits);
}

/** Moves the view by parts of itself. */
export function pan(view: Viewport, byX: number, byY: number, limits: Limits): Viewport {
  const dx = (view.x1 - view.x0) * byX;
  const dy = (view.y1 - view.y0) * byY;
  return hold({ x0: view.x0 + dx, x1: view.x1 + dx, y0: view.y0 + dy, y1: view.y1 + dy }, limits);
}
