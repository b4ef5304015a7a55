/**
 * Perceptually even maps from 0..1 to a colour: viridis (Smith and van der Walt, 2015) and cividis (Nunez et al.,
 * PLoS ONE 13:e0199239, 2018), as nine points of the published tables with straight lines between.
 */

export type ColourMap = 'viridis' | 'cividis';

type Rgb = readonly [red: number, green: number, blue: number];

const rgbOf = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const points = (text: string): readonly Rgb[] => text.split(' ').map(rgbOf);

const MAPS: Readonly<Record<ColourMap, readonly Rgb[]>> = {
  viridis: points('#440154 #472d7b #3b528b #2c728e #21918c #28ae80 #5ec962 #addc30 #fde725'),
  cividis: points('#00224e #123570 #3b496c #575d6d #707173 #8a8678 #a59c74 #c3b369 #fee838'),
};

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const between = (a: Rgb, b: Rgb, part: number): Rgb => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

/** `#rrggbb` of a value; what lies outside 0..1 gets the colour of the end. */
export function mapColour(map: ColourMap, value: number): string {
  const table = MAPS[map];
  const at = Math.min(1, Math.max(0, value)) * (table.length - 1);
  const below = Math.min(table.length - 2, Math.floor(at));
  return hexOf(between(table[below]!, table[below + 1]!, at - below));
}

/** `part` of the way from one colour to another, both `#rrggbb`. */
export const mixColours = (from: string, to: string, part: number): string =>
  hexOf(between(rgbOf(from), rgbOf(to), part));

/** As ImageData has it on little-endian machines, which all that run this are: 0xaabbggrr, opaque. */
export function packedColour(hex: string): number {
  const [red, green, blue] = rgbOf(hex);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Black or white, whichever reads better on a colour (relative luminance, WCAG 2). */
export function inkOn(hex: string): string {
  const [red, green, blue] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.197 ? '#10161c' : '#ffffff';
}
