/** Raster, rates and traces over one time axis: zoomed and panned together, with a line where the chip stands. */
import { ratesCsv, tracesCsv } from '../../views/csv.js';
import { Figure } from '../../views/figure.js';
import { drawRaster, type RasterData, rasterBox } from '../../views/raster.js';
import { drawRates } from '../../views/rates.js';
import { toPixel, toValue } from '../../views/scale.js';
import type { Surface } from '../../views/surface.js';
import { svgOf } from '../../views/svg-surface.js';
import type { Theme } from '../../views/theme.js';
import { stepText, type TimeAxis } from '../../views/time-axis.js';
import { drawTraces, type TracesData } from '../../views/traces.js';
import { hold, type Limits, pan, type Viewport, zoom } from '../../views/viewport.js';
import type { SpikeHistory } from './spike-history.js';

export interface ActivityState {
  readonly history: SpikeHistory;
  readonly axis: TimeAxis;
  /** Where the chip stands, and where its run ends. */
  readonly step: number;
  readonly end: number;
  readonly isRunning: boolean;
  /** Row of the selected neuron. */
  readonly selectedRow: number | null;
  readonly traces: TracesData | null;
}

export interface ActivityOptions {
  readonly theme: Theme;
  readonly onPick: (row: number) => void;
  readonly onHover: (text: string | null) => void;
}

export type ActivityFigure = 'raster' | 'rates' | 'traces';

const HEIGHTS: Readonly<Record<ActivityFigure, number>> = { raster: 300, rates: 132, traces: 150 };
const LEAST_STEPS = 10;
const LEAST_ROWS = 4;
const RIGHT = 12;
/** Pointers that moved less were clicks. */
const CLICK = 4;
/** Where no neuron is selected and no probe names one. */
const NO_TRACES: TracesData = { quantity: 'v', lines: [] };
/** Where the chip stands within a view that follows it. */
const FOLLOW = 0.85;

export class ActivityPlots {
  readonly #figures: Readonly<Record<ActivityFigure, Figure>>;
  #state: ActivityState | null = null;
  #view: Viewport = { x0: 0, x1: 1, y0: 0, y1: 1 };
  /** Until the first gesture all there is is shown. */
  #isWhole = true;

  constructor(
    hosts: Readonly<Record<ActivityFigure, HTMLElement>>,
    { theme, onPick, onHover }: ActivityOptions,
  ) {
    const make = (name: ActivityFigure, label: string): Figure =>
      new Figure(hosts[name], {
        height: HEIGHTS[name],
        theme,
        label,
        paint: (surface, current) => {
          if (this.#state !== null) this.#draw(name, surface, { theme: current, state: this.#state });
        },
        gestures: {
          zoom: (x, y, atX, atY) =>
            this.#move((view, limits) => zoom(view, { x, y: name === 'raster' ? y : 1, atX, atY }, limits)),
          pan: (byX, byY) =>
            this.#move((view, limits) => pan(view, byX, name === 'raster' ? byY : 0, limits)),
          reset: () => this.reset(),
          hover: (point) => onHover(point === null || name !== 'raster' ? null : this.#textAt(point)),
          plot: () => this.#box(),
        },
      });
    this.#figures = {
      raster: make('raster', 'Spikes of every neuron over time'),
      rates: make('rates', 'Mean rate of each population over time'),
      traces: make('traces', 'Membrane voltages over time'),
    };
    const { canvas } = this.#figures.raster;
    let pressed: { readonly x: number; readonly y: number } | null = null;
    canvas.addEventListener('pointerdown', ({ clientX, clientY, isPrimary }) => {
      // a finger of a pinch may come up where it went down
      pressed = isPrimary ? { x: clientX, y: clientY } : null;
    });
    canvas.addEventListener('pointerup', ({ clientX, clientY }) => {
      if (pressed === null || Math.hypot(clientX - pressed.x, clientY - pressed.y) > CLICK) return;
      const { left, top } = canvas.getBoundingClientRect();
      const row = this.#at({ x: clientX - left, y: clientY - top })?.row;
      if (row !== undefined) onPick(row);
    });
  }

  set state(state: ActivityState) {
    const isOther = this.#state?.history !== state.history;
    this.#state = state;
    if (isOther) this.#isWhole = true;
    this.#follow();
  }

  set theme(theme: Theme) {
    for (const figure of Object.values(this.#figures)) figure.theme = theme;
  }

  /** Shows all steps and all neurons. */
  reset(): void {
    this.#isWhole = true;
    this.#follow();
  }

  svg(name: ActivityFigure, theme: Theme): string {
    const state = this.#state;
    if (state === null) return '';
    const { canvas } = this.#figures[name];
    return svgOf((surface) => this.#draw(name, surface, { theme, state }), {
      width: Math.max(360, canvas.clientWidth),
      height: HEIGHTS[name],
      theme,
      title: { raster: 'Spikes', rates: 'Rates', traces: 'Membrane voltages' }[name],
    });
  }

  /** All there is, whatever part is looked at. */
  csv(name: ActivityFigure): string | Uint8Array {
    const state = this.#state;
    if (state === null) return '';
    const { history, axis, traces } = state;
    if (name === 'raster') return history.csv();
    if (name === 'rates') return ratesCsv(history, axis.dt);
    return tracesCsv(traces ?? NO_TRACES);
  }

  dispose(): void {
    for (const figure of Object.values(this.#figures)) figure.dispose();
  }

  get #raster(): RasterData {
    const { history, isRunning } = this.#state!;
    return history.raster(isRunning);
  }

  get #limits(): Limits {
    const { history, end } = this.#state!;
    return {
      whole: {
        x0: history.first + 0.5,
        x1: Math.max(history.first + LEAST_STEPS, end, history.to) + 0.5,
        y0: 0,
        y1: Math.max(1, history.rowCount),
      },
      least: { x: LEAST_STEPS, y: Math.min(LEAST_ROWS, history.rowCount) },
    };
  }

  #move(change: (view: Viewport, limits: Limits) => Viewport): void {
    if (this.#state === null) return;
    this.#isWhole = false;
    this.#view = change(this.#view, this.#limits);
    this.#redraw();
  }

  /** All, or the part that was chosen, moved so that the chip's step stays in it. */
  #follow(): void {
    if (this.#state === null) return;
    const { step } = this.#state;
    const limits = this.#limits;
    const { x0, x1 } = this.#view;
    const before = this.#view;
    if (this.#isWhole) this.#view = limits.whole;
    else if (step < x0 || step > x1) {
      const from = step - FOLLOW * (x1 - x0);
      this.#view = hold({ ...before, x0: from, x1: from + x1 - x0 }, limits);
    } else this.#view = hold(before, limits);
    this.#redraw();
  }

  #redraw(): void {
    for (const figure of Object.values(this.#figures)) figure.redraw();
  }

  #box() {
    const { canvas, height } = this.#figures.raster;
    return rasterBox({ width: canvas.clientWidth, height }, this.#raster, {
      showsTimeLabel: false,
    });
  }

  #at({
    x,
    y,
  }: {
    readonly x: number;
    readonly y: number;
  }): { readonly step: number; readonly row: number } | null {
    if (this.#state === null) return null;
    const box = this.#box();
    if (x < box.left || x > box.left + box.width || y < box.top || y > box.top + box.height) return null;
    const { x0, x1, y0, y1 } = this.#view;
    const step = Math.round(toValue({ from: x0, to: x1, start: box.left, end: box.left + box.width }, x));
    const row = Math.floor(toValue({ from: y0, to: y1, start: box.top, end: box.top + box.height }, y));
    return row < this.#state.history.rowCount ? { step, row } : null;
  }

  #textAt(point: { readonly x: number; readonly y: number }): string | null {
    const at = this.#at(point);
    const { history, axis } = this.#state!;
    const owner = at === null ? undefined : history.populations.findLast(({ first }) => first <= at.row);
    return owner === undefined || at === null
      ? null
      : `${owner.label} ${at.row - owner.first}, ${stepText(at.step, axis)}`;
  }

  #draw(
    name: ActivityFigure,
    surface: Surface,
    { theme, state }: { readonly theme: Theme; readonly state: ActivityState },
  ): void {
    const { history, axis, step, selectedRow, traces } = state;
    const { x0, x1, y0, y1 } = this.#view;
    const range = { from: x0, to: x1 };
    const box = rasterBox(surface, this.#raster, { showsTimeLabel: name !== 'raster' });
    const align = { left: box.left, right: RIGHT };
    const bottom = box.top + box.height;
    const stand = (): void => {
      const x = toPixel({ from: x0, to: x1, start: box.left, end: box.left + box.width }, step + 0.5);
      if (x >= box.left - 1 && x <= box.left + box.width + 1)
        surface.rule(x, box.top, x, bottom, { colour: theme.accent, width: 1.5 });
    };
    if (name === 'raster') {
      drawRaster(surface, this.#raster, { theme, axis, view: this.#view, showsTimeLabel: false });
      if (selectedRow !== null && selectedRow >= y0 && selectedRow < y1) {
        const y = toPixel({ from: y0, to: y1, start: box.top, end: bottom }, selectedRow + 0.5);
        surface.rule(box.left, y, box.left + box.width, y, { colour: theme.accent, opacity: 0.7 });
      }
      stand();
      return;
    }
    // names and lines stay readable over it
    stand();
    if (name === 'rates')
      drawRates(
        surface,
        { populations: history.populations, bins: history.bins },
        { theme, axis, range, align, showsTimeLabel: traces === null },
      );
    else drawTraces(surface, traces ?? NO_TRACES, { theme, axis, range, align });
  }
}
