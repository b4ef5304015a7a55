/** The file of a cost profile: what may be in it, what it means, and so its JSON Schema (schema/cost-profile.json). */
import { list, object, optional, required } from '../netfile/container-shapes.js';
import type { Findings, Path } from '../netfile/findings.js';
import {
  choice,
  either,
  integer,
  type JsonObject,
  type JsonSchema,
  kindOf,
  named,
  number,
  type Shape,
  shown,
  type TypeOf,
  text,
} from '../netfile/shape.js';
import type { Basis, Figure } from './cost-profile.js';
import { COST_PROFILES } from './cost-profiles.js';
import { EVENTS, type EventName } from './events.js';
import { checkQuantity, checkSize, expectedQuantity, quantityPattern, unitsOf } from './quantity.js';

const BASES: readonly Basis[] = ['simulated', 'measured', 'fitted', 'vendor', 'stated', 'assumed'];

/** Takes an inherited price away, and says that there is none. */
export const UNPRICED = 'unpriced';

const definitions = new Map<string, JsonSchema>();

const basis = choice(BASES);
const event = choice(EVENTS.map(({ name }) => name));

export interface FigureDocument {
  readonly value: number;
  readonly unit: string;
  readonly basis?: Basis;
  readonly source?: string;
  readonly note?: string;
}
export interface IncludedDocument {
  readonly includedIn: EventName;
  readonly note?: string;
}
export type QuantityDocument = string | FigureDocument;
export type PriceDocument = QuantityDocument | IncludedDocument;

const note = optional(text(), 'What a reader must know of it, e.g. that it is a minimum.');

const figureObject = (unit: Figure['unit']): Shape<FigureDocument> => {
  const shape = object('a figure', {
    value: required(number({ min: 0 }), 'Never negative.'),
    unit: required(choice(unitsOf(unit)), 'What the value is in.'),
    basis: optional(basis, "How it was come by. Default: the file's basis."),
    source: optional(text(), "Where it is from. Default: the file's source."),
    note,
  });
  return {
    ...shape,
    check(value, path, findings) {
      shape.check(value, path, findings);
      if (!findings.isClean(path)) return;
      const { value: amount, unit: written } = value as FigureDocument;
      checkSize(amount, written, unit, [...path, 'value'], findings);
    },
  };
};

const included = object('an included price', {
  includedIn: required(event, 'The event whose price this one is part of; it needs a figure itself.', [
    'visit',
  ]),
  note,
});

const isWord = (value: unknown, words: readonly string[]): boolean =>
  typeof value === 'string' && words.includes(value);

/** `23.6 pJ`, or a map with more to say; `words` are texts that mean something else. */
function quantity(unit: Figure['unit'], words: readonly string[] = []): Shape<QuantityDocument> {
  const figure = figureObject(unit);
  const expected = expectedQuantity(unit);
  return {
    expected,
    kinds: ['string', 'object'],
    schema: {
      anyOf: [
        { type: 'string', pattern: quantityPattern(unit), examples: [expected.replace(/^.* as /, '')] },
        ...(words.length > 0 ? [{ enum: words }] : []),
        figure.schema,
      ],
    },
    check(value, path, findings) {
      if (isWord(value, words)) return;
      if (typeof value === 'string') return checkQuantity(value, unit, path, findings);
      if (kindOf(value) === 'object') return figure.check(value, path, findings);
      const hint = typeof value === 'number' ? `write its unit: ${value} ${unit}` : '';
      findings.add(path, `expected ${expected}, got ${shown(value)}`, hint);
    },
  };
}

/** A quantity, or `{ includedIn: event }`, or that there is none. */
function price(unit: 'pJ' | 'ns'): Shape<PriceDocument> {
  const figure = quantity(unit, [UNPRICED]);
  const isIncluded = (value: unknown): boolean =>
    kindOf(value) === 'object' && Object.hasOwn(value as JsonObject, 'includedIn');
  return {
    expected: figure.expected,
    kinds: figure.kinds,
    schema: { anyOf: [...(figure.schema.anyOf as readonly JsonSchema[]), included.schema] },
    check: (value: unknown, path: Path, findings: Findings) =>
      (isIncluded(value) ? included : figure).check(value, path, findings),
  };
}

/** YAML's and JSON's null, to take away what `extends` brought. */
const nothing: Shape<null> = {
  expected: 'null',
  kinds: ['null'],
  schema: { enum: [null] },
  check(value, path, findings) {
    if (value !== null) findings.add(path, `expected null, got ${shown(value)}`);
  },
};

const prices = (what: string, of: Shape<PriceDocument>, more: readonly (readonly [string, string])[] = []) =>
  object(
    what,
    Object.fromEntries(
      [...EVENTS.map(({ name, meaning }) => [name, meaning] as const), ...more].map(([name, meaning]) => [
        name,
        optional(of, `Of one of: ${meaning}.`),
      ]),
    ),
  );

const time = named('time', quantity('ns'), definitions);
const energyPrice = named('energy', price('pJ'), definitions);
const latencyPrice = named('latency', price('ns'), definitions);

export const costProfileShape = object('a cost profile', {
  kind: optional(choice(['seamount-cost-profile']), 'What the file is.'),
  version: optional(integer({ min: 1, max: 1 }), 'Of the format.'),
  name: required(text(), 'Printed with every result; not that of a shipped profile.', ['my-chip']),
  extends: optional(
    choice(COST_PROFILES.map(({ name }) => name)),
    'The shipped profile this one changes: what the file does not say stays as it is there.',
  ),
  title: optional(text(), 'One line for reports. Default: the name.'),
  basis: optional(basis, 'Basis of all figures in this file that do not give their own.'),
  source: optional(text(), 'Source of all figures in this file that do not give their own.'),
  notice: optional(
    text(),
    'Printed with every result: what the figures leave out, and what may not be concluded.',
  ),
  indivisible: optional(
    either(text(), nothing),
    'Why energy may not be reported by event or by place, where it may not.',
  ),
  noEnergy: optional(either(text(), nothing), 'Why joules may not be printed, where they may not.'),
  energy: optional(
    prices('energies', energyPrice),
    'Energy of one event of each kind. What is not here is listed as unpriced.',
  ),
  latency: optional(
    prices('latencies', latencyPrice, [['link', 'the time a link is busy with one message']]),
    'Time of one event of each kind.',
  ),
  barrier: optional(
    list(
      object('a barrier time', {
        tiles: required(integer({ min: 1 }), 'The least number of tiles in use it holds for.'),
        time: required(time, 'Of one barrier.'),
      }),
    ),
    'Time of the barrier by tiles in use, ascending.',
  ),
  linkBuffer: optional(either(quantity('messages'), nothing), "Messages a link's buffer holds."),
  staticPower: optional(
    either(quantity('mW'), nothing),
    'Power of one chip that does nothing; never part of operations.',
  ),
  vendorRatios: optional(
    list(
      object('a ratio', {
        what: required(text(), 'Of what, against what.'),
        ratio: required(number({ above: 0 }), 'More is better.'),
        source: required(text(), 'Who says so.'),
      }),
    ),
    'Ratios a vendor claims; shown, never used.',
  ),
});

export type CostProfileDocument = TypeOf<typeof costProfileShape>;

/** The published schema. */
export const costProfileSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:seamount:cost-profile:1',
  title: 'Seamount cost profile',
  description:
    'What each event on a chip costs, in YAML or JSON. Checked by the same tables as the reader, which also wants a source and a basis for every figure.',
  ...costProfileShape.schema,
  $defs: Object.fromEntries(definitions),
});
