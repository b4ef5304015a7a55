/** What an image uses of its chip, and compile reports as text. */
import type { CoreImage } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { limitOf } from './core-limits.js';
import { significant } from './number-text.js';
import type {
  CompileReport,
  ConversionReport,
  CoreReport,
  ImageReport,
  LimitName,
  Usage,
  WeightReport,
} from './report.js';

const LIMITS: readonly LimitName[] = [
  'compartments',
  'inAxons',
  'outAxonSlots',
  'synapseBits',
  'accumulators',
];

/** Use per core, read from the image alone. */
export function explainImage(image: ChipImage): ImageReport {
  const { profile, populations } = image;
  const usageOf = ({ used }: CoreImage): Usage[] =>
    LIMITS.map((limit) => ({ limit, used: used[limit], available: limitOf(profile.limits, limit) }));
  const onCore: { label: string; from: number; to: number; at: number }[][] = image.cores.map(() => []);
  for (const { label, slices } of populations)
    for (const { core, compartment, neuron, count } of slices)
      onCore[core]!.push({ label, from: neuron, to: neuron + count, at: compartment });
  const cores = image.cores.map((core, at): CoreReport => {
    const { chipX, chipY, tileX, tileY, slot, used, maxDelay } = core;
    return {
      core: at,
      chipX,
      chipY,
      tileX,
      tileY,
      slot,
      populations: onCore[at]!.sort((a, b) => a.at - b.at).map(({ label, from, to }) => ({
        label,
        from,
        to,
      })),
      usage: usageOf(core),
      synapses: used.synapses,
      maxDelay,
    };
  });
  const sum = (pick: (core: CoreImage) => number) =>
    image.cores.reduce((total, core) => total + pick(core), 0);
  return {
    profile: { name: profile.name, title: profile.title, notice: profile.notice },
    chips: new Set(image.cores.map(({ chipX, chipY }) => `${chipX} ${chipY}`)).size,
    cores,
    totals: {
      neurons: sum(({ n }) => n),
      sources: image.sources.count,
      synapses: sum(({ used }) => used.synapses),
      synapseBits: sum(({ used }) => used.synapseBits),
    },
  };
}

/** Cores printed before the rest is summed up. */
const CORES_SHOWN = 64;
const SPLITS_SHOWN = 64;

/** A report as plain text. No colours, at most 110 columns but for long labels. */
export function renderReport(report: ImageReport | CompileReport): string {
  const { profile, chips, cores, totals } = report;
  const lines = [
    `${profile.title} (${profile.name}): ${totals.neurons} neurons, ${totals.sources} sources, ${totals.synapses} synapses on ${count(cores.length, 'core')}, ${count(chips, 'chip')}`,
  ];
  if ('notices' in report) lines.push(...report.notices.map((notice) => `note: ${notice}`));
  else if (profile.notice !== '') lines.push(`note: ${profile.notice}`);
  lines.push('', ...coreTable(cores));
  if ('splits' in report) {
    if (report.splits.length > 0) lines.push('', 'Why new cores were started');
    for (const { core, message } of report.splits.slice(0, SPLITS_SHOWN))
      lines.push(`  core ${core}: ${message}`);
    if (report.splits.length > SPLITS_SHOWN) lines.push(`  and ${report.splits.length - SPLITS_SHOWN} more`);
    lines.push(...report.conversions.flatMap(conversionLines), ...weightLines(report.weights));
  }
  return `${lines.join('\n')}\n`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const HEAD = [
  'core',
  'chip',
  'tile',
  'slot',
  'comp.',
  'in-axons',
  'out-axons',
  'syn. memory',
  'accum.',
  'populations',
];

function coreTable(cores: readonly CoreReport[]): string[] {
  const rows = cores
    .slice(0, CORES_SHOWN)
    .map((core) => [
      String(core.core),
      `${core.chipX},${core.chipY}`,
      `${core.tileX},${core.tileY}`,
      String(core.slot),
      ...core.usage.map(usageText),
      core.populations.map(({ label, from, to }) => `${label}[${from}:${to}]`).join(' '),
    ]);
  const widths = HEAD.map((head, c) => Math.max(head.length, ...rows.map((row) => row[c]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (c === HEAD.length - 1 ? cell : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd();
  const lines = [line(HEAD), ...rows.map(line)];
  if (cores.length > CORES_SHOWN) lines.push(`and ${cores.length - CORES_SHOWN} more cores`);
  return lines;
}

/** `512/1024`, or kibibytes of synaptic memory. */
function usageText({ limit, used, available }: Usage): string {
  const amount = (x: number): string => (limit === 'synapseBits' ? `${(x / 8192).toFixed(1)}K` : String(x));
  return available === null ? amount(used) : `${amount(used)}/${amount(available)}`;
}

function conversionLines({ population, unitsPerMv, roundings }: ConversionReport): string[] {
  return [
    '',
    `Registers of ${population} (${significant(unitsPerMv)} units of v per mV)`,
    ...roundings.map(({ message, relativeError }) => `  ${message} (${percent(relativeError)})`),
  ];
}

function weightLines(weights: readonly WeightReport[]): string[] {
  const rounded = weights.filter((report) => report.rounded > 0);
  if (rounded.length === 0) return [];
  return [
    '',
    'Weights that were rounded',
    ...rounded.map(
      ({
        projection,
        synapses,
        rounded: n,
        lost,
        maxError,
        worstWanted,
        unit,
        weightBits,
        signMode,
        weightExp,
      }) =>
        `  ${projection}: ${n} of ${synapses} (${lost} to 0), at most by ${significant(maxError)} at ${significant(worstWanted)} ${unit}; ${weightBits} bits ${signMode}${weightExp === null ? '' : `, exponent ${weightExp}`}`,
    ),
  ];
}

const percent = (error: number): string =>
  error === 0 ? 'exact' : `${error > 0 ? '+' : ''}${(100 * error).toPrecision(2)} %`;
