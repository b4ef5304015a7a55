/** A view of src/views as a component: a canvas that follows its size, its data and the theme. */
import { useEffect, useRef } from 'preact/hooks';
import { Figure } from '../views/figure.js';
import type { Surface } from '../views/surface.js';
import { DARK, LIGHT, type Theme } from '../views/theme.js';
import type { ThemeName } from './panel.js';

/** The views' themes on the cards of the page. */
const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: LIGHT,
  dark: { ...DARK, ground: '#171c21', faint: '#2a3138' },
};

export const viewTheme = (name: ThemeName): Theme => THEMES[name];

export function View(props: {
  /** What the figure shows, for those who cannot see it. */
  readonly label: string;
  /** CSS pixels. */
  readonly height: number;
  readonly theme: ThemeName;
  readonly paint: (surface: Surface, theme: Theme) => void;
}) {
  const { label, height, theme, paint } = props;
  const host = useRef<HTMLDivElement>(null);
  const figure = useRef<Figure | null>(null);
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    const made = new Figure(host.current!, {
      height,
      theme: viewTheme(theme),
      label,
      paint: (surface, colours) => latest.current(surface, colours),
    });
    figure.current = made;
    return () => made.dispose();
    // what changes later is given to the figure below
  }, []);
  useEffect(() => {
    const { current } = figure;
    if (current === null) return;
    if (current.height !== height) current.height = height;
    current.theme = viewTheme(theme);
    current.canvas.setAttribute('aria-label', label);
    current.redraw();
  });
  return <div ref={host} />;
}
