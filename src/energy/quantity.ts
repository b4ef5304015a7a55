/** Quantities as people write them, `23.6 pJ`, and the one unit of each kind that profiles keep. */
import { nearest } from '../netfile/did-you-mean.js';
import type { Findings, Path } from '../netfile/findings.js';
import { shown } from '../netfile/shape.js';
import type { Figure } from './cost-profile.js';

type Unit = Figure['unit'];

/** Powers of ten of the units a file may use, in the unit a profile keeps. */
const UNITS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  pJ: { aJ: -6, fJ: -3, pJ: 0, nJ: 3, uJ: 6, µJ: 6, μJ: 6, mJ: 9, J: 12 },
  ns: { ps: -3, ns: 0, us: 3, µs: 3, μs: 3, ms: 6, s: 9 },
  mW: { nW: -6, uW: -3, µW: -3, μW: -3, mW: 0, W: 3 },
  messages: { messages: 0, message: 0 },
};

const EXAMPLES: Readonly<Record<Unit, string>> = {
  pJ: 'an energy such as 23.6 pJ',
  ns: 'a time such as 4.1 ns',
  mW: 'a power such as 104 mW',
  messages: 'a size such as 16 messages',
};

const NUMBER = String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;

export const expectedQuantity = (unit: Unit): string => EXAMPLES[unit];

export const unitsOf = (unit: Unit): readonly string[] => Object.keys(UNITS[unit]);

/** For a JSON Schema. */
export const quantityPattern = (unit: Unit): string => `^${NUMBER} ?(?:${unitsOf(unit).join('|')})$`;

/** Checks a text such as `23.6 pJ`; zero is a quantity, a negative one is not. */
export function checkQuantity(text: string, unit: Unit, path: Path, findings: Findings): void {
  if (new RegExp(quantityPattern(unit)).test(text)) {
    const { value, unit: written } = quantityParts(text);
    checkSize(value, written, unit, path, findings);
  } else {
    const [message, hint = ''] = complaint(text, unit);
    findings.add(path, message, hint);
  }
}

/** Message and hint about a text that is no quantity. */
function complaint(text: string, unit: Unit): readonly [string, string?] {
  const [, value = '', written = ''] = /^\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(\S*)\s*$/.exec(text) ?? [];
  const units = unitsOf(unit);
  if (value === '') return [`expected ${EXAMPLES[unit]}, got ${shown(text)}`];
  if (value.startsWith('-')) return [`must not be negative, got ${text.trim()}`];
  if (units.includes(written)) return [`expected ${EXAMPLES[unit]}, got ${shown(text)}`];
  if (written === '')
    return [`expected ${EXAMPLES[unit]}, got ${shown(text)}`, `add one of ${units.join(', ')}`];
  const guess = units.find((u) => u.toLowerCase() === written.toLowerCase()) ?? nearest(written, units);
  return [
    `unknown unit ${JSON.stringify(written)}: expected ${EXAMPLES[unit]}`,
    guess === undefined ? `there are ${units.join(', ')}` : `did you mean ${guess}?`,
  ];
}

/** What no unit may hide: values a double cannot hold, and parts of a message. */
export function checkSize(value: number, written: string, unit: Unit, path: Path, findings: Findings): void {
  const converted = inUnit(value, written, unit);
  if (!Number.isFinite(converted)) findings.add(path, `is too large: ${value} ${written}`);
  else if (unit === 'messages' && !(Number.isSafeInteger(converted) && converted >= 1))
    findings.add(path, `expected a whole number of messages >= 1, got ${value}`);
}

export function quantityParts(text: string): { readonly value: number; readonly unit: string } {
  const [, value, unit] = /^([\d.]+(?:[eE][+-]?\d+)?) ?(.*)$/.exec(text)!;
  return { value: Number(value), unit: unit! };
}

/** A value in one of `unitsOf(unit)` as one in `unit`, by moving the decimal point: 13.3 nJ is 13300 pJ exactly. */
export function inUnit(value: number, written: string, unit: Unit): number {
  const [digits, power = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(power) + UNITS[unit][written]!}`);
}
