/**
 * A figure in a page with time across, that zooms and pans and shares its stretch of time with others: rates,
 * traces, costs. A cursor follows the pointer.
 */
import type { Align } from './axes.js';
import { Figure } from './figure.js';
import type { Box, Surface } from './surface.js';
import type { Theme } from './theme.js';
import type { TimeAxis, TimeRange } from './time-axis.js';
import { type Limits, pan, type Viewport, zoom } from './viewport.js';

export interface TimeLook {
  readonly theme: Theme;
  readonly axis: TimeAxis;
  readonly range: TimeRange;
  /** Step under the pointer. */
  readonly cursor: number | null;
  readonly align: Align;
}

export interface TimeFigureOptions {
  readonly height: number;
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** All there is, in steps. */
  readonly whole: TimeRange;
  readonly label: string;
  /** Margins at a width of the figure. */
  readonly align: (width: number) => Align;
  readonly draw: (surface: Surface, look: TimeLook) => void;
  /** Told of the steps shown, when gestures change them. */
  readonly onRange?: (range: TimeRange) => void;
}

const LEAST_STEPS = 10;
const FLAT = { y0: 0, y1: 1 };

export class TimeFigure {
  readonly figure: Figure;
  readonly #options: TimeFigureOptions;
  readonly #limits: Limits;
  #axis: TimeAxis;
  #range: TimeRange;
  #cursor: number | null = null;

  constructor(host: HTMLElement, options: TimeFigureOptions) {
    const { height, theme, axis, whole, label, align, draw } = options;
    this.#options = options;
    this.#axis = axis;
    this.#limits = { whole: { x0: whole.from, x1: whole.to, ...FLAT }, least: { x: LEAST_STEPS, y: 1 } };
    this.#range = whole;
    this.figure = new Figure(host, {
      height,
      theme,
      label: `${label}. Arrow keys move in time, plus and minus zoom, 0 shows all.`,
      paint: (surface, current) =>
        draw(surface, {
          theme: current,
          axis: this.#axis,
          range: this.#range,
          cursor: this.#cursor,
          align: align(surface.width),
        }),
      gestures: {
        zoom: (x, _, atX) => this.#move(zoom(this.#view, { x, y: 1, atX, atY: 0 }, this.#limits)),
        pan: (byX) => this.#move(pan(this.#view, byX, 0, this.#limits)),
        reset: () => this.#move(this.#limits.whole),
        hover: (point) => {
          this.#cursor = point === null ? null : this.#stepAt(point.x);
          this.figure.redraw();
        },
        plot: () => this.#box(),
      },
    });
  }

  /** Steps shown. */
  get range(): TimeRange {
    return this.#range;
  }
  set range(range: TimeRange) {
    this.#range = range;
    this.figure.redraw();
  }

  set axis(axis: TimeAxis) {
    this.#axis = axis;
    this.figure.redraw();
  }

  dispose(): void {
    this.figure.dispose();
  }

  get #view(): Viewport {
    return { x0: this.#range.from, x1: this.#range.to, ...FLAT };
  }

  #move({ x0, x1 }: Viewport): void {
    this.range = { from: x0, to: x1 };
    this.#options.onRange?.(this.#range);
  }

  #box(): Box {
    const width = this.figure.canvas.clientWidth;
    const { left, right } = this.#options.align(width);
    return { left, top: 0, width: Math.max(1, width - left - right), height: this.#options.height };
  }

  #stepAt(x: number): number {
    const { left, width } = this.#box();
    const part = Math.min(1, Math.max(0, (x - left) / width));
    return Math.round(this.#range.from + part * (this.#range.to - this.#range.from));
  }
}
