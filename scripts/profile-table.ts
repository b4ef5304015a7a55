/** The table of profiles in docs/semantics.md, from the profiles themselves. */
import type { ChipProfile, Limits, Rules, SumRule } from '../cores/profile.js';
import { PROFILES } from '../cores/profiles.js';

const range = (low: number, high: number): string => `${low} to ${high}`;
const allowed = (yes: boolean): string => (yes ? 'allowed' : 'no');
const limit = (value: number | null): string => (value === null ? 'none' : value.toString());

function sum(rule: SumRule): string {
  if (rule.kind === 'none') return 'no limit';
  if (rule.kind === 'lavaWrap') return "Lava's single wrap at 2^23";
  return `${rule.bits} bits and sign`;
}

const VOLTAGE = {
  registers: '`vmin` to `vmax`',
  symmetric23: '±(2^23 - 1)',
  none: 'no limit',
} as const;

const ROUNDING = {
  exact: 'none: refused',
  nearestEven: 'nearest, ties to even',
  floor: 'down',
  towardZero: 'toward zero',
} as const;

const NEGATIVE_EXPONENT = {
  synapseFloor: 'each synapse, down',
  synapseNearest: 'each synapse, nearest even',
  connectionSum: 'sum of a connection, down',
} as const;

interface Row {
  /** section of docs/semantics.md */
  readonly section: number;
  readonly title: string;
  readonly show: (profile: ChipProfile) => string;
}

/** A row (or more) for every rule: a rule without one does not compile. */
const RULE_ROWS: { readonly [K in keyof Rules]-?: readonly Row[] } = {
  dsOffset: [{ section: 2, title: 'offset of `du`', show: ({ rules }) => `+${rules.dsOffset}` }],
  dmOffset: [{ section: 2, title: 'offset of `dv`', show: ({ rules }) => `+${rules.dmOffset}` }],
  duMax: [{ section: 2, title: 'largest `du`', show: ({ rules }) => `${rules.duMax}` }],
  dvMax: [{ section: 2, title: 'largest `dv`', show: ({ rules }) => `${rules.dvMax}` }],
  inputSum: [{ section: 3, title: 'input sum `q`', show: ({ rules }) => sum(rules.inputSum) }],
  current: [{ section: 3, title: 'current `u`', show: ({ rules }) => sum(rules.current) }],
  biasSum: [{ section: 3, title: 'current and bias `i`', show: ({ rules }) => sum(rules.biasSum) }],
  onOverflow: [{ section: 3, title: 'a sum out of range', show: ({ rules }) => `${rules.onOverflow}` }],
  voltage: [{ section: 3, title: 'range of `v`', show: ({ rules }) => VOLTAGE[rules.voltage] }],
  bias: [
    { section: 3, title: '`biasMant`', show: ({ rules: { bias } }) => range(bias.mantMin, bias.mantMax) },
    { section: 3, title: '`biasExp`', show: ({ rules: { bias } }) => range(bias.expMin, bias.expMax) },
  ],
  vthMantMin: [
    { section: 3, title: '`vthMant`', show: ({ rules }) => range(rules.vthMantMin, rules.vthMantMax) },
  ],
  vthMantMax: [],
  weights: [
    { section: 4, title: 'weight bits', show: ({ rules }) => rules.weights.bits.join(', ') },
    {
      section: 4,
      title: 'rounding of mantissas',
      show: ({ rules }) => ROUNDING[rules.weights.rounding],
    },
    {
      section: 4,
      title: 'mixed mantissas',
      show: ({ rules }) => (rules.weights.mixedRange === 'full' ? '-256 to 254' : '-254 to 254'),
    },
    {
      section: 4,
      title: 'weight exponent',
      show: ({ rules }) => range(rules.weights.expMin, rules.weights.expMax),
    },
    {
      section: 4,
      title: 'negative exponent shifts',
      show: ({ rules }) => NEGATIVE_EXPONENT[rules.weights.negativeExponent],
    },
    {
      section: 4,
      title: 'effective weight clipped',
      show: ({ rules }) => (rules.weights.clip ? '±(2^21 - 64)' : 'no'),
    },
  ],
  delayMax: [{ section: 6, title: 'synaptic delay', show: ({ rules }) => range(0, rules.delayMax) }],
  refractMax: [{ section: 7, title: '`refract`', show: ({ rules }) => range(0, rules.refractMax) }],
  resets: [{ section: 7, title: 'reset', show: ({ rules }) => rules.resets.join(', ') }],
  refractoryReadout: [
    {
      section: 7,
      title: 'refractory `v` reads',
      show: ({ rules }) => (rules.refractoryReadout === 'zero' ? '0' : '128 × steps left'),
    },
  ],
  noise: [{ section: 8, title: 'noise draw', show: ({ rules: { noise } }) => range(noise.min, noise.max) }],
  hostInputLatency: [
    {
      section: 9,
      title: 'host input stamped t acts at',
      show: ({ rules }) => (rules.hostInputLatency === 0 ? 't' : 't + 1'),
    },
  ],
  ternary: [{ section: 10, title: 'ternary spikes', show: ({ rules }) => allowed(rules.ternary) }],
  periodicReset: [
    { section: 10, title: 'periodic reset', show: ({ rules }) => allowed(rules.periodicReset) },
  ],
  adaptiveThreshold: [
    {
      section: 10,
      title: 'adaptive threshold',
      show: ({ rules }) => allowed(rules.adaptiveThreshold === true),
    },
  ],
  graded: [{ section: 10, title: 'payloads', show: ({ rules }) => allowed(rules.graded) }],
};

const LIMIT_ROWS: { readonly [K in keyof Limits]-?: readonly Row[] } = {
  compartmentsPerCore: [
    { section: 5, title: 'compartments per core', show: ({ limits }) => limit(limits.compartmentsPerCore) },
  ],
  inAxonsPerCore: [
    { section: 5, title: 'in-axons per core', show: ({ limits }) => limit(limits.inAxonsPerCore) },
  ],
  outAxonSlotsPerCore: [
    { section: 5, title: 'out-axon slots per core', show: ({ limits }) => limit(limits.outAxonSlotsPerCore) },
  ],
  synapseBitsPerCore: [
    {
      section: 5,
      title: 'synaptic memory per core, bits',
      show: ({ limits }) => limit(limits.synapseBitsPerCore),
    },
  ],
  accumulatorsPerCore: [
    { section: 6, title: 'accumulators per core', show: ({ limits }) => limit(limits.accumulatorsPerCore) },
  ],
  tilesX: [
    {
      section: 5,
      title: 'tiles × cores per tile',
      show: ({ limits }) => `${limits.tilesX} × ${limits.tilesY} × ${limits.coresPerTile}`,
    },
  ],
  tilesY: [],
  coresPerTile: [],
  chips: [{ section: 5, title: 'chips', show: ({ limits }) => limit(limits.chips) }],
};

/** One row a rule, one column a profile; the first profile in full, the others where they depart from it. */
export function profileTable(): string {
  const rows = [...Object.values(RULE_ROWS), ...Object.values(LIMIT_ROWS)]
    .flat()
    .sort((a, b) => a.section - b.section);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['section', 'rule', ...PROFILES.map(({ name }) => `\`${name}\``)]),
    line(['---:', '---', ...PROFILES.map(() => '---')]),
    ...rows.map(({ section, title, show }) => {
      const values = PROFILES.map(show);
      return line([`${section}`, title, ...values.map((v, i) => (i > 0 && v === values[0] ? '·' : v))]);
    }),
  ].join('\n');
}
