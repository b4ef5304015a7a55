/**
 * A raster in a page: zoom and pan over millions of spikes. Time is shared: whoever else draws this time
 * (rates, traces) follows `onRange`, and `range` makes the raster follow them.
 */
import type { Align } from './axes.js';
import { Figure } from './figure.js';
import { drawRaster, type RasterData, type RasterOptions, rasterBox, wholeRaster } from './raster.js';
import { toValue } from './scale.js';
import type { Box } from './surface.js';
import type { Theme } from './theme.js';
import { stepText, type TimeAxis, type TimeRange } from './time-axis.js';
import { hold, type Limits, pan, type Viewport, zoom } from './viewport.js';

export interface RasterViewOptions {
  readonly height: number;
  readonly theme: Theme;
  readonly axis: TimeAxis;
  readonly label: string;
  /** Told of the steps shown, when gestures change them. */
  readonly onRange?: (range: TimeRange) => void;
  /** Told what is under the pointer: `excitatory 12, step 40 (40 ms)`; null when it left. */
  readonly onHover?: (text: string | null) => void;
  readonly showsTimeLabel?: boolean;
  /** Margins at a width of the figure, to line up with other plots over time. */
  readonly align?: (width: number) => Align;
}

const LEAST_STEPS = 10;
const LEAST_ROWS = 4;

export class RasterView {
  readonly figure: Figure;
  readonly #options: RasterViewOptions;
  readonly #data: RasterData;
  readonly #limits: Limits;
  #axis: TimeAxis;
  #view: Viewport;

  constructor(host: HTMLElement, data: RasterData, options: RasterViewOptions) {
    this.#options = options;
    this.#data = data;
    this.#axis = options.axis;
    this.#view = wholeRaster(data);
    this.#limits = { whole: wholeRaster(data), least: { x: LEAST_STEPS, y: LEAST_ROWS } };
    const move = (view: Viewport): void => {
      this.#view = view;
      this.figure.redraw();
      options.onRange?.(this.range);
    };
    this.figure = new Figure(host, {
      height: options.height,
      theme: options.theme,
      label: options.label,
      paint: (surface, theme) => {
        drawRaster(surface, this.#data, {
          theme,
          axis: this.#axis,
          view: this.#view,
          ...this.#look(surface.width),
        });
      },
      gestures: {
        zoom: (x, y, atX, atY) => move(zoom(this.#view, { x, y, atX, atY }, this.#limits)),
        pan: (byX, byY) => move(pan(this.#view, byX, byY, this.#limits)),
        reset: () => move(wholeRaster(this.#data)),
        hover: (point) => options.onHover?.(point === null ? null : this.#textAt(point)),
        plot: () => this.#box(),
      },
    });
  }

  /** Steps shown. */
  get range(): TimeRange {
    return { from: this.#view.x0, to: this.#view.x1 };
  }
  set range({ from, to }: TimeRange) {
    this.#view = hold({ ...this.#view, x0: from, x1: to }, this.#limits);
    this.figure.redraw();
  }

  set axis(axis: TimeAxis) {
    this.#axis = axis;
    this.figure.redraw();
  }

  dispose(): void {
    this.figure.dispose();
  }

  #look(width: number): Pick<RasterOptions, 'showsTimeLabel' | 'align'> {
    const { showsTimeLabel = true, align } = this.#options;
    return { showsTimeLabel, ...(align === undefined ? {} : { align: align(width) }) };
  }

  #box(): Box {
    const { canvas, height } = this.figure;
    const width = canvas.clientWidth;
    return rasterBox({ width, height }, this.#data, this.#look(width));
  }

  #textAt({ x, y }: { readonly x: number; readonly y: number }): string | null {
    const box = this.#box();
    const { x0, x1, y0, y1 } = this.#view;
    const step = Math.round(toValue({ from: x0, to: x1, start: box.left, end: box.left + box.width }, x));
    const row = Math.floor(toValue({ from: y0, to: y1, start: box.top, end: box.top + box.height }, y));
    const { from, to, rowCount } = this.#data.density.field;
    const owner = this.#data.populations.find(({ first, size }) => row >= first && row < first + size);
    if (owner === undefined || step < from || step > to || row >= rowCount) return null;
    return `${owner.label} ${row - owner.first}, ${stepText(step, this.#axis)}`;
  }
}
