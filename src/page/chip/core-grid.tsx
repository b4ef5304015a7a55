/** All compartments of a core as a grid of cells: how close each is to its threshold. A click picks one. */
import { useEffect, useRef } from 'preact/hooks';
import { viridis } from '../../views/colour-map.js';
import { Figure } from '../../views/figure.js';
import type { Theme } from '../../views/theme.js';
import type { CoreView } from './calls.js';

const CELL = 14;
const LEAST_CELL = 5;
const MOST_HEIGHT = 220;

/** Cells across and their side for a width. */
function gridOf(
  n: number,
  width: number,
): { readonly across: number; readonly side: number; readonly height: number } {
  for (let side = CELL; ; side--) {
    const across = Math.max(1, Math.floor(width / side));
    const height = Math.ceil(n / across) * side;
    if (height <= MOST_HEIGHT || side <= LEAST_CELL) return { across, side, height: Math.max(side, height) };
  }
}

export function CoreGrid(props: {
  readonly view: CoreView;
  readonly theme: Theme;
  readonly selected: number | null;
  readonly onPick: (compartment: number) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const figure = useRef<Figure | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const made = new Figure(host.current!, {
      height: CELL,
      theme: props.theme,
      label: 'Membrane voltage of every compartment of the core, as a part of its threshold',
      paint: (surface, theme) => {
        const { view, selected } = latest.current;
        const { across, side, height } = gridOf(view.v.length, surface.width);
        if (height !== surface.height) {
          made.height = height;
          return;
        }
        view.v.forEach((v, i) => {
          const part = Math.max(0, v / Math.max(1, view.threshold[i]!));
          const [left, top] = [(i % across) * side, Math.floor(i / across) * side];
          surface.rect({ left, top, width: side - 1, height: side - 1 }, { fill: { colour: viridis(part) } });
          if (i === selected)
            surface.rect(
              { left: left + 0.5, top: top + 0.5, width: side - 2, height: side - 2 },
              { stroke: { colour: theme.categories[1]!, width: 2 } },
            );
        });
      },
    });
    figure.current = made;
    made.canvas.addEventListener('click', (event) => {
      const { left, top, width } = made.canvas.getBoundingClientRect();
      const { view, onPick } = latest.current;
      const { across, side } = gridOf(view.v.length, width);
      const i = Math.floor((event.clientY - top) / side) * across + Math.floor((event.clientX - left) / side);
      if (i < view.v.length) onPick(i);
    });
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (figure.current === null) return;
    figure.current.theme = props.theme;
    figure.current.redraw();
  });
  return <div ref={host} class="core-grid" />;
}
