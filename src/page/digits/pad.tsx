/** The pad: ink under a mouse, a finger or a pen; by keys, a pen that is moved and put down. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Theme } from '../../views/theme.js';
import { begun, type Drawing, extended } from './drawing.js';

/** Parts of the pad. */
const PEN_WIDTH = 0.075;
const KEY_STEP = 1 / 28;

const MOVES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The pen of the keyboard. */
interface Pen {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
}

export interface PadProps {
  readonly drawing: Drawing;
  readonly theme: Theme;
  readonly onDraw: (drawing: Drawing) => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
  readonly onSample: (digit: number) => void;
}

export function Pad({ drawing, theme, onDraw, onUndo, onClear, onSample }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(drawing);
  latest.current = drawing;
  const [pen, setPen] = useState<Pen | null>(null);
  const pointer = useRef<number | null>(null);
  const [side, setSide] = useState(0);

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setSide(entry!.contentRect.width));
    observer.observe(canvas.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const { current } = canvas;
    if (current !== null && side > 0) paintPad(current, { drawing, pen, theme, side });
  }, [drawing, pen, theme, side]);

  const change = (next: Drawing): void => {
    if (next === latest.current) return;
    latest.current = next; // several points may come before the next render
    onDraw(next);
  };
  const placeOf = (event: PointerEvent): readonly [x: number, y: number] => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || pointer.current !== null) return;
    pointer.current = event.pointerId;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setPen(null);
    change(begun(latest.current, ...placeOf(event)));
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    let next = latest.current;
    // a fast hand makes several points a frame
    const all = event.getCoalescedEvents();
    for (const one of all.length > 0 ? all : [event]) next = extended(next, ...placeOf(one));
    change(next);
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.pointerId === pointer.current) pointer.current = null;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event;
    const isUndo = key === 'Backspace' || (key === 'z' && (event.ctrlKey || event.metaKey));
    const now = pen ?? { x: 0.5, y: 0.25, isDown: false };
    const move = MOVES[key];
    if (isUndo) {
      setPen({ ...now, isDown: false });
      onUndo();
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (move !== undefined) {
      const step = KEY_STEP * (shiftKey ? 3 : 1);
      const to = (value: number, by: number): number => Math.min(1, Math.max(0, value + by * step));
      const next = { ...now, x: to(now.x, move[0]), y: to(now.y, move[1]) };
      setPen(next);
      if (now.isDown) change(extended(latest.current, next.x, next.y));
    } else if (key === ' ') {
      setPen({ ...now, isDown: !now.isDown });
      if (!now.isDown) change(begun(latest.current, now.x, now.y));
    } else if (key === 'Delete') {
      setPen({ ...now, isDown: false });
      onClear();
    } else if (/^\d$/.test(key)) {
      setPen(null);
      onSample(Number(key));
    } else return;
    event.preventDefault();
  };

  return (
    <div class="pad">
      <div
        class="pad-sheet"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw here
        tabIndex={0}
        aria-label="Drawing pad"
        aria-describedby="pad-keys"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onKeyDown={onKeyDown}
        onBlur={() => setPen(null)}
      >
        <canvas ref={canvas} />
      </div>
      {drawing.length === 0 && pen === null && <p class="pad-hint">Draw a digit</p>}
      <p id="pad-keys" class="pad-keys">
        <kbd>Arrows</kbd> move the pen, <kbd>Space</kbd> puts it down and lifts it, <kbd>Backspace</kbd>{' '}
        undoes, <kbd>0</kbd>–<kbd>9</kbd> load a sample.
      </p>
    </div>
  );
}

function paintPad(
  canvas: HTMLCanvasElement,
  {
    drawing,
    pen,
    theme,
    side,
  }: {
    readonly drawing: Drawing;
    readonly pen: Pen | null;
    readonly theme: Theme;
    readonly side: number;
  },
): void {
  const density = globalThis.devicePixelRatio || 1;
  const pixels = Math.round(side * density);
  if (canvas.width !== pixels) {
    canvas.width = pixels;
    canvas.height = pixels;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  context.clearRect(0, 0, 1, 1);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = PEN_WIDTH;
  context.strokeStyle = theme.ink;
  for (const stroke of drawing) {
    context.beginPath();
    context.moveTo(stroke[0]!, stroke[1]!);
    for (let i = 0; i < stroke.length; i += 2) context.lineTo(stroke[i]!, stroke[i + 1]!);
    context.stroke();
  }
  if (pen === null) return;
  context.beginPath();
  context.arc(pen.x, pen.y, PEN_WIDTH / 2, 0, 2 * Math.PI);
  context.lineWidth = 2 / side;
  context.strokeStyle = theme.accent;
  context.fillStyle = theme.accent;
  if (pen.isDown) context.fill();
  else context.stroke();
}
