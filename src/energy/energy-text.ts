/** An energy report for a terminal: what cost what, where, and what the sum leaves out. */
import { type Column, grouped, renderTable } from '../cli/table.js';
import type { EnergyReport, ReportedStatic } from './energy-report.js';
import type { ReportedSection } from './energy-sections.js';
import { EVENTS } from './events.js';
import { byText, figureLines, profileTitle, share } from './figure-lines.js';
import { labelled, sentence, wrapped } from './labelled-lines.js';
import { siText } from './si-prefix.js';

export interface EnergyTextOptions {
  /** Columns of the terminal; 100 by default. */
  readonly width?: number;
  /** Entries shown of each section; 5 by default. */
  readonly top?: number;
  /** Paints titles; none by default. */
  readonly dim?: (text: string) => string;
}

type Settings = Required<EnergyTextOptions>;

const BAR_WIDTH = 20;

/** Lines without a trailing newline. */
export function renderEnergy(report: EnergyReport, options: EnergyTextOptions = {}): string {
  const settings: Settings = { width: 100, top: 5, dim: (text) => text, ...options };
  const { width } = settings;
  const blocks = [
    wrapped(`energy, an estimate by ${profileTitle(report)}`, width),
    eventTable(report, settings),
    [operationsLine(report, width), ...remarks(report, width)].join('\n'),
    ...report.sections.flatMap((section) => sectionText(section, report, settings)),
    refusedSections(report, width),
    [...figureLines(report, width), closing(report, width)].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const bar = (part: number, whole: number, width: number): string =>
  width < 80 || whole === 0 ? '' : '█'.repeat(Math.round((BAR_WIDTH * part) / whole));

function eventTable(report: EnergyReport, { width, dim }: Settings): string {
  const { events, counts, operations } = report;
  if ('refused' in events) {
    const rows = EVENTS.filter(({ name }) => counts[name] > 0).map(({ name }) => [
      name,
      grouped(counts[name]),
    ]);
    return rows.length === 0 ? '' : renderTable(COUNT_COLUMNS, rows, dim);
  }
  const whole = 'refused' in operations ? 0 : operations.joules;
  const happened = events.filter(({ count }) => count > 0);
  const mixed = new Set(happened.map(({ basis }) => basis)).size > 1;
  const columns = mixed ? [...EVENT_COLUMNS, BASIS_COLUMN] : EVENT_COLUMNS;
  const rows = happened.map(({ event, count, picojoules, joules, basis }) => [
    event,
    grouped(count),
    String(picojoules),
    siText(joules, 'J'),
    share(joules, whole),
    bar(joules, whole, width),
    ...(mixed ? [basis] : []),
  ]);
  return rows.length === 0 ? '' : renderTable(columns, rows, dim);
}

const COUNT_COLUMNS: readonly Column[] = [
  { title: 'event', align: 'left' },
  { title: 'count', align: 'right' },
];
const EVENT_COLUMNS: readonly Column[] = [
  ...COUNT_COLUMNS,
  { title: 'pJ each', align: 'right' },
  { title: 'energy', align: 'right' },
  { title: 'share', align: 'right' },
  { title: '', align: 'left' },
];
const BASIS_COLUMN: Column = { title: 'basis', align: 'left' };

function operationsLine({ operations, groups, steps, samples }: EnergyReport, width: number): string {
  if ('refused' in operations)
    return labelled('operations', `no joules: ${operations.refused}; counts only`, width);
  const { joules, perStep, perSample } = operations;
  const parts = [
    siText(joules, 'J'),
    ...(perStep === null ? [] : [`${siText(perStep, 'J')} a step (${grouped(steps)})`]),
    ...(perSample === null ? [] : [`${siText(perSample, 'J')} a sample (${grouped(samples ?? 0)})`]),
  ];
  const split =
    'refused' in groups
      ? `not by event: ${groups.refused}`
      : Object.entries(groups)
          .filter(([, part]) => part > 0)
          .map(([group, part]) => `${group} ${siText(part, 'J')}`)
          .join(', ');
  return labelled('operations', [parts.join(', '), split].filter((part) => part !== '').join('; '), width);
}

function remarks({ profile, included, unpriced, static: fixed }: EnergyReport, width: number): string[] {
  const lines: string[] = [];
  for (const [where, of] of byText(included, ({ includedIn, note }) =>
    note === '' ? includedIn : `${includedIn} (${note})`,
  ))
    lines.push(labelled('included', `${countList(of)} in ${where}`, width));
  if (unpriced.length > 0 && profile.noEnergy === null)
    lines.push(labelled('unpriced', `${countList(unpriced)}: no figure, so not in the sum`, width));
  if (fixed !== null)
    lines.push(
      labelled(
        'static',
        'refused' in fixed ? `no joules: ${fixed.refused}` : staticText(fixed, profile.name),
        width,
      ),
    );
  return lines;
}

function staticText(fixed: ReportedStatic, profile: string): string {
  const { joules, milliwatts, chips, seconds, clock, timing, basis, source, note } = fixed;
  const product = `${milliwatts} mW x ${grouped(chips)} ${chips === 1 ? 'chip' : 'chips'} x ${siText(seconds, 's')}`;
  const whose =
    timing === null || timing.profile === profile ? '' : ` (the run was timed so, not by ${profile})`;
  const remark = note === '' ? '' : ` (${note})`;
  return `${siText(joules, 'J')} = ${product} of ${clock}${whose}, no part of operations; ${basis}: ${source}${remark}`;
}

const countList = (events: readonly { readonly event: string; readonly count: number }[]): string =>
  events.map(({ event, count }) => `${event} (${grouped(count)})`).join(', ');

const PLURALS = {
  chip: 'chips',
  core: 'cores',
  population: 'populations',
  projection: 'projections',
  window: 'windows',
  sample: 'samples',
} as const;

/** Parts that have no joules, with the reason once. */
function refusedSections({ sections, operations }: EnergyReport, width: number): string {
  if ('refused' in operations) return '';
  const refused = sections.filter(({ refused: why, entries }) => why !== null && entries.length > 0);
  return [...byText(refused, ({ refused: why }) => why!)]
    .map(([why, of]) =>
      labelled('parts', `no joules of ${of.map(({ by }) => PLURALS[by]).join(', ')}: ${why}`, width),
    )
    .join('\n');
}

/** The dearest entries of a division by place; the spread of one by time. */
function sectionText(section: ReportedSection, { operations }: EnergyReport, settings: Settings): string[] {
  const { by, entries, refused, note } = section;
  if ('refused' in operations) return [];
  if (entries.length === 0) return note === '' ? [] : [labelled(PLURALS[by], note, settings.width)];
  if (refused !== null) return [];
  const whole = operations.joules;
  const sorted = entries
    .map(({ label, joules }) => ({ label, joules: joules ?? 0 }))
    .sort((a, b) => b.joules - a.joules);
  if (by === 'window' || by === 'sample') {
    const sum = sorted.reduce((total, { joules }) => total + joules, 0);
    const [most, least] = [sorted[0]!, sorted.at(-1)!];
    return [
      labelled(
        PLURALS[by],
        `${grouped(entries.length)}, mean ${siText(sum / entries.length, 'J')}, least ${siText(least.joules, 'J')} (${least.label}), most ${siText(most.joules, 'J')} (${most.label})`,
        settings.width,
      ),
    ];
  }
  const shown = sorted.slice(0, settings.top);
  const sumOf = (list: typeof sorted): number => list.reduce((total, { joules }) => total + joules, 0);
  const rest = whole - sumOf(sorted);
  const rows = [
    ...shown,
    ...(sorted.length > shown.length
      ? [
          {
            label: `${grouped(sorted.length - shown.length)} others`,
            joules: sumOf(sorted.slice(settings.top)),
          },
        ]
      : []),
    // What is left by rounding is no one's.
    ...(rest > 1e-9 * whole ? [{ label: `of no ${by}`, joules: rest }] : []),
  ];
  const table = renderTable(
    [
      { title: by, align: 'left' },
      { title: 'energy', align: 'right' },
      { title: 'share', align: 'right' },
      { title: '', align: 'left' },
    ],
    rows.map(({ label, joules }) => [
      label,
      siText(joules, 'J'),
      share(joules, whole),
      bar(joules, whole, settings.width),
    ]),
    settings.dim,
  );
  return [note === '' ? table : `${table}\n${labelled('', note, settings.width)}`];
}

const closing = ({ profile, estimate }: EnergyReport, width: number): string =>
  labelled('notice', `${sentence(profile.notice)} This is ${estimate}.`, width);
