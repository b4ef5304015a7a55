/** One run under several profiles, side by side. */
import { SeamountError } from '../../cores/index.js';
import { type Column, grouped, renderTable } from '../cli/table.js';
import type { EnergyReport, ReportedStatic } from './energy-report.js';
import { EVENTS, type EventName } from './events.js';
import { figureLines, profileTitle } from './figure-lines.js';
import { labelled, wrapped } from './labelled-lines.js';
import { siText } from './si-prefix.js';

const MARKS = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

export interface ComparisonOptions {
  /** Columns of the terminal; 100 by default. Profiles that do not fit go into a further table. */
  readonly width?: number;
  /** Paints titles; none by default. */
  readonly dim?: (text: string) => string;
}

/**
 * A column a profile; `—` with a footnote where a profile refuses.
 * @throws {SeamountError} `E_USAGE` unless all reports are of the same counts.
 */
export function compareText(reports: readonly EnergyReport[], options: ComparisonOptions = {}): string {
  const { width = 100, dim = (text: string) => text } = options;
  const first = reports[0];
  if (first === undefined) return '';
  for (const report of reports)
    if (
      EVENTS.some(({ name }) => report.counts[name] !== first.counts[name]) ||
      report.steps !== first.steps ||
      report.samples !== first.samples
    )
      throw new SeamountError(
        'E_USAGE',
        `${report.profile.name} and ${first.profile.name} price different runs`,
        'compare profiles on the counts, steps and samples of one run',
      );
  const footnotes: string[] = [];
  const columns = reports.map((report) => columnOf(report, first, footnotes));
  const refusals = footnotes.map((text, i) => labelled(mark(i), text, width));
  const about = reports.map((report) => aboutProfile(report, width, dim));
  const warning =
    'Estimates. Profiles leave out different things and hold at different operating points: a smaller sum ' +
    'may only leave out more, so columns do not rank chips.';
  return [
    ...tables(titlesOf(first), columns, width, dim),
    [...refusals, ...staticTime(reports, width)].join('\n'),
    ...about,
    labelled('notice', warning, width),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** Whose figures a column is made of, and what is to be known of them. */
function aboutProfile(report: EnergyReport, width: number, dim: (text: string) => string): string {
  const { profile, static: fixed } = report;
  return [
    ...wrapped(profileTitle(report), width).split('\n').map(dim),
    ...figureLines(report, width),
    ...(fixed === null || 'refused' in fixed ? [] : [labelled('static', staticFigure(fixed), width)]),
    labelled('notice', profile.notice, width),
  ].join('\n');
}

const staticFigure = ({ milliwatts, basis, source, note }: ReportedStatic): string =>
  `${milliwatts} mW a chip, ${basis}: ${source}${note === '' ? '' : ` (${note})`}`;

/** One line for all columns, where any has static energy: all are of the same run. */
function staticTime(reports: readonly EnergyReport[], width: number): string[] {
  const fixed = reports.map((report) => report.static).find((one) => one !== null && !('refused' in one));
  if (fixed === undefined || fixed === null || 'refused' in fixed) return [];
  const { chips, seconds, clock } = fixed;
  const text = `of ${grouped(chips)} ${chips === 1 ? 'chip' : 'chips'} in ${siText(seconds, 's')} of ${clock}; no part of operations`;
  return [labelled('static', text, width)];
}

const mark = (i: number): string => MARKS[i] ?? `(${i + 1})`;

interface ProfileColumn {
  readonly title: string;
  readonly cells: readonly string[];
}

const happened = ({ counts }: EnergyReport): readonly EventName[] =>
  EVENTS.map(({ name }) => name).filter((name) => counts[name] > 0);

/** Left-hand columns: what a row is of, and how often it happened. */
function titlesOf(report: EnergyReport): readonly (readonly [string, string])[] {
  return [
    ...happened(report).map((event) => [event, grouped(report.counts[event])] as const),
    ['operations', ''],
    ...(report.steps > 0 ? [['a step', grouped(report.steps)] as const] : []),
    ...(report.samples !== null ? [['a sample', grouped(report.samples)] as const] : []),
    ...(report.static !== null ? [['static', ''] as const] : []),
  ];
}

function columnOf(report: EnergyReport, first: EnergyReport, footnotes: string[]): ProfileColumn {
  const { profile, operations, events, included, static: fixed } = report;
  let refusal: string | undefined;
  const refused = (why: string): string => {
    if (refusal === undefined) {
      refusal = mark(footnotes.length);
      footnotes.push(`${profile.name}: ${why}`);
    }
    return `—${refusal}`;
  };
  const cell = (event: EventName): string => {
    if ('refused' in events) return refused(events.refused);
    const priced = events.find((row) => row.event === event);
    if (priced !== undefined) return siText(priced.joules, 'J');
    const part = included.find((row) => row.event === event);
    return part === undefined ? 'unpriced' : `in ${part.includedIn}`;
  };
  const sums =
    'refused' in operations
      ? titlesOf({ ...first, static: null })
          .slice(happened(first).length)
          .map(() => refused(operations.refused))
      : [operations.joules, operations.perStep, operations.perSample].flatMap((joules) =>
          joules === null ? [] : [siText(joules, 'J')],
        );
  const drawn = fixed === null ? [] : ['refused' in fixed ? 'unpriced' : siText(fixed.joules, 'J')];
  return { title: profile.name, cells: [...happened(first).map(cell), ...sums, ...drawn] };
}

/** As many profiles in a table as fit, at least one. */
function tables(
  titles: readonly (readonly [string, string])[],
  columns: readonly ProfileColumn[],
  width: number,
  dim: (text: string) => string,
): string[] {
  const wide = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const left =
    wide(titles.map(([title]) => title)) + 2 + wide([...titles.map(([, count]) => count), 'count']);
  const out: string[] = [];
  let some: ProfileColumn[] = [];
  let used = left;
  const flush = (): void => {
    const heads: Column[] = [
      { title: 'event', align: 'left' },
      { title: 'count', align: 'right' },
      ...some.map(({ title }): Column => ({ title, align: 'right' })),
    ];
    out.push(
      renderTable(
        heads,
        titles.map(([title, count], row) => [title, count, ...some.map(({ cells }) => cells[row]!)]),
        dim,
      ),
    );
  };
  for (const column of columns) {
    const more = 2 + wide([column.title, ...column.cells]);
    if (some.length > 0 && used + more > width) {
      flush();
      some = [];
      used = left;
    }
    some.push(column);
    used += more;
  }
  flush();
  return out;
}
