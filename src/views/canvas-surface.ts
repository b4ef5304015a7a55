/** Drawing on a canvas, in CSS pixels whatever the density of the screen; thin lines fall on whole pixels. */
import { areaAt, type Context, lineThrough } from './paths.js';
import type { Box, Fill, Pixels, Stroke, Surface, TextStyle } from './surface.js';
import type { Theme } from './theme.js';

export class CanvasSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly density: number;
  readonly isVector = false;
  readonly #context: Context;
  readonly #font: string;
  /** Holds an image while it is drawn through a clip or to a fraction of a pixel. */
  #scratch: HTMLCanvasElement | undefined;

  /**
   * Clears the canvas, which must have `density` pixels for each of `width` and `height`, to the theme's ground.
   */
  constructor(
    context: Context,
    {
      width,
      height,
      density,
      theme,
    }: { readonly width: number; readonly height: number; readonly density: number; readonly theme: Theme },
  ) {
    this.width = width;
    this.height = height;
    this.density = density;
    this.#context = context;
    this.#font = theme.font;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = theme.ground;
    context.fillRect(0, 0, width, height);
    context.lineJoin = 'round';
  }

  rule(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    const context = this.#context;
    const pixels = Math.max(1, Math.round((stroke.width ?? 1) * this.density));
    // a line of an odd number of pixels is sharp around the middle of one
    const snap = (value: number): number =>
      (Math.round(value * this.density - (pixels % 2) / 2) + (pixels % 2) / 2) / this.density;
    this.#apply({ ...stroke, width: pixels / this.density });
    context.beginPath();
    context.moveTo(x0 === x1 ? snap(x0) : x0, y0 === y1 ? snap(y0) : y0);
    context.lineTo(x0 === x1 ? snap(x1) : x1, y0 === y1 ? snap(y1) : y1);
    context.stroke();
    this.#rest();
  }

  line(xs: ArrayLike<number>, ys: ArrayLike<number>, stroke: Stroke): void {
    this.#apply(stroke);
    this.#context.beginPath();
    lineThrough(xs, ys, this.#context);
    this.#context.stroke();
    this.#rest();
  }

  area(xs: ArrayLike<number>, ys: ArrayLike<number>, base: number, fill: Fill): void {
    this.#fill(fill);
    this.#context.beginPath();
    areaAt(xs, ys, base, this.#context);
    this.#context.fill();
    this.#rest();
  }

  rect(
    { left, top, width, height }: Box,
    { fill, stroke, radius }: { readonly fill?: Fill; readonly stroke?: Stroke; readonly radius?: number },
  ): void {
    const context = this.#context;
    context.beginPath();
    if (radius === undefined) context.rect(left, top, width, height);
    else context.roundRect(left, top, width, height, radius);
    if (fill !== undefined) {
      this.#fill(fill);
      context.fill();
      this.#rest();
    }
    if (stroke !== undefined) {
      this.#apply(stroke);
      context.stroke();
      this.#rest();
    }
  }

  marks(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    { width, height, colour }: { readonly width: number; readonly height: number; readonly colour: string },
  ): void {
    const context = this.#context;
    context.fillStyle = colour;
    for (let i = 0; i < xs.length; i++)
      context.fillRect(xs[i]! - width / 2, ys[i]! - height / 2, width, height);
  }

  dots(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    { radius, ...fill }: { readonly radius: number } & Fill,
  ): void {
    const context = this.#context;
    this.#fill(fill);
    context.beginPath();
    for (let i = 0; i < xs.length; i++) {
      context.moveTo(xs[i]! + radius, ys[i]!);
      context.arc(xs[i]!, ys[i]!, radius, 0, 2 * Math.PI);
    }
    context.fill();
    this.#rest();
  }

  text(x: number, y: number, text: string, style: TextStyle): void {
    const context = this.#context;
    const { colour, size = 11, anchor = 'start', centred = false, bold = false, turned = false } = style;
    context.font = `${bold ? '600 ' : ''}${size}px ${this.#font}`;
    context.fillStyle = colour;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    const base = centred ? 0.35 * size : 0;
    if (!turned) {
      context.fillText(text, x, y + base);
      return;
    }
    context.save();
    context.translate(x, y);
    context.rotate(-Math.PI / 2);
    context.fillText(text, 0, base);
    context.restore();
  }

  image({ left, top, width, height }: Box, pixels: Pixels): void {
    const { density } = this;
    const data = new ImageData(
      new Uint8ClampedArray(
        pixels.data.buffer as ArrayBuffer,
        pixels.data.byteOffset,
        pixels.data.byteLength,
      ),
      pixels.width,
      pixels.height,
    );
    const isExact =
      Math.round(width * density) === pixels.width && Math.round(height * density) === pixels.height;
    if (isExact) {
      this.#context.putImageData(data, Math.round(left * density), Math.round(top * density));
      return;
    }
    this.#scratch ??= document.createElement('canvas');
    this.#scratch.width = pixels.width;
    this.#scratch.height = pixels.height;
    this.#scratch.getContext('2d')!.putImageData(data, 0, 0);
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(this.#scratch, left, top, width, height);
  }

  within({ left, top, width, height }: Box, draw: () => void): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    draw();
    context.restore();
  }

  #apply({ colour, width = 1, dash = [], opacity = 1 }: Stroke): void {
    const context = this.#context;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = opacity;
    context.setLineDash(dash as number[]);
  }

  #fill({ colour, opacity = 1 }: Fill): void {
    this.#context.fillStyle = colour;
    this.#context.globalAlpha = opacity;
  }

  #rest(): void {
    this.#context.globalAlpha = 1;
  }
}
