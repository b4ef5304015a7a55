/**
 * Shapes of values in a file. One description serves three readers: the checker below, the JSON Schema
 * published as schema/network.json, and the text of error messages; so they cannot disagree.
 *
 * Shapes check and describe, they do not convert: a value that passes `check` has the type of its shape.
 */
import { nearest } from './did-you-mean.js';
import type { Findings, Path } from './findings.js';

export type JsonKind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Shape<T> {
  /** After "expected": `an integer 0..4095`. */
  readonly expected: string;
  /** The JSON kind of every value that fits; a union picks its alternative by it. */
  readonly kinds: readonly JsonKind[];
  /** JSON Schema 2020-12. */
  readonly schema: JsonSchema;
  check(value: unknown, path: Path, findings: Findings): void;
  /** Carries the type only; never set. */
  readonly type?: T;
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never;

export type JsonObject = { readonly [key: string]: unknown };

export function kindOf(value: unknown): JsonKind | 'other' {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  if (type === 'boolean' || type === 'number' || type === 'string') return type;
  // YAML tags make Uint8Arrays, Sets and the like, which no JSON has.
  return type === 'object' && Object.getPrototypeOf(value) === Object.prototype ? 'object' : 'other';
}

/** The value as a person would point at it: `text "abc"`, `a list`, `nothing`. */
export function shown(value: unknown): string {
  switch (kindOf(value)) {
    case 'null':
      return 'nothing';
    case 'array':
      return 'a list';
    case 'object':
      return 'a map';
    case 'string': {
      const text = String(value);
      return `text ${JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text)}`;
    }
    case 'other':
      return 'a value no JSON has';
    default:
      return String(value);
  }
}

const range = (min: number | undefined, max: number | undefined): string => {
  if (min !== undefined && max !== undefined) return ` ${min}..${max}`;
  if (min !== undefined) return ` >= ${min}`;
  return max === undefined ? '' : ` <= ${max}`;
};

interface Range {
  readonly min?: number;
  readonly max?: number;
}

const rangeSchema = ({ min, max }: Range): JsonSchema => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

/** Integers a double holds exactly, as JSON Schema writes them: 3 and 3.0 alike. */
export function integer(limits: Range = {}): Shape<number> {
  const min = limits.min ?? Number.MIN_SAFE_INTEGER;
  const max = limits.max ?? Number.MAX_SAFE_INTEGER;
  const expected = `an integer${range(limits.min, limits.max)}`;
  return {
    expected,
    kinds: ['number'],
    schema: { type: 'integer', minimum: min, maximum: max },
    check(value, path, findings) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
        findings.add(path, `expected ${expected}, got ${shown(value)}`);
    },
  };
}

/** A finite number; `above` is an exclusive lower bound. */
export function number(limits: Range & { readonly above?: number } = {}): Shape<number> {
  const { above } = limits;
  const expected = `a number${above === undefined ? range(limits.min, limits.max) : ` > ${above}`}`;
  return {
    expected,
    kinds: ['number'],
    schema: {
      type: 'number',
      ...rangeSchema(limits),
      ...(above === undefined ? {} : { exclusiveMinimum: above }),
    },
    check(value, path, findings) {
      const fits =
        typeof value === 'number' &&
        Number.isFinite(value) &&
        value >= (limits.min ?? -Infinity) &&
        value <= (limits.max ?? Infinity) &&
        (above === undefined || value > above);
      if (!fits) findings.add(path, `expected ${expected}, got ${shown(value)}`);
    },
  };
}

export function text(): Shape<string> {
  return {
    expected: 'text',
    kinds: ['string'],
    schema: { type: 'string', minLength: 1 },
    check(value, path, findings) {
      if (typeof value !== 'string' || value === '') {
        const hint = typeof value === 'number' || typeof value === 'boolean' ? 'put it in quotes' : '';
        findings.add(path, `expected text, got ${value === '' ? 'empty text' : shown(value)}`, hint);
      }
    },
  };
}

export function boolean(): Shape<boolean> {
  return {
    expected: 'true or false',
    kinds: ['boolean'],
    schema: { type: 'boolean' },
    check(value, path, findings) {
      if (typeof value !== 'boolean') findings.add(path, `expected true or false, got ${shown(value)}`);
    },
  };
}

/** One of a few words. */
export function choice<const W extends string>(words: readonly W[]): Shape<W> {
  const expected = words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`;
  return {
    expected,
    kinds: ['string'],
    schema: { enum: words },
    check(value, path, findings) {
      if ((words as readonly unknown[]).includes(value)) return;
      const guess = typeof value === 'string' ? nearest(value, words) : undefined;
      findings.add(
        path,
        `expected ${expected}, got ${shown(value)}`,
        guess === undefined ? '' : `did you mean ${guess}?`,
      );
    },
  };
}

/** Alternatives told apart by the JSON kind of the value. */
export function either<const S extends readonly Shape<unknown>[]>(...shapes: S): Shape<TypeOf<S[number]>> {
  const expected = shapes.map((s) => s.expected).join(' or ');
  return {
    expected,
    kinds: shapes.flatMap((s) => s.kinds),
    schema: { anyOf: shapes.map((s) => s.schema) },
    check(value, path, findings) {
      const kind = kindOf(value);
      const shape = shapes.find((s) => (s.kinds as readonly string[]).includes(kind));
      if (shape === undefined) findings.add(path, `expected ${expected}, got ${shown(value)}`);
      else shape.check(value, path, findings);
    },
  };
}

/** The same shape with a description and examples in its schema. */
export function described<T>(
  shape: Shape<T>,
  description: string,
  examples: readonly unknown[] = [],
): Shape<T> {
  if (description === '' && examples.length === 0) return shape;
  const schema = {
    ...(description === '' ? {} : { description }),
    ...shape.schema,
    ...(examples.length > 0 ? { examples } : {}),
  };
  return { expected: shape.expected, kinds: shape.kinds, schema, check: shape.check };
}

/** The same shape, written once in the schema under `$defs` and referred to by name. */
export function named<T>(name: string, shape: Shape<T>, definitions: Map<string, JsonSchema>): Shape<T> {
  definitions.set(name, shape.schema);
  return {
    expected: shape.expected,
    kinds: shape.kinds,
    schema: { $ref: `#/$defs/${name}` },
    check: shape.check,
  };
}
