/** Digits as text: two rows of pixels in a line of half blocks. */
import { CLASSES, PIXELS, SIDE, votesFor } from './model.js';

/** Digits sit in the middle: this many rows and columns of black are left out on every side. */
const MARGIN = 3;
/** Columns of a drawing; lines are half as many. */
export const DRAWN = SIDE - 2 * MARGIN;
/** A pixel is drawn as white above this grey value where there are no greys. */
const HALF = 96;
/** xterm's 24 greys */
const DARKEST = 232;
const GREYS = 24;

const grey = (value: number): number => DARKEST + Math.round((value / 255) * (GREYS - 1));

/** `DRAWN / 2` lines of `DRAWN` columns; in greys where the terminal has colours. */
export function drawDigit(pixels: Uint8Array, digit: number, colours: boolean): string[] {
  const at = (y: number, x: number): number => pixels[digit * PIXELS + y * SIDE + x]!;
  const lines: string[] = [];
  for (let y = MARGIN; y < SIDE - MARGIN; y += 2) {
    let line = '';
    for (let x = MARGIN; x < SIDE - MARGIN; x++) {
      const top = at(y, x);
      const bottom = at(y + 1, x);
      if (colours) line += `\u001b[38;5;${grey(top)};48;5;${grey(bottom)}m▀`;
      else if (top > HALF) line += bottom > HALF ? '█' : '▀';
      else line += bottom > HALF ? '▄' : ' ';
    }
    lines.push(colours ? `${line}\u001b[0m` : line);
  }
  return lines;
}

/** A line per class: its figure, a bar as long as its votes (at most `width` columns), their number. */
export function drawVotes(votes: ArrayLike<number>, width: number): string[] {
  const sums = Array.from({ length: CLASSES }, (_, digit) => votesFor(votes, digit));
  const most = Math.max(1, ...sums);
  return sums.map(
    (sum, digit) => `${digit} ${'█'.repeat(Math.round((sum / most) * width))}${sum > 0 ? ' ' : ''}${sum}`,
  );
}

/** Blocks of lines beside each other, the first line of each at the top. `width` is that of every block. */
export function beside(blocks: readonly (readonly string[])[], gap: number): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, i) =>
    blocks.map((block) => block[i] ?? ' '.repeat(DRAWN)).join(' '.repeat(gap)),
  );
}
