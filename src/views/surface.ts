/** What views draw on: a canvas or an SVG file. Lengths are CSS pixels, the origin is at the top left. */

export interface Stroke {
  readonly colour: string;
  /** Default 1. */
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface Fill {
  readonly colour: string;
  readonly opacity?: number;
}

export interface TextStyle {
  readonly colour: string;
  /** Default 11. */
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Whether `y` is the base line (default) or the middle of the letters. */
  readonly centred?: boolean;
  readonly bold?: boolean;
  /** A quarter turn to the left around its point. */
  readonly turned?: boolean;
}

/** Opaque pixels, `0xaabbggrr`, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint32Array;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Pixels of an image for one of ours. */
  readonly density: number;
  /** Whether single marks stay objects: then many of them are better an image. */
  readonly isVector: boolean;
  /** A straight line, moved so that a thin one is sharp. */
  rule(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void;
  /** A polyline; NaN in `ys` interrupts it. */
  line(xs: ArrayLike<number>, ys: ArrayLike<number>, stroke: Stroke): void;
  /** What lies between a polyline and a horizontal. */
  area(xs: ArrayLike<number>, ys: ArrayLike<number>, base: number, fill: Fill): void;
  rect(box: Box, style: { readonly fill?: Fill; readonly stroke?: Stroke; readonly radius?: number }): void;
  /** Many equal upright marks around their points. */
  marks(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    mark: { readonly width: number; readonly height: number; readonly colour: string },
  ): void;
  dots(xs: ArrayLike<number>, ys: ArrayLike<number>, dot: { readonly radius: number } & Fill): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
  image(box: Box, pixels: Pixels): void;
  /** Draws with everything outside a box cut off. */
  within(box: Box, draw: () => void): void;
}

/** Advance of a character, in parts of the type size: that of the wider system fonts, so that nothing is cut. */
function advance(character: string): number {
  if ("ijl.,:;'|!".includes(character)) return 0.25;
  if ('frt-()[]/ '.includes(character)) return 0.31;
  if ('mwMW%@'.includes(character)) return 0.86;
  return character >= 'A' && character <= 'Z' ? 0.71 : 0.61;
}

/** About how wide a text is: the same on every surface, so that a figure looks the same on all. */
export function textWidth(text: string, size = 11): number {
  let sum = 0;
  for (const character of text) sum += advance(character);
  return sum * size;
}

/** A text cut to a width, with an ellipsis where something is missing. */
export function fitText(text: string, width: number, size = 11): string {
  if (textWidth(text, size) <= width) return text;
  let kept = text;
  while (kept.length > 1 && textWidth(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
