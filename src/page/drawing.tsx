/** A card with a drawing of the views in it, drawn again when what it shows changes. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Figure } from '../views/figure.js';
import type { Surface } from '../views/surface.js';
import type { Theme } from '../views/theme.js';

export interface DrawingProps {
  readonly label: string;
  readonly height: number;
  readonly theme: Theme;
  readonly paint: (surface: Surface, theme: Theme) => void;
  /** A pointer pressed or dragged there, CSS pixels from the left edge. */
  readonly onPick?: (surface: Surface, x: number) => void;
}

export function Drawing({ label, height, theme, paint, onPick }: DrawingProps) {
  const host = useRef<HTMLDivElement>(null);
  const figure = useRef<Figure | null>(null);
  const latest = useRef({ paint, onPick });
  latest.current = { paint, onPick };
  useLayoutEffect(() => {
    let surface: Surface | null = null;
    const made = new Figure(host.current!, {
      height,
      theme,
      label,
      paint: (target, current) => {
        surface = target;
        latest.current.paint(target, current);
      },
    });
    figure.current = made;
    const { canvas } = made;
    const pick = (event: PointerEvent): void => {
      if (surface === null || event.buttons === 0) return;
      latest.current.onPick?.(surface, event.clientX - canvas.getBoundingClientRect().left);
    };
    canvas.addEventListener('pointerdown', pick);
    canvas.addEventListener('pointermove', pick);
    return () => made.dispose();
  }, [height, label]);
  useEffect(() => {
    if (figure.current === null) return;
    figure.current.theme = theme;
    figure.current.redraw();
  });
  return <div ref={host} class={onPick === undefined ? 'drawing' : 'drawing pick'} />;
}
