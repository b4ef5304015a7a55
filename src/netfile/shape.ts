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

/** `an integer 0..9` -> `integers 0..9`. */
const plural = (expected: string): string =>
  expected.replace(/^an? (\w+)/, '$1s').replace(/^one of /, 'any of ');

/** A list whose entries all have one shape. */
export function list<T>(of: Shape<T>, { min = 0 }: { readonly min?: number } = {}): Shape<readonly T[]> {
  const expected = `a list of ${plural(of.expected)}`;
  return {
    expected,
    kinds: ['array'],
    schema: { type: 'array', items: of.schema, ...(min > 0 ? { minItems: min } : {}) },
    check(value, path, findings) {
      if (!Array.isArray(value)) return findings.add(path, `expected ${expected}, got ${shown(value)}`);
      if (value.length < min) findings.add(path, `expected a list of at least ${min}, got ${value.length}`);
      value.forEach((entry, i) => {
        of.check(entry, [...path, i], findings);
      });
    },
  };
}

/** A list with a shape for each place; those after `required` may be left out. */
export function tuple<const S extends readonly Shape<unknown>[]>(
  expected: string,
  places: S,
  required: number = places.length,
): Shape<{ readonly [I in keyof S]: TypeOf<S[I]> }> {
  return {
    expected,
    kinds: ['array'],
    schema: {
      type: 'array',
      prefixItems: places.map((p) => p.schema),
      minItems: required,
      maxItems: places.length,
    },
    check(value, path, findings) {
      if (!Array.isArray(value) || value.length < required || value.length > places.length)
        return findings.add(
          path,
          `expected ${expected}, got ${Array.isArray(value) ? `a list of ${value.length}` : shown(value)}`,
        );
      value.forEach((entry, i) => {
        places[i]!.check(entry, [...path, i], findings);
      });
    },
  };
}

/** A map from the user's own names to one shape. */
export function mapOf<T>(of: Shape<T>, expected: string): Shape<{ readonly [name: string]: T }> {
  return {
    expected,
    kinds: ['object'],
    schema: { type: 'object', additionalProperties: of.schema, propertyNames: { minLength: 1 } },
    check(value, path, findings) {
      if (kindOf(value) !== 'object') return findings.add(path, `expected ${expected}, got ${shown(value)}`);
      for (const [key, entry] of Object.entries(value as JsonObject)) {
        if (key === '') findings.add([...path, key], 'a name must not be empty', '', 'key');
        of.check(entry, [...path, key], findings);
      }
    },
  };
}

export interface Field<T, R extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly required: R;
}

/** A field that must be given, with what it means. */
export const required = <T>(
  shape: Shape<T>,
  description = '',
  examples: readonly unknown[] = [],
): Field<T, true> => ({
  shape: described(shape, description, examples),
  required: true,
});

/** A field that may be left out, with what it means. */
export const optional = <T>(
  shape: Shape<T>,
  description = '',
  examples: readonly unknown[] = [],
): Field<T, false> => ({
  shape: described(shape, description, examples),
  required: false,
});

export type Fields = { readonly [key: string]: Field<unknown> };

type ObjectOf<F extends Fields> = {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: TypeOf<F[K]['shape']>;
} & {
  readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: TypeOf<F[K]['shape']>;
};

/** Rules over several keys of a map. */
export interface KeyRules {
  /** Of each group exactly one key must be given. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Of each group not more than one key may be given. */
  readonly atMostOne?: readonly (readonly string[])[];
}

const ruleSchemas = ({ exactlyOne = [], atMostOne = [] }: KeyRules): readonly JsonSchema[] => [
  ...exactlyOne.map((keys) => ({ oneOf: keys.map((key) => ({ required: [key] })) })),
  ...atMostOne.flatMap((keys) =>
    keys.flatMap((a, i) => keys.slice(i + 1).map((b) => ({ not: { required: [a, b] } }))),
  ),
];

/** A map with known keys; others are errors with a guess at what was meant. */
export function object<const F extends Fields>(
  expected: string,
  fields: F,
  rules: KeyRules = {},
): Shape<ObjectOf<F>> {
  const keys = Object.keys(fields);
  const needed = keys.filter((key) => fields[key]!.required);
  const conditions = ruleSchemas(rules);
  return {
    expected,
    kinds: ['object'],
    schema: {
      type: 'object',
      properties: Object.fromEntries(keys.map((key) => [key, fields[key]!.shape.schema])),
      ...(needed.length > 0 ? { required: needed } : {}),
      ...(conditions.length > 0 ? { allOf: conditions } : {}),
      additionalProperties: false,
    },
    check(value, path, findings) {
      if (kindOf(value) !== 'object') return findings.add(path, `expected ${expected}, got ${shown(value)}`);
      const given = value as JsonObject;
      for (const key of Object.keys(given)) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (field !== undefined) field.shape.check(given[key], [...path, key], findings);
        else {
          const guess = nearest(key, keys);
          const hint = guess === undefined ? `${expected} has ${keys.join(', ')}` : `did you mean ${guess}?`;
          findings.add([...path, key], `unknown key ${JSON.stringify(key)}`, hint, 'key');
        }
      }
      for (const key of needed)
        if (!Object.hasOwn(given, key))
          findings.add(path, `${key} is missing: expected ${fields[key]!.shape.expected}`, '', 'key');
      checkRules(given, rules, path, findings);
    },
  };
}

function checkRules(
  given: JsonObject,
  { exactlyOne = [], atMostOne = [] }: KeyRules,
  path: Path,
  findings: Findings,
): void {
  const present = (keys: readonly string[]): string[] => keys.filter((key) => Object.hasOwn(given, key));
  for (const keys of exactlyOne)
    if (present(keys).length === 0)
      findings.add(path, `expected one of the keys ${keys.join(', ')}`, '', 'key');
  for (const keys of [...exactlyOne, ...atMostOne]) {
    const [first, second] = present(keys);
    if (first !== undefined && second !== undefined)
      findings.add(
        [...path, second],
        `${first} and ${second} exclude each other`,
        `keep one of ${keys.join(', ')}`,
        'key',
      );
  }
}

/** A variant of a tagged map: its fields beside `type`, and rules over them. */
export interface Variant<F extends Fields = Fields> {
  readonly fields: F;
  readonly rules: KeyRules;
}

export const variant = <const F extends Fields>(fields: F, rules: KeyRules = {}): Variant<F> => ({
  fields,
  rules,
});

/** Maps that say their own kind under `type`. */
export function tagged<const V extends { readonly [word: string]: Variant }>(
  expected: string,
  variants: V,
): Shape<{ readonly [W in keyof V]: { readonly type: W } & ObjectOf<V[W]['fields']> }[keyof V]> {
  const words = Object.keys(variants);
  const word = choice(words);
  const shapes = new Map(
    words.map((w) => {
      const { fields, rules } = variants[w]!;
      return [w, object(`${expected} of type ${w}`, { type: required(choice([w])), ...fields }, rules)];
    }),
  );
  return {
    expected,
    kinds: ['object'],
    schema: { oneOf: words.map((w) => shapes.get(w)!.schema) },
    check(value, path, findings) {
      if (kindOf(value) !== 'object') return findings.add(path, `expected ${expected}, got ${shown(value)}`);
      const given = value as JsonObject;
      if (!Object.hasOwn(given, 'type'))
        return findings.add(path, `type is missing: expected ${word.expected}`, '', 'key');
      const shape = typeof given.type === 'string' ? shapes.get(given.type) : undefined;
      if (shape === undefined) word.check(given.type, [...path, 'type'], findings);
      else shape.check(value, path, findings);
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
