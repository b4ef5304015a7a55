/** Drawing into an SVG file: text stays text, lines stay thin, nothing refers to anything outside. */
import { toBase64 } from './base64.js';
import { areaAt, lineThrough } from './paths.js';
import { encodePng } from './png.js';
import type { Box, Fill, Pixels, Stroke, Surface, TextStyle } from './surface.js';
import type { Theme } from './theme.js';

export interface SvgOptions {
  /** CSS pixels: 96 to the inch. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** Width in a paper; the height follows. Default: `width` in pixels. */
  readonly millimetres?: number;
  /** What the figure is, for those who cannot see it. */
  readonly title: string;
  readonly description?: string;
  /** Default: that of the theme. `none` leaves it out. */
  readonly ground?: string;
}

/** Two decimals: a hundredth of a pixel is 3 micrometres on paper. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // control characters are not allowed in XML 1.0, escaped or not
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');

const strokeText = ({ colour, width = 1, dash, opacity }: Stroke): string =>
  [
    `stroke="${colour}" stroke-width="${short(width)}"`,
    dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`,
    opacity === undefined ? '' : ` stroke-opacity="${short(opacity)}"`,
  ].join('');

const fillText = ({ colour, opacity }: Fill): string =>
  `fill="${colour}"${opacity === undefined ? '' : ` fill-opacity="${short(opacity)}"`}`;

/** Pixels of an embedded image for one of ours: 300 to the inch, about. */
const IMAGE_DENSITY = 3;

class SvgSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly density = IMAGE_DENSITY;
  readonly isVector = true;
  readonly parts: string[] = [];

  constructor({ width, height }: SvgOptions) {
    this.width = width;
    this.height = height;
  }

  rule(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    const at = [x0, y0, x1, y1].map(short);
    this.parts.push(
      `<line x1="${at[0]}" y1="${at[1]}" x2="${at[2]}" y2="${at[3]}" ${strokeText({ ...stroke, width: stroke.width ?? 0.75 })}/>`,
    );
  }

  line(xs: ArrayLike<number>, ys: ArrayLike<number>, stroke: Stroke): void {
    const path = lineThrough(xs, ys);
    if (path !== '')
      this.parts.push(`<path d="${path}" fill="none" stroke-linejoin="round" ${strokeText(stroke)}/>`);
  }

  area(xs: ArrayLike<number>, ys: ArrayLike<number>, base: number, fill: Fill): void {
    const path = areaAt(xs, ys, base);
    if (path !== '') this.parts.push(`<path d="${path}" ${fillText(fill)}/>`);
  }

  rect(
    { left, top, width, height }: Box,
    { fill, stroke, radius }: { readonly fill?: Fill; readonly stroke?: Stroke; readonly radius?: number },
  ): void {
    this.parts.push(
      `<rect x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}"${radius === undefined ? '' : ` rx="${short(radius)}"`} ${fill === undefined ? 'fill="none"' : fillText(fill)}${stroke === undefined ? '' : ` ${strokeText(stroke)}`}/>`,
    );
  }

  marks(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    { width, height, colour }: { readonly width: number; readonly height: number; readonly colour: string },
  ): void {
    if (xs.length === 0) return;
    const pieces: string[] = [];
    const down = `v${short(height)}`;
    for (let i = 0; i < xs.length; i++) pieces.push(`M${short(xs[i]!)},${short(ys[i]! - height / 2)}${down}`);
    this.parts.push(`<path d="${pieces.join('')}" ${strokeText({ colour, width })}/>`);
  }

  dots(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    { radius, ...fill }: { readonly radius: number } & Fill,
  ): void {
    for (let i = 0; i < xs.length; i++)
      this.parts.push(
        `<circle cx="${short(xs[i]!)}" cy="${short(ys[i]!)}" r="${short(radius)}" ${fillText(fill)}/>`,
      );
  }

  text(x: number, y: number, text: string, style: TextStyle): void {
    const { colour, size = 11, anchor = 'start', centred = false, bold = false, turned = false } = style;
    const attributes = [
      `x="${short(x)}" y="${short(y)}" fill="${colour}" font-size="${short(size)}"`,
      anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
      // dominant-baseline is not known to every program that opens SVG, dy is
      centred ? ' dy="0.35em"' : '',
      bold ? ' font-weight="600"' : '',
      turned ? ` transform="rotate(-90 ${short(x)} ${short(y)})"` : '',
    ];
    this.parts.push(`<text ${attributes.join('')}>${escapeXml(text)}</text>`);
  }

  image({ left, top, width, height }: Box, pixels: Pixels): void {
    const data = toBase64(encodePng(pixels));
    this.parts.push(
      `<image x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,${data}"/>`,
    );
  }

  within({ left, top, width, height }: Box, draw: () => void): void {
    // an svg inside clips without an id, of which a page of several figures must have no two alike
    const [x, y, across, down] = [left, top, width, height].map(short);
    this.parts.push(
      `<svg x="${x}" y="${y}" width="${across}" height="${down}" viewBox="${x} ${y} ${across} ${down}">`,
    );
    draw();
    this.parts.push('</svg>');
  }
}

/** The file of a figure. */
export function svgOf(draw: (surface: Surface) => void, options: SvgOptions): string {
  const { width, height, theme, millimetres, title, description, ground = theme.ground } = options;
  const surface = new SvgSurface(options);
  draw(surface);
  const size =
    millimetres === undefined
      ? `width="${short(width)}" height="${short(height)}"`
      : `width="${short(millimetres)}mm" height="${short((millimetres * height) / width)}mm"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${short(width)} ${short(height)}" font-family="${escapeXml(theme.font)}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    ...(description === undefined ? [] : [`<desc>${escapeXml(description)}</desc>`]),
    ...(ground === 'none' ? [] : [`<rect width="100%" height="100%" fill="${ground}"/>`]),
    ...surface.parts,
    '</svg>\n',
  ].join('\n');
}
