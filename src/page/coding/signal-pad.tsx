/** The signal, which a hand or keys may draw over. */
import { useRef, useState } from 'preact/hooks';
import type { Theme } from '../../views/theme.js';
import { Drawing } from '../drawing.js';
import { drawSignal, SIGNAL_HEIGHT, signalBox } from './code-figure.js';
import { type Dot, drawnOver, POINTS, pointsOf } from './course.js';

const KEY_STEP = 0.05;

export function SignalPad(props: {
  readonly values: Float64Array;
  readonly theme: Theme;
  readonly onDraw: (points: readonly number[]) => void;
}) {
  const { values, theme, onDraw } = props;
  const host = useRef<HTMLDivElement>(null);
  const last = useRef<Dot | null>(null);
  const points = useRef<readonly number[]>([]);
  /** The point that keys change; null while they do not. */
  const [chosen, setChosen] = useState<number | null>(null);

  const dotOf = (event: PointerEvent): Dot => {
    const { left, top, width } = host.current!.getBoundingClientRect();
    const box = signalBox(width);
    return {
      x: Math.min(1, Math.max(0, (event.clientX - left - box.left) / box.width)),
      y: Math.min(1, Math.max(0, 1 - (event.clientY - top - box.top) / box.height)),
    };
  };
  const draw = (to: Dot): void => {
    points.current = drawnOver(points.current, last.current ?? to, to);
    last.current = to;
    onDraw(points.current);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    host.current!.setPointerCapture(event.pointerId);
    setChosen(null);
    points.current = pointsOf(values);
    draw(dotOf(event));
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (last.current === null || !event.isPrimary) return;
    const all = event.getCoalescedEvents();
    for (const one of all.length > 0 ? all : [event]) draw(dotOf(one));
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.isPrimary) last.current = null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const now = chosen ?? Math.floor(POINTS / 2);
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (across !== undefined)
      setChosen(Math.min(POINTS - 1, Math.max(0, now + across * (event.shiftKey ? 8 : 1))));
    else if (up !== undefined) {
      const next = [...pointsOf(values)];
      next[now] = Math.min(1, Math.max(0, next[now]! + up * KEY_STEP));
      setChosen(now);
      onDraw(next);
    } else return;
    event.preventDefault();
  };
  const cursor = chosen === null ? null : { x: (chosen + 0.5) / POINTS, y: pointsOf(values)[chosen]! };

  return (
    <div
      ref={host}
      class="signal-pad"
      role="application"
      aria-label="Signal"
      aria-describedby="signal-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw here
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
      onBlur={() => setChosen(null)}
    >
      <Drawing
        label="The signal over time"
        height={SIGNAL_HEIGHT}
        theme={theme}
        paint={(surface, colours) => drawSignal(surface, values, { theme: colours, cursor })}
      />
      <p id="signal-keys" class="visually-hidden">
        Draw with the pointer. Arrow keys left and right choose a point, up and down move it.
      </p>
    </div>
  );
}
