/** A canvas in a page that draws itself again when its size, the density of the screen or its data change. */
import { CanvasSurface } from './canvas-surface.js';
import { type GestureTarget, listen } from './gestures.js';
import type { Surface } from './surface.js';
import type { Theme } from './theme.js';

export interface FigureOptions {
  /** CSS pixels. */
  readonly height: number;
  readonly theme: Theme;
  /** What the figure shows, for those who cannot see it. */
  readonly label: string;
  readonly paint: (surface: Surface, theme: Theme) => void;
  /** What gestures do; without them the figure is an image. */
  readonly gestures?: GestureTarget;
}

export class Figure {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  readonly #ends = new AbortController();
  readonly #stopListening: () => void;
  readonly #paint: FigureOptions['paint'];
  #theme: Theme;
  #height: number;
  #frame = 0;
  #isStale = true;

  /** Adds a canvas as wide as `host`; `dispose` takes it away. */
  constructor(host: HTMLElement, options: FigureOptions) {
    const { height, theme, label, paint, gestures } = options;
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
    canvas.style.display = 'block';
    canvas.style.width = '100%';
    if (gestures !== undefined) canvas.tabIndex = 0;
    this.canvas = canvas;
    // putImageData of a whole raster is faster on an opaque canvas
    this.#context = canvas.getContext('2d', { alpha: false })!;
    this.#paint = paint;
    this.#theme = theme;
    this.#height = height;
    canvas.style.height = `${height}px`;
    host.append(canvas);
    this.#observer = new ResizeObserver(() => this.redraw());
    this.#observer.observe(canvas);
    this.#watchDensity();
    this.#stopListening = gestures === undefined ? () => undefined : listen(canvas, gestures);
    this.drawNow();
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    this.redraw();
  }

  get height(): number {
    return this.#height;
  }
  set height(height: number) {
    this.#height = height;
    this.canvas.style.height = `${height}px`;
    this.redraw();
  }

  /** Draws before the next frame is shown, once however often it is called. */
  redraw(): void {
    this.#isStale = true;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#isStale) this.drawNow();
    });
  }

  drawNow(): void {
    const { canvas } = this;
    const width = canvas.clientWidth;
    if (width === 0) return; // not shown: the observer tells when it is
    const density = globalThis.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * density), Math.round(this.#height * density)];
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
    }
    this.#isStale = false;
    this.#paint(
      new CanvasSurface(this.#context, { width, height: this.#height, density, theme: this.#theme }),
      this.#theme,
    );
  }

  /** A window that moves to another screen may keep its size: each density must be asked for by its number. */
  #watchDensity(): void {
    const moved = (): void => {
      this.redraw();
      this.#watchDensity();
    };
    matchMedia(`(resolution: ${globalThis.devicePixelRatio || 1}dppx)`).addEventListener('change', moved, {
      once: true,
      signal: this.#ends.signal,
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#ends.abort();
    this.#observer.disconnect();
    this.#stopListening();
    this.canvas.remove();
  }
}
