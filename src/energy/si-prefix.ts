/** Quantities with an SI prefix, as people read them. */

const PREFIXES: readonly (readonly [power: number, prefix: string])[] = [
  [3, 'k'],
  [0, ''],
  [-3, 'm'],
  [-6, 'µ'],
  [-9, 'n'],
  [-12, 'p'],
  [-15, 'f'],
  [-18, 'a'],
];

/** Four significant digits and the prefix that leaves one to three before the point: `36.20 µJ`. */
export function siText(value: number, unit: string): string {
  if (value === 0) return `0 ${unit}`;
  // Rounded first: 999.96 nJ is 1.000 µJ.
  const [digits, power] = value.toExponential(3).split('e') as [string, string];
  const [exponent, prefix] = PREFIXES.find(([least]) => Number(power) >= least) ?? PREFIXES.at(-1)!;
  const shift = Number(power) - exponent;
  const text =
    shift > 3 || shift < 0 ? `${digits}e${shift}` : Number(`${digits}e${shift}`).toFixed(3 - shift);
  return `${text} ${prefix}${unit}`;
}
