/**
 * Zoom and pan by wheel, drag, pinch and keys. The wheel zooms with Ctrl or Command, or once the figure has the
 * focus (a click gives it); else it scrolls the page, as a reader expects. Shift turns a zoom from time to rows.
 * One finger up or down scrolls the page, across it pans; what is under two fingers stays under them.
 */

export interface GestureTarget {
  /** Spans times `x` and `y`; the point that stays is given as parts of the plot. */
  zoom(x: number, y: number, atX: number, atY: number): void;
  /** By parts of the plot. */
  pan(byX: number, byY: number): void;
  reset(): void;
  /** Pointer over the plot in CSS pixels of the element, or null when it left. */
  hover(point: { readonly x: number; readonly y: number } | null): void;
  /** The plot within the element, CSS pixels. */
  plot(): { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const STEP = 0.8;
const PAN_STEP = 0.1;
/** A finger that moved less, or more down than across, may yet scroll the page: the browser then cancels it. */
const SLOP = 10;
/** Nearer fingers do not zoom along that axis. */
const LEAST_SPREAD = 24;

interface Pointer {
  readonly x: number;
  readonly y: number;
  /** Whether it is known to be for the figure. */
  readonly isOurs: boolean;
}

const isAcross = (from: Pointer, { x, y }: { readonly x: number; readonly y: number }): boolean =>
  Math.abs(x - from.x) >= Math.max(SLOP, Math.abs(y - from.y));

/** What a span is multiplied with, so that points once `before` apart are `now` apart. */
const ratio = (before: number, now: number): number =>
  Math.max(LEAST_SPREAD, Math.abs(before)) / Math.max(LEAST_SPREAD, Math.abs(now));

/** Calls the target until the returned function is called. The element needs a tabindex. */
export function listen(element: HTMLElement, target: GestureTarget): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  const pointers = new Map<number, Pointer>();
  element.style.touchAction = 'pan-y';

  const within = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const parts = ({ x, y }: { x: number; y: number }): [number, number] => {
    const { left, top, width, height } = target.plot();
    const part = (value: number): number => Math.min(1, Math.max(0, value));
    return [part((x - left) / width), part((y - top) / height)];
  };

  element.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const [atX, atY] = parts(within(event));
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (sideways && !event.shiftKey) {
        target.pan(event.deltaX / target.plot().width, 0);
        return;
      }
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
      const factor = 1.002 ** (unit * (event.deltaY || event.deltaX));
      target.zoom(event.shiftKey ? 1 : factor, event.shiftKey ? factor : 1, atX, atY);
    },
    { signal, passive: false },
  );

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      for (const [id, pointer] of pointers) pointers.set(id, { ...pointer, isOurs: true });
      const isOurs = event.pointerType === 'mouse' || pointers.size > 0;
      pointers.set(event.pointerId, { ...within(event), isOurs });
      element.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const now = within(event);
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        target.hover(now);
        return;
      }
      if (!before.isOurs && !isAcross(before, now)) return;
      const { width, height } = target.plot();
      const [byX, byY] = [(before.x - now.x) / width, (before.y - now.y) / height];
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      if (other === undefined) {
        element.style.cursor = 'grabbing';
        target.pan(byX, byY);
      } else {
        const [atX, atY] = parts({ x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 });
        target.zoom(
          ratio(before.x - other.x, now.x - other.x),
          ratio(before.y - other.y, now.y - other.y),
          atX,
          atY,
        );
        // their middle has moved by half
        target.pan(byX / 2, byY / 2);
      }
      pointers.set(event.pointerId, { ...now, isOurs: true });
    },
    { signal },
  );
  const release = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    element.style.cursor = '';
  };
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('pointercancel', release, { signal });
  element.addEventListener('pointerleave', () => target.hover(null), { signal });
  element.addEventListener('dblclick', () => target.reset(), { signal });

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => target.pan(-PAN_STEP, 0),
    ArrowRight: () => target.pan(PAN_STEP, 0),
    ArrowUp: () => target.pan(0, -PAN_STEP),
    ArrowDown: () => target.pan(0, PAN_STEP),
    PageUp: () => target.pan(-1, 0),
    PageDown: () => target.pan(1, 0),
    '+': () => target.zoom(STEP, 1, 0.5, 0.5),
    '=': () => target.zoom(STEP, 1, 0.5, 0.5),
    '-': () => target.zoom(1 / STEP, 1, 0.5, 0.5),
    '*': () => target.zoom(1, STEP, 0.5, 0.5),
    _: () => target.zoom(1, 1 / STEP, 0.5, 0.5),
    '0': () => target.reset(),
    Home: () => target.reset(),
  };
  element.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
  return () => ends.abort();
}
