/**
 * What the fields of a chip image are, checked on data from a file. Whether numbers that refer to something
 * refer to something that is there is the business of image-references.ts.
 */
import type { ChipProfile, CoreImage, CoreUse, Limits, Rules, SynapseFormat } from '../../cores/index.js';
import { COMPARTMENT_REGISTERS, INDEX_MAX } from '../../cores/index.js';
import {
  type ChipImage,
  IMAGE_VERSION,
  type PopulationImage,
  type ProbeImage,
  type Senders,
  type Slice,
} from '../../routing/index.js';

type Report = (message: string) => void;
/** Reports what is wrong with a value found at `at`. */
type Check = (value: unknown, at: string, report: Report) => void;

const shown = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? typeof value;
  return Array.isArray(value) ? 'a list' : (value.constructor?.name ?? 'an object');
};

const expecting =
  (what: string, fits: (value: unknown) => boolean): Check =>
  (value, at, report) => {
    if (!fits(value)) report(`${at} is ${shown(value)}, expected ${what}`);
  };

const TEXT_MAX = 4096;
const text = expecting('a text', (value) => typeof value === 'string' && value.length <= TEXT_MAX);
const flag = expecting('true or false', (value) => typeof value === 'boolean');
const finite = expecting('a number', (value) => typeof value === 'number' && Number.isFinite(value));
const u32 = 2 ** 32 - 1;
const i32 = 2 ** 31 - 1;

const whole = (min: number, max: number): Check =>
  expecting(
    `an integer ${min}..${max}`,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  );
const count = whole(0, u32);
const integer = whole(-i32 - 1, i32);

const oneOf = (...values: readonly (string | number)[]): Check =>
  expecting(values.join(' or '), (value) => values.includes(value as string | number));

type TypedArray = typeof Uint8Array | typeof Int16Array | typeof Uint32Array | typeof Int32Array;
const array = (kind: TypedArray): Check => expecting(`a ${kind.name}`, (value) => value instanceof kind);

const either =
  (first: Check, second: Check, what: string): Check =>
  (value, at, report) => {
    const fits = (check: Check): boolean => {
      let good = true;
      check(value, at, () => {
        good = false;
      });
      return good;
    };
    if (!fits(first) && !fits(second)) report(`${at} is ${shown(value)}, expected ${what}`);
  };

const nullOr =
  (check: Check): Check =>
  (value, at, report) => {
    if (value !== null) check(value, at, report);
  };

const list =
  (check: Check): Check =>
  (value, at, report) => {
    if (!Array.isArray(value)) report(`${at} is ${shown(value)}, expected a list`);
    else for (const [i, item] of value.entries()) check(item, `${at}[${i}]`, report);
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof Map);

/** A field that an object may lack. */
const optional =
  (check: Check): Check =>
  (value, at, report) => {
    if (value !== undefined) check(value, at, report);
  };

/** Exactly these fields; one that is lacking is to its check `undefined`. */
const record =
  <T>(fields: { readonly [Name in keyof Required<T>]: Check }): Check =>
  (value, at, report) => {
    if (!isObject(value)) {
      report(`${at} is ${shown(value)}, expected an object`);
      return;
    }
    for (const [name, check] of Object.entries<Check>(fields)) {
      if (name in value) check(value[name], at === '' ? name : `${at}.${name}`, report);
      else check(undefined, name, () => report(`${at === '' ? 'the image' : at} has no ${name}`));
    }
    for (const name of Object.keys(value))
      if (!(name in fields)) report(`${at === '' ? 'the image' : at} has an unknown field ${name}`);
  };

const column = either(integer, array(Int32Array), 'an integer or an Int32Array');

const sumRule: Check = (value, at, report) => {
  const twos = isObject(value) && value.kind === 'twosComplement';
  const check = twos
    ? record<{ kind: string; bits: number }>({ kind: text, bits: whole(1, 30) })
    : record<{ kind: string }>({ kind: oneOf('lavaWrap', 'none', 'twosComplement') });
  check(value, at, report);
};

const resetMode = oneOf('zero', 'value', 'subtract');

const rules = record<Rules>({
  dsOffset: whole(0, 1),
  dmOffset: whole(0, 1),
  duMax: whole(0, 4096),
  dvMax: whole(0, 4096),
  inputSum: sumRule,
  current: sumRule,
  biasSum: sumRule,
  onOverflow: oneOf('wrap', 'clamp', 'error'),
  voltage: oneOf('registers', 'symmetric23', 'none'),
  bias: record<Rules['bias']>({
    mantMin: whole(-(2 ** 23), 0),
    mantMax: whole(0, 2 ** 23),
    expMin: whole(-31, 0),
    expMax: whole(0, 7),
  }),
  vthMantMin: whole(0, 2 ** 24 - 1),
  vthMantMax: whole(0, 2 ** 24 - 1),
  refractMax: whole(0, 2 ** 16),
  weights: record<Rules['weights']>({
    bits: list(whole(1, 8)),
    rounding: oneOf('exact', 'nearestEven', 'floor', 'towardZero'),
    mixedRange: oneOf('full', 'symmetric'),
    inhibitoryMin: whole(-256, 0),
    negativeExponent: oneOf('synapseFloor', 'synapseNearest', 'connectionSum'),
    expMin: whole(-31, 0),
    expMax: whole(0, 15),
    clip: flag,
  }),
  delayMax: whole(0, 63),
  hostInputLatency: whole(0, 1),
  noise: record<Rules['noise']>({ min: whole(-32_768, 32_767), max: whole(-32_768, 32_767) }),
  resets: list(resetMode),
  ternary: flag,
  periodicReset: flag,
  graded: flag,
  adaptiveThreshold: optional(flag),
  refractoryReadout: oneOf('zero', 'countdown'),
});

const limits = record<Limits>({
  compartmentsPerCore: nullOr(count),
  inAxonsPerCore: nullOr(count),
  outAxonSlotsPerCore: nullOr(count),
  synapseBitsPerCore: nullOr(count),
  accumulatorsPerCore: nullOr(count),
  tilesX: whole(1, 4096),
  tilesY: whole(1, 4096),
  coresPerTile: whole(1, 4096),
  chips: nullOr(count),
});

const profile = record<ChipProfile>({ name: text, title: text, source: text, notice: text, rules, limits });

const format = record<SynapseFormat>({
  kind: oneOf('sparse', 'dense', 'conv'),
  signMode: oneOf('mixed', 'excitatory', 'inhibitory'),
  weightBits: whole(1, 9),
  delayBits: whole(0, 6),
  indexBits: whole(0, 17),
  tagBits: whole(0, 16),
  shift: whole(0, 15),
  sumShift: whole(0, 31),
  connection: count,
  events: optional(oneOf('sparse', 'dense', 'conv')),
});

const targets = { start: array(Uint32Array), core: array(Uint32Array), axon: array(Uint32Array) };

const place = {
  chipX: whole(0, 65_535),
  chipY: whole(0, 65_535),
  tileX: whole(0, 4095),
  tileY: whole(0, 4095),
  slot: whole(0, 4095),
};

const core = record<CoreImage>({
  ...place,
  n: whole(1, INDEX_MAX + 1),
  compartments: record<CoreImage['compartments']>(
    Object.fromEntries(
      COMPARTMENT_REGISTERS.map(({ name }) => [
        name,
        name === 'dth' || name === 'vthStep' ? optional(column) : column,
      ]),
    ) as Record<keyof CoreImage['compartments'], Check>,
  ),
  registers: record<CoreImage['registers']>({
    vmin: integer,
    vmax: integer,
    dsOffset: whole(0, 1),
    dmOffset: whole(0, 1),
    noiseTarget: oneOf('off', 'current', 'voltage'),
    noiseExp: integer,
    noiseMantOffset: integer,
    resetMode,
    ternary: flag,
    resetInterval: integer,
    resetOffset: integer,
  }),
  u0: column,
  v0: column,
  inAxons: count,
  synapses: record<CoreImage['synapses']>({
    formats: list(format),
    axonStart: array(Uint32Array),
    format: array(Uint8Array),
    wide: array(Uint8Array),
    offset: array(Uint32Array),
    count: array(Uint32Array),
    first: array(Uint32Array),
    delay: array(Uint8Array),
    words: array(Uint32Array),
    rows: array(Int16Array),
  }),
  outAxons: record<CoreImage['outAxons']>(targets),
  maxDelay: whole(0, 63),
  used: record<CoreUse>({
    compartments: count,
    inAxons: count,
    outAxonSlots: count,
    synapseBits: whole(0, Number.MAX_SAFE_INTEGER),
    accumulators: count,
    synapses: count,
  }),
});

const senders = record<Senders>({
  core: array(Uint32Array),
  visit: array(Uint32Array),
  places: list(record<Senders['places'][number]>(place)),
});

const schedule: Check = (value, at, report) => {
  const kind = isObject(value) ? value.kind : undefined;
  if (kind === 'array')
    record<Extract<ChipImage['schedules'][number], { kind: 'array' }>>({
      kind: text,
      steps: array(Uint32Array),
      sources: array(Uint32Array),
    })(value, at, report);
  else if (kind === 'poisson')
    record<Extract<ChipImage['schedules'][number], { kind: 'poisson' }>>({
      kind: text,
      first: count,
      thresholds: array(Uint32Array),
      seed: count,
      from: count,
      to: count,
    })(value, at, report);
  else if (kind === 'regular')
    record<Extract<ChipImage['schedules'][number], { kind: 'regular' }>>({
      kind: text,
      first: count,
      periods: array(Uint32Array),
      phases: array(Uint32Array),
      to: count,
    })(value, at, report);
  else report(`${at} is of kind ${shown(kind)}, expected array, poisson or regular`);
};

const image = record<ChipImage>({
  kind: oneOf('seamount-chip-image'),
  version: oneOf(IMAGE_VERSION),
  profile,
  seed: count,
  dt: finite,
  chipsX: whole(1, 65_536),
  chipsY: whole(1, 65_536),
  cores: list(core),
  populations: list(
    record<PopulationImage>({
      label: text,
      size: whole(1, u32),
      firstId: count,
      kind: oneOf('cells', 'source'),
      slices: list(record<Slice>({ core: count, compartment: count, neuron: count, count })),
      firstSource: count,
    }),
  ),
  sources: record<ChipImage['sources']>({ count, ...targets, senders: optional(senders) }),
  schedules: list(schedule),
  probes: list(
    record<ProbeImage>({
      population: count,
      variables: list(oneOf('spikes', 'u', 'v')),
      neurons: array(Uint32Array),
      from: count,
      to: count,
      every: whole(1, u32),
    }),
  ),
});

/** Fields that are not what they must be; empty when `value` is an image in form. */
export function shapeProblems(value: unknown): readonly string[] {
  const problems: string[] = [];
  image(value, '', (message) => problems.push(message));
  return problems;
}
