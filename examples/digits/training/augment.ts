/** 8,500 digits are few: every epoch sees each of them turned, sheared, scaled and shifted a little. */
import { SIDE } from '../model.js';
import type { Random } from './random.js';

const TURN = 0.165; // radians
const SHEAR = 0.135;
const SCALE = 0.105;
const SHIFT = 1.65; // pixels

/** Writes a jittered copy of the digit at `from` of `pixels` (0..255) to `out`, bilinear, black outside. */
export function jitter(pixels: Uint8Array, from: number, out: Uint8Array, random: Random): void {
  const turn = random.within(TURN);
  const shear = random.within(SHEAR);
  const scaleX = 1 + random.within(SCALE);
  const scaleY = 1 + random.within(SCALE);
  const shiftX = random.within(SHIFT);
  const shiftY = random.within(SHIFT);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const middle = (SIDE - 1) / 2;
  // where the pixel of the copy comes from: rotation x (scale, shear), about the middle
  const xx = cos * scaleX;
  const xy = (cos * shear - sin) * scaleY;
  const yx = sin * scaleX;
  const yy = (sin * shear + cos) * scaleY;
  out.fill(0);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const dx = x - middle - shiftX;
      const dy = y - middle - shiftY;
      const sx = xx * dx + xy * dy + middle;
      const sy = yx * dx + yy * dy + middle;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      if (x0 < 0 || y0 < 0 || x0 >= SIDE - 1 || y0 >= SIDE - 1) continue;
      const fx = sx - x0;
      const fy = sy - y0;
      const at = from + y0 * SIDE + x0;
      const top = pixels[at]! * (1 - fx) + pixels[at + 1]! * fx;
      const bottom = pixels[at + SIDE]! * (1 - fx) + pixels[at + SIDE + 1]! * fx;
      out[y * SIDE + x] = Math.round(top * (1 - fy) + bottom * fy);
    }
  }
}
