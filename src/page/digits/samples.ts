/** Ten digits to start from, drawn for this page: curves through a few points. */
import type { Stroke } from './ink.js';

/** Points that a stroke goes through, in hundredths of the pad, x and y in turns. */
const DRAWN: readonly (readonly (readonly number[])[])[] = [
  [[52, 18, 36, 24, 28, 44, 31, 66, 46, 80, 63, 74, 71, 54, 68, 32, 52, 18]],
  [[40, 30, 53, 17, 52, 48, 50, 82]],
  [[31, 33, 40, 20, 57, 19, 66, 31, 60, 47, 44, 63, 30, 79, 50, 77, 71, 79]],
  [[32, 24, 48, 17, 64, 24, 62, 39, 46, 47, 63, 53, 69, 67, 57, 80, 40, 80, 29, 72]],
  [
    [36, 18, 33, 38, 31, 52, 48, 53, 70, 50],
    [62, 20, 60, 50, 57, 84],
  ],
  [[66, 19, 50, 20, 38, 21, 36, 33, 34, 45, 48, 42, 63, 48, 66, 64, 54, 79, 38, 79, 29, 73]],
  [[62, 18, 45, 29, 35, 49, 33, 67, 45, 81, 61, 77, 66, 63, 55, 53, 41, 57, 34, 67]],
  [[28, 23, 48, 21, 70, 20, 60, 41, 51, 60, 45, 82]],
  [[62, 26, 50, 18, 37, 25, 39, 38, 52, 49, 65, 62, 63, 76, 49, 82, 36, 75, 36, 62, 50, 50, 62, 38, 62, 26]],
  [[64, 34, 53, 22, 38, 27, 34, 41, 45, 50, 59, 44, 64, 33, 64, 50, 61, 67, 56, 83]],
];

/** Points between two given ones. */
const SMOOTH = 8;

/** The curve of Catmull and Rom through the points: it passes each of them without a corner. */
function curved(points: readonly number[]): Stroke {
  const count = points.length / 2;
  const at = (index: number, axis: number): number =>
    points[2 * Math.min(count - 1, Math.max(0, index)) + axis]! / 100;
  const stroke: number[] = [];
  for (let i = 0; i + 1 < count; i++)
    for (let k = 0; k < SMOOTH; k++)
      for (const axis of [0, 1]) {
        const t = k / SMOOTH;
        const [p0, p1, p2, p3] = [at(i - 1, axis), at(i, axis), at(i + 1, axis), at(i + 2, axis)];
        const slope = p2 - p0;
        const square = 2 * p0 - 5 * p1 + 4 * p2 - p3;
        const cube = 3 * p1 - p0 - 3 * p2 + p3;
        stroke.push(p1 + (t * (slope + t * (square + t * cube))) / 2);
      }
  stroke.push(at(count - 1, 0), at(count - 1, 1));
  return stroke;
}

/** Strokes of the digit. */
export const sampleOf = (digit: number): readonly Stroke[] => DRAWN[digit]!.map(curved);
