/**
 * Millions of spikes as counts in cells, fast enough for every frame. Cells are 2^a steps by 2^b rows, and begin at
 * multiples of that: so every cell of a size holds equally many steps (no stripes), and none flickers while the
 * view moves. Where many spikes are seen, counts come from a pyramid that is made once; where few, from the spikes.
 */
import { bisectLeft } from 'd3-array';

export interface SpikeRows {
  /** Ascending. */
  readonly steps: Uint32Array;
  /** One for each step: 0 .. rows - 1. */
  readonly rows: Uint32Array;
}

export interface SpikeField extends SpikeRows {
  /** First and last step recorded. */
  readonly from: number;
  readonly to: number;
  readonly rowCount: number;
}

/** Counts of the cells that a view touches. */
export interface DensityGrid {
  /** Steps and rows of a cell: powers of two. */
  readonly cellSteps: number;
  readonly cellRows: number;
  /** Step and row where column 0 and row 0 begin. */
  readonly firstStep: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly lines: number;
  /** [lines x columns]; valid until the next call. */
  readonly counts: Uint32Array;
  /** Spikes in all cells, and cells that have any. */
  readonly spikes: number;
  readonly occupied: number;
}

interface Level {
  readonly columns: number;
  readonly lines: number;
  readonly counts: Uint32Array;
}

/** Below this, counting the spikes is faster than summing cells. */
const FEW = 200_000;
/** Cells of the finest level of the pyramid. */
const FINEST = 2 ** 22;

const powerOver = (value: number): number => Math.max(0, Math.ceil(Math.log2(value) - 1e-9));

export class SpikeDensity {
  readonly field: SpikeField;
  /** Level l has cells of 2^(firstA + l) steps and 2^(firstB + l) rows. */
  #levels: readonly Level[] | undefined;
  readonly #firstA: number;
  readonly #firstB: number;
  #counts: Uint32Array = new Uint32Array(0);

  constructor(field: SpikeField) {
    this.field = field;
    const steps = field.to - field.from + 1;
    let [a, b] = [0, 0];
    // cells grow where there are more of them, until they are few enough
    while (Math.ceil(steps / 2 ** a) * Math.ceil(field.rowCount / 2 ** b) > FINEST)
      if (steps / 2 ** a > (2 * field.rowCount) / 2 ** b) a++;
      else b++;
    this.#firstA = a;
    this.#firstB = b;
  }

  /** Index of the first spike at `step` or later. */
  at(step: number): number {
    return bisectLeft(this.field.steps, step);
  }

  /** Cells no smaller than `stepsPerPixel` and `rowsPerPixel`, over steps x0 .. x1 and rows y0 .. y1. */
  grid(
    view: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number },
    stepsPerPixel: number,
    rowsPerPixel: number,
  ): DensityGrid {
    const { from, to, rowCount } = this.field;
    const [a, b] = [powerOver(stepsPerPixel), powerOver(rowsPerPixel)];
    const [cellSteps, cellRows] = [2 ** a, 2 ** b];
    const column = (step: number): number => Math.floor((step - from) / cellSteps);
    const c0 = Math.max(0, column(Math.floor(view.x0)));
    const c1 = Math.min(column(to), column(Math.ceil(view.x1)));
    const l0 = Math.max(0, Math.floor(view.y0 / cellRows));
    const l1 = Math.min(Math.floor((rowCount - 1) / cellRows), Math.floor(Math.ceil(view.y1) / cellRows));
    const columns = Math.max(0, c1 - c0 + 1);
    const lines = Math.max(0, l1 - l0 + 1);
    const firstStep = from + c0 * cellSteps;
    const first = this.at(firstStep);
    const last = this.at(firstStep + columns * cellSteps);
    const counts = this.#room(columns * lines);
    const place = { a, b, c0, l0, columns, lines, counts };
    const level = Math.min(a - this.#firstA, b - this.#firstB);
    if (last - first > FEW && level >= 0) this.#fromPyramid(level, place);
    else this.#fromSpikes(first, last, place);
    let [spikes, occupied] = [0, 0];
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i]!;
      spikes += count;
      if (count > 0) occupied++;
    }
    const firstRow = l0 * cellRows;
    return { cellSteps, cellRows, firstStep, firstRow, columns, lines, counts, spikes, occupied };
  }

  #room(cells: number): Uint32Array {
    if (this.#counts.length < cells) this.#counts = new Uint32Array(cells);
    return this.#counts.subarray(0, cells).fill(0);
  }

  #fromSpikes(first: number, last: number, { a, b, c0, l0, columns, lines, counts }: Place): void {
    const { steps, rows, from } = this.field;
    for (let i = first; i < last; i++) {
      const line = (rows[i]! >>> b) - l0;
      if (line < 0 || line >= lines) continue;
      counts[line * columns + ((steps[i]! - from) >>> a) - c0]!++;
    }
  }

  #fromPyramid(level: number, { a, b, c0, l0, columns, lines, counts }: Place): void {
    this.#levels ??= this.#build();
    const used = Math.min(level, this.#levels.length - 1);
    const { columns: stride, lines: height, counts: cells } = this.#levels[used]!;
    // a cell is 2^across by 2^along cells of the level
    const across = a - this.#firstA - used;
    const along = b - this.#firstB - used;
    const xEnd = Math.min(stride, (c0 + columns) * 2 ** across);
    const yEnd = Math.min(height, (l0 + lines) * 2 ** along);
    for (let y = l0 * 2 ** along; y < yEnd; y++) {
      const to = ((y >> along) - l0) * columns - c0;
      const from = y * stride;
      for (let x = c0 * 2 ** across; x < xEnd; x++) counts[to + (x >> across)]! += cells[from + x]!;
    }
  }

  #build(): readonly Level[] {
    const { steps, rows, from, to, rowCount } = this.field;
    const [a, b] = [this.#firstA, this.#firstB];
    const columns = Math.ceil((to - from + 1) / 2 ** a);
    const lines = Math.ceil(rowCount / 2 ** b);
    const counts = new Uint32Array(columns * lines);
    for (let i = 0; i < steps.length; i++) counts[(rows[i]! >>> b) * columns + ((steps[i]! - from) >>> a)]!++;
    const levels: Level[] = [{ columns, lines, counts }];
    for (let last = levels[0]!; last.columns > 1 && last.lines > 1; last = levels.at(-1)!)
      levels.push(halved(last));
    return levels;
  }
}

interface Place {
  readonly a: number;
  readonly b: number;
  readonly c0: number;
  readonly l0: number;
  readonly columns: number;
  readonly lines: number;
  readonly counts: Uint32Array;
}

function halved({ columns, lines, counts }: Level): Level {
  const [across, down] = [(columns + 1) >> 1, (lines + 1) >> 1];
  const sums = new Uint32Array(across * down);
  for (let y = 0; y < lines; y++)
    for (let x = 0; x < columns; x++) sums[(y >> 1) * across + (x >> 1)]! += counts[y * columns + x]!;
  return { columns: across, lines: down, counts: sums };
}
