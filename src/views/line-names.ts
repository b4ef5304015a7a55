/** Names of lines in their colours: beside their ends, or above the plot where it is narrow or lines up with others. */
import { spreadLabels } from './axes.js';
import { type Box, fitText, type Surface, textWidth } from './surface.js';
import { categoryInk, type Theme } from './theme.js';

export interface LineName {
  readonly label: string;
  /** Of the theme's categories. */
  readonly category: number;
  /** Height of the line's end, pixels. */
  readonly end: number;
}

/** Bold letters are wider. */
const BOLD = 1.08;

export const namesWidth = (labels: readonly string[]): number =>
  BOLD * Math.max(0, ...labels.map((label) => textWidth(label)));

export function drawLineNames(
  surface: Surface,
  names: readonly LineName[],
  { theme, box, isInside }: { readonly theme: Theme; readonly box: Box; readonly isInside: boolean },
): void {
  const style = ({ category }: LineName) => ({ colour: categoryInk(theme, category), bold: true });
  if (isInside) {
    let at = box.left;
    for (const name of names) {
      surface.text(at, 12, name.label, style(name));
      at += BOLD * textWidth(name.label) + 16;
    }
    return;
  }
  const left = box.left + box.width + 8;
  const ends = names.map(({ end }) => end);
  spreadLabels(ends, 14, box.top + 5, box.top + box.height - 5).forEach((at, i) => {
    const label = fitText(names[i]!.label, (surface.width - left - 2) / BOLD);
    surface.text(left, at, label, { ...style(names[i]!), centred: true });
  });
}
