/**
 * Strokes as grey values, brought into the frame that the network was trained on: MNIST's digits fit a box of
 * 20 x 20 pixels without being bent, and their centre of mass is the centre of 28 x 28 (LeCun, Cortes and Burges).
 */
import { PIXELS, SIDE } from '../../../examples/digits/model.js';

/** x and y of its points in turns, in parts of the pad: 0..1. At least one point. */
export type Stroke = readonly number[];

/** Side of the box that a digit fills. */
const BOX = 20;
/** A small drawing is made larger, but no more than this: a dot stays a dot. Pixels for a whole pad. */
const LARGEST_SCALE = 2 * SIDE;
/** Pixels from the middle of a line to half of its ink, and from there to none. */
const RADIUS = 1.1;
const SOFTNESS = 0.8;
const REACH = RADIUS + SOFTNESS;

interface Frame {
  /** Pixels for a whole pad. */
  readonly scale: number;
  /** Pixels of the pad's corner. */
  readonly left: number;
  readonly top: number;
}

/** SIDE x SIDE grey values 0..255, row by row; all 0 for no strokes. */
export function inkOf(strokes: readonly Stroke[]): Uint8Array {
  const frame = boxed(strokes);
  if (frame === null) return new Uint8Array(PIXELS);
  return painted(strokes, centred(painted(strokes, frame), frame));
}

/** The frame in which the box of the strokes has its size and is in the middle; null for no strokes. */
function boxed(strokes: readonly Stroke[]): Frame | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes)
    for (let i = 0; i + 1 < stroke.length; i += 2) {
      x0 = Math.min(x0, stroke[i]!);
      x1 = Math.max(x1, stroke[i]!);
      y0 = Math.min(y0, stroke[i + 1]!);
      y1 = Math.max(y1, stroke[i + 1]!);
    }
  if (x0 > x1) return null;
  const scale = Math.min(LARGEST_SCALE, (BOX - 2 * RADIUS) / Math.max(x1 - x0, y1 - y0));
  return {
    scale,
    left: SIDE / 2 - (scale * (x0 + x1)) / 2,
    top: SIDE / 2 - (scale * (y0 + y1)) / 2,
  };
}

/** The frame moved so that the ink's centre of mass is in the middle. */
function centred(ink: Uint8Array, { scale, left, top }: Frame): Frame {
  let [mass, sumX, sumY] = [0, 0, 0];
  ink.forEach((grey, p) => {
    mass += grey;
    sumX += grey * ((p % SIDE) + 0.5);
    sumY += grey * (Math.floor(p / SIDE) + 0.5);
  });
  return { scale, left: left + SIDE / 2 - sumX / mass, top: top + SIDE / 2 - sumY / mass };
}

function painted(strokes: readonly Stroke[], { scale, left, top }: Frame): Uint8Array {
  const ink = new Uint8Array(PIXELS);
  for (const stroke of strokes)
    for (let i = 0; i + 1 < stroke.length; i += 2) {
      const before = Math.max(0, i - 2);
      paint(ink, {
        ax: left + scale * stroke[before]!,
        ay: top + scale * stroke[before + 1]!,
        bx: left + scale * stroke[i]!,
        by: top + scale * stroke[i + 1]!,
      });
    }
  return ink;
}

interface Segment {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** Ink does not add up where lines cross: a pixel keeps its darkest. */
function paint(ink: Uint8Array, { ax, ay, bx, by }: Segment): void {
  const inside = (value: number): number => Math.min(SIDE - 1, Math.max(0, Math.floor(value)));
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const [lastX, lastY] = [inside(Math.max(ax, bx) + REACH), inside(Math.max(ay, by) + REACH)];
  for (let y = inside(Math.min(ay, by) - REACH); y <= lastY; y++)
    for (let x = inside(Math.min(ax, bx) - REACH); x <= lastX; x++) {
      const [dx, dy] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = length === 0 ? 0 : (dx * (bx - ax) + dy * (by - ay)) / length;
      const part = Math.min(1, Math.max(0, along));
      const away = Math.hypot(dx - part * (bx - ax), dy - part * (by - ay));
      const grey = Math.round((255 * (REACH - away)) / (2 * SOFTNESS));
      const at = y * SIDE + x;
      ink[at] = Math.max(ink[at]!, Math.min(255, grey));
    }
}
