/** Colours as `#rrggbb`: the map of quantities, mixtures, and the ink that reads well on one. */

type Rgb = readonly [red: number, green: number, blue: number];

const rgbOf = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** Every fifth of the 256 colours of viridis (Smith and van der Walt, 2015): what lies between is off by 1 at most. */
const VIRIDIS: readonly Rgb[] = `
  440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a
  3a538b 38598c 355e8d 33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d
  20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864
  65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725
`
  .trim()
  .split(/\s+/)
  .map((digits) => rgbOf(`#${digits}`));

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const between = (a: Rgb, b: Rgb, part: number): Rgb => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

/** From 0, dark blue, to 1, yellow, perceptually even; what lies outside gets the colour of the end. */
export function viridis(value: number): string {
  const at = Math.min(1, Math.max(0, value)) * (VIRIDIS.length - 1);
  const below = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return hexOf(between(VIRIDIS[below]!, VIRIDIS[below + 1]!, at - below));
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
