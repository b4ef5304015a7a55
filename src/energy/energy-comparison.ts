/** One run under several profiles, side by side. */
import { SeamountError } from '../../cores/index.js';
import { type Column, grouped, renderTable } from '../cli/table.js';
import type { EnergyReport } from './energy-report.js';
import { EVENTS, type EventName } from './events.js';
import { labelled } from './labelled-lines.js';
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
  const about = reports.map(({ profile }) =>
    labelled(profile.basis, `${profile.name}: ${profile.source}`, width),
  );
  const warning =
    'Estimates. Profiles leave out different things and hold at different operating points: a smaller sum ' +
    'may only leave out more, so columns do not rank chips.';
  return [
    ...tables(titlesOf(first), columns, width, dim),
    [...refusals, ...about, labelled('notice', warning, width)].join('\n'),
  ].join('\n\n');
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
  ];
}

function columnOf(report: EnergyReport, first: EnergyReport, footnotes: string[]): ProfileColumn {
  const { profile, operations, events, included } = report;
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
      ? titlesOf(first)
          .slice(happened(first).length)
          .map(() => refused(operations.refused))
      : [operations.joules, operations.perStep, operations.perSample].flatMap((joules) =>
          joules === null ? [] : [siText(joules, 'J')],
        );
  return { title: profile.name, cells: [...happened(first).map(cell), ...sums] };
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
