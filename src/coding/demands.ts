/** What the options of a call must be. Options may come from text, so their values are not trusted. */
import type { Violations } from '../compiler/violations.js';

export interface Range {
  /** Smallest and largest value, themselves allowed. A `max` stands beside a `min` or an `above`. */
  readonly min?: number;
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  readonly whole?: boolean;
  /** `ms`, `Hz`; for messages. */
  readonly unit?: string;
}

/** Longest run a schedule can name, in steps. */
export const STEPS_MAX = 2 ** 31 - 2;

export class Demands {
  readonly subject: string;
  readonly violations: Violations;

  /** `subject` is the call, as the user wrote it: `encodeLatency`, `--code latency`. */
  constructor(subject: string, violations: Violations) {
    this.subject = subject;
    this.violations = violations;
  }

  /** The value, or `fallback` when it is not given; without a fallback it must be. */
  number(name: string, value: unknown, range: Range, fallback?: number): number {
    if (value === undefined && fallback !== undefined) return fallback;
    const { min = -Infinity, max = Infinity, above = -Infinity, whole = false } = range;
    const fits =
      typeof value === 'number' &&
      Number.isFinite(value) &&
      value >= min &&
      value <= max &&
      value > above &&
      (!whole || Number.isInteger(value));
    if (fits) return value;
    const got = value === undefined ? 'is missing' : `is ${show(value)}`;
    this.violations.add(this.subject, `${name} ${got}; it must be ${rangeText(range)}`);
    return Number.NaN;
  }

  word<W extends string>(name: string, value: unknown, words: readonly W[], fallback: W): W {
    if (value === undefined) return fallback;
    const word = words.find((known) => known === value);
    if (word === undefined)
      this.violations.add(this.subject, `${name} is ${show(value)}; it must be one of ${words.join(', ')}`);
    return word ?? fallback;
  }

  /** A relation between options. One that is not a number was complained about already. */
  relation(values: readonly number[], holds: boolean, message: string, hint = ''): void {
    if (!holds && !values.some(Number.isNaN)) this.violations.add(this.subject, message, hint);
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

function rangeText({ min, max, above, whole, unit }: Range): string {
  const kind = whole ? 'a whole number' : 'a number';
  const of = unit === undefined ? '' : ` ${unit}`;
  const upper = max === undefined ? '' : ` and at most ${max}`;
  if (above !== undefined) return `${kind} above ${above}${upper}${of}`;
  if (min !== undefined && max !== undefined) return `${kind} ${min}..${max}${of}`;
  return min === undefined ? `${kind}${of}` : `${kind} of at least ${min}${of}`;
}
