/** A horizontal strip of a surface as a surface of its own: for plots one above the other. */
import type { Box, Fill, Pixels, Stroke, Surface, TextStyle } from './surface.js';

export class PartSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly density: number;
  readonly isVector: boolean;
  readonly #whole: Surface;
  readonly #top: number;

  constructor(whole: Surface, { top, height }: Pick<Box, 'top' | 'height'>) {
    this.width = whole.width;
    this.height = height;
    this.density = whole.density;
    this.isVector = whole.isVector;
    this.#whole = whole;
    this.#top = top;
  }

  rule(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    this.#whole.rule(x0, y0 + this.#top, x1, y1 + this.#top, stroke);
  }

  line(xs: ArrayLike<number>, ys: ArrayLike<number>, stroke: Stroke): void {
    this.#whole.line(xs, this.#moved(ys), stroke);
  }

  area(xs: ArrayLike<number>, ys: ArrayLike<number>, base: number, fill: Fill): void {
    this.#whole.area(xs, this.#moved(ys), base + this.#top, fill);
  }

  rect(box: Box, style: { readonly fill?: Fill; readonly stroke?: Stroke; readonly radius?: number }): void {
    this.#whole.rect(this.#placed(box), style);
  }

  marks(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    mark: { readonly width: number; readonly height: number; readonly colour: string },
  ): void {
    this.#whole.marks(xs, this.#moved(ys), mark);
  }

  dots(xs: ArrayLike<number>, ys: ArrayLike<number>, dot: { readonly radius: number } & Fill): void {
    this.#whole.dots(xs, this.#moved(ys), dot);
  }

  text(x: number, y: number, text: string, style: TextStyle): void {
    this.#whole.text(x, y + this.#top, text, style);
  }

  image(box: Box, pixels: Pixels): void {
    this.#whole.image(this.#placed(box), pixels);
  }

  within(box: Box, draw: () => void): void {
    this.#whole.within(this.#placed(box), draw);
  }

  #placed(box: Box): Box {
    return { ...box, top: box.top + this.#top };
  }

  #moved(ys: ArrayLike<number>): Float64Array {
    return Float64Array.from(ys, (y) => y + this.#top);
  }
}
