/** Shapes of lists and maps, built of others. */
import { nearest } from './did-you-mean.js';
import type { Findings, Path } from './findings.js';
import {
  choice,
  described,
  type JsonObject,
  type JsonSchema,
  kindOf,
  type Shape,
  shown,
  type TypeOf,
} from './shape.js';

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
