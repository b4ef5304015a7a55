/** Amounts side by side: energy by event, use of a core against its limits. Values are written out beside their bars. */
import { drawNothing } from './axes.js';
import { fitText, type Surface, textWidth } from './surface.js';
import { categoryColour, type Theme } from './theme.js';

export interface Bar {
  readonly value: number;
  /** With its unit. */
  readonly text: string;
  /** What `value` may not exceed; its mark stands at the end of the column. */
  readonly limit?: number;
  /** Of the theme's categories; default: the accent, for what is no population. */
  readonly category?: number;
}

export interface BarsRow {
  readonly label: string;
  /** One for each column. */
  readonly bars: readonly Bar[];
}

export interface BarsData {
  /** Titles of columns; a single column may have an empty one. */
  readonly columns: readonly string[];
  readonly rows: readonly BarsRow[];
}

const BAR_ROW = 22;
const HEAD = 20;
const GAP = 24;
/** From this part of a limit on, the text stands out: nothing is wrong, but there is no room left. */
const NEARLY_FULL = 0.95;

const headOf = ({ columns }: BarsData): number => (columns.some((title) => title !== '') ? HEAD : 2);

export const barsHeight = (data: BarsData): number =>
  headOf(data) + Math.max(1, data.rows.length) * BAR_ROW + 4;

export function drawBars(surface: Surface, data: BarsData, { theme }: { readonly theme: Theme }): void {
  const { columns, rows } = data;
  const top = headOf(data);
  if (rows.length === 0) {
    drawNothing(
      surface,
      { left: 0, top: 0, width: surface.width, height: surface.height },
      theme,
      'nothing to show',
    );
    return;
  }
  const names = Math.max(...rows.map(({ label }) => textWidth(label)));
  const left = Math.min(surface.width * 0.34, names + 16);
  const each = (surface.width - left - GAP * (columns.length - 1)) / columns.length;
  rows.forEach(({ label }, i) => {
    surface.text(0, top + (i + 0.5) * BAR_ROW, fitText(label, left - 8), {
      colour: theme.ink,
      centred: true,
    });
  });
  columns.forEach((title, column) => {
    const start = left + column * (each + GAP);
    const bars = rows.map((row) => row.bars[column]!);
    if (title !== '')
      surface.text(start, 11, fitText(title, each / 1.08), { colour: theme.muted, bold: true });
    drawColumn(surface, bars, { theme, start, top, width: each });
  });
}

function drawColumn(
  surface: Surface,
  bars: readonly Bar[],
  {
    theme,
    start,
    top,
    width,
  }: { readonly theme: Theme; readonly start: number; readonly top: number; readonly width: number },
): void {
  const words = Math.max(...bars.map(({ text }) => textWidth(text))) + 14;
  const room = Math.max(8, width - words);
  const most = Math.max(...bars.map(({ value, limit }) => limit ?? value));
  bars.forEach(({ value, text, limit, category }, i) => {
    const y = top + i * BAR_ROW + 5;
    const height = BAR_ROW - 10;
    const full = limit ?? most;
    const length = full === 0 ? 0 : room * Math.min(1, value / full);
    const isTight = limit !== undefined && limit > 0 && value / limit >= NEARLY_FULL;
    if (limit !== undefined)
      surface.rect(
        { left: start, top: y, width: room, height },
        { radius: 2, fill: { colour: theme.faint } },
      );
    if (value > 0)
      surface.rect(
        { left: start, top: y, width: Math.max(1, length), height },
        {
          radius: Math.min(2, length / 2),
          fill: { colour: category === undefined ? theme.accent : categoryColour(theme, category) },
        },
      );
    const at = limit === undefined ? start + length + 7 : start + width;
    surface.text(at, y + height / 2, text, {
      colour: isTight ? theme.ink : theme.muted,
      bold: isTight,
      anchor: limit === undefined ? 'start' : 'end',
      centred: true,
    });
  });
}
