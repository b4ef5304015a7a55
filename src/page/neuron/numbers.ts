/** Numbers as the panel writes them: a true minus sign, few digits, never `NaN`. */
import { numberText } from '../../views/scale.js';

export const fixed = (value: number, decimals: number): string =>
  Number.isFinite(value) ? numberText(value, decimals) : '–';

/** At most so many significant digits, without trailing zeros. */
export function plain(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return value === Infinity ? '∞' : '–';
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** Two's complement of a register's width. */
export function hex(value: number): string {
  const digits = Math.max(2, Math.abs(value).toString(16).length);
  const even = digits + (digits % 2);
  return `0x${(value < 0 ? value + 16 ** even : value).toString(16).padStart(even, '0')}`;
}

/** A relative error: `exact`, or a percentage with its sign. */
export function errorText(relative: number): string {
  if (relative === 0) return 'exact';
  const percent = 100 * relative;
  if (Math.abs(percent) < 0.001) return '< 0.001 %';
  return `${percent > 0 ? '+' : ''}${plain(percent, 2)} %`;
}
