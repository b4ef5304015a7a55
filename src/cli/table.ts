/** Columns of text, aligned. */

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Digits in groups of three, the same in every locale. */
export const grouped = (value: number | bigint): string =>
  String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Characters a terminal shows, not counting colour sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
export const shownWidth = (text: string): number => [...text.replace(/\u001b\[[\d;]*m/g, '')].length;

/** Rows under their titles, two spaces apart, without a trailing newline; a row may be shorter than the titles. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  dim: (text: string) => string,
): string {
  const widths = columns.map(({ title }, c) =>
    Math.max(shownWidth(title), ...rows.map((row) => shownWidth(row[c] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => {
        const padding = ' '.repeat(Math.max(0, widths[c]! - shownWidth(cell)));
        return columns[c]!.align === 'right' ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  return [dim(line(columns.map((c) => c.title))), ...rows.map(line)].join('\n');
}
