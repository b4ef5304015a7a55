/** Small plots for the terminal, drawn with braille dots: two columns and four rows of dots a character. */

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  readonly yLabel?: string;
  readonly xLabel?: string;
  /** Values of y to include in the range, e.g. a threshold. */
  readonly include?: readonly number[];
  /** A dashed line at this y. */
  readonly rule?: number;
}

export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Lines between neighbours, single dots, or a character of its own at each point. */
  readonly draw: 'line' | 'dots' | { readonly mark: string };
}

/** Bits of the dot at column 0..1, row 0..3 (Unicode block U+2800). */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** Rounded for an axis: four significant digits, no trailing zeros. */
const axisNumber = (value: number): string => String(Number(value.toPrecision(4)));

/** A plot of some series over common axes, as lines of text without a trailing newline. */
export function plot(series: readonly Series[], options: PlotOptions): string {
  const { width, height } = options;
  const xs = series.flatMap((s) => s.x);
  const ys = [...series.flatMap((s) => s.y), ...(options.include ?? [])];
  if (xs.length === 0) return '(nothing to plot)';
  const extremes = (values: readonly number[]): [number, number] => {
    const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
    return low === high ? [low - 1, high + 1] : [low, high];
  };
  const [left, right] = extremes(xs);
  const [bottom, top] = extremes(ys);
  const cells = new Uint8Array(width * height);
  const column = (x: number): number => Math.round(((x - left) / (right - left)) * (2 * width - 1));
  const row = (y: number): number => Math.round(((top - y) / (top - bottom)) * (4 * height - 1));
  const dot = (c: number, r: number): void => {
    cells[(r >> 2) * width + (c >> 1)]! |= DOTS[(c & 1) as 0 | 1][(r & 3) as 0 | 1 | 2 | 3];
  };
  const lineTo = (c0: number, r0: number, c1: number, r1: number): void => {
    const n = Math.max(Math.abs(c1 - c0), Math.abs(r1 - r0), 1);
    for (let i = 0; i <= n; i++)
      dot(Math.round(c0 + ((c1 - c0) * i) / n), Math.round(r0 + ((r1 - r0) * i) / n));
  };
  if (options.rule !== undefined) for (let c = 0; c < 2 * width; c += 4) dot(c, row(options.rule));
  /** Characters that take the place of a cell's dots. */
  const marks = new Map<number, string>();
  for (const { x, y, draw } of series)
    for (let i = 0; i < x.length; i++) {
      const [c, r] = [column(x[i]!), row(y[i]!)];
      if (typeof draw === 'object') marks.set((r >> 2) * width + (c >> 1), draw.mark);
      else if (draw === 'line' && i > 0) lineTo(column(x[i - 1]!), row(y[i - 1]!), c, r);
      else dot(c, r);
    }

  const labels = [axisNumber(top), axisNumber(bottom)] as const;
  const margin = Math.max(labels[0].length, labels[1].length);
  const lines: string[] = options.yLabel === undefined ? [] : [`${' '.repeat(margin)} ${options.yLabel}`];
  for (let r = 0; r < height; r++) {
    const label = r === 0 ? labels[0] : r === height - 1 ? labels[1] : '';
    const text = Array.from(
      { length: width },
      (_, c) => marks.get(r * width + c) ?? String.fromCharCode(0x2800 + cells[r * width + c]!),
    ).join('');
    lines.push(`${label.padStart(margin)} ${r === 0 || r === height - 1 ? '┤' : '│'}${text}`);
  }
  const [from, to] = [axisNumber(left), axisNumber(right)];
  const middle = options.xLabel ?? '';
  const room = width - from.length - to.length;
  const centred = middle
    .padStart(Math.floor((room + middle.length) / 2))
    .padEnd(Math.max(room, middle.length));
  lines.push(
    `${' '.repeat(margin)} └${'─'.repeat(width)}`,
    `${' '.repeat(margin + 2)}${from}${centred}${to}`,
  );
  return lines.join('\n');
}
