/** Joules of one answer on a logarithmic scale: this chip, and others that compute the network densely. */
import { siText } from '../../energy/si-prefix.js';
import { toPixel } from '../../views/scale.js';
import { fitText, type Surface, textWidth } from '../../views/surface.js';
import type { Theme } from '../../views/theme.js';

export interface DenseRow {
  readonly label: string;
  readonly joules: number;
  /** This chip; the others are compared with it. */
  readonly isOwn: boolean;
}

const ROW = 40;
const FOOT = 30;

export const denseHeight = (rows: readonly DenseRow[]): number => rows.length * ROW + FOOT;

export function drawDense(
  surface: Surface,
  rows: readonly DenseRow[],
  { theme }: { readonly theme: Theme },
): void {
  const own = rows.find(({ isOwn }) => isOwn)?.joules ?? 0;
  const shown = rows.filter(({ joules }) => joules > 0).map(({ joules }) => Math.log10(joules));
  if (shown.length === 0) return;
  const from = Math.floor(Math.min(...shown) - 0.3);
  const scale = { from, to: Math.ceil(Math.max(...shown) + 0.2), start: 1, end: surface.width - 1 };
  const bottom = rows.length * ROW;
  for (let power = scale.from; power <= scale.to; power++) {
    const x = toPixel(scale, power);
    surface.rule(x, 4, x, bottom, { colour: theme.faint });
    const text = siText(10 ** power, 'J').replace(/\.0+ /, ' ');
    const half = textWidth(text) / 2;
    const at = Math.min(surface.width - half, Math.max(half, x));
    if (power % 2 === 0 || surface.width > 420)
      surface.text(at, bottom + 16, text, { colour: theme.muted, anchor: 'middle' });
  }
  rows.forEach(({ label, joules, isOwn }, i) => {
    const y = i * ROW + 28;
    const end = joules > 0 ? toPixel(scale, Math.log10(joules)) : scale.start;
    const colour = isOwn ? theme.accent : theme.categories[6]!;
    surface.rule(scale.start, y, scale.end, y, { colour: theme.faint });
    if (joules > 0) surface.dots([end], [y], { radius: isOwn ? 6 : 5, colour });
    const ratio = isOwn || own === 0 ? '' : ratioText(joules / own);
    const amount = joules > 0 ? siText(joules, 'J') : '–';
    const right = [amount, ratio].filter(Boolean).join('  ·  ');
    surface.text(surface.width, y - 11, right, {
      colour: isOwn ? theme.accent : theme.muted,
      anchor: 'end',
      bold: isOwn,
    });
    surface.text(0, y - 11, fitText(label, surface.width - textWidth(right) - 14), {
      colour: theme.ink,
      bold: isOwn,
    });
  });
}

function ratioText(ratio: number): string {
  if (ratio >= 10) return `${Math.round(ratio)} ×`;
  return `${ratio.toPrecision(2)} ×`;
}
