/** One line on stderr that says how far a run is; nothing at all where stderr is no terminal. */
import { grouped } from './table.js';
import { painter, type Terminal } from './terminal.js';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const WIDTH = 24;
const SECONDS_BETWEEN_DRAWINGS = 0.1;

/** A bar of `WIDTH` cells, `part` of it (0..1) filled, to an eighth of a cell. */
export function bar(part: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, part)) * WIDTH * 8);
  return ('█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!).padEnd(WIDTH, ' ');
}

export class Progress {
  readonly #terminal: Terminal;
  readonly #from: number;
  readonly #to: number;
  readonly #start: number;
  #drawn = Number.NEGATIVE_INFINITY;
  readonly #on: boolean;

  constructor(
    terminal: Terminal,
    range: { readonly from: number; readonly to: number; readonly quiet: boolean },
  ) {
    this.#terminal = terminal;
    this.#from = range.from;
    this.#to = range.to;
    this.#start = terminal.now();
    this.#on = terminal.drawsProgress && !range.quiet;
  }

  /** Draws at most ten times a second. */
  update(step: number): void {
    const now = this.#terminal.now();
    if (!this.#on || now - this.#drawn < SECONDS_BETWEEN_DRAWINGS) return;
    this.#drawn = now;
    const done = step - this.#from;
    const seconds = now - this.#start;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = rate > 0 ? `, ${Math.ceil((this.#to - step) / rate)} s left` : '';
    const paint = painter(this.#terminal.colours.err);
    const text = `${grouped(step)} of ${grouped(this.#to)} steps, ${grouped(Math.round(rate))} steps/s${left}`;
    this.#terminal.err(`\r${paint('cyan', bar(done / Math.max(1, this.#to - this.#from)))} ${text}\u001b[K`);
  }

  /** Removes the line. */
  clear(): void {
    if (this.#on && this.#drawn > Number.NEGATIVE_INFINITY) this.#terminal.err('\r\u001b[K');
  }
}
