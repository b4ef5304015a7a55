/** A report for a terminal: the raster in braille dots, rates and energy as bars. */
import { basesText } from '../energy/figure-lines.js';
import { siText } from '../energy/si-prefix.js';
import type { ReportData, ReportPopulation } from './report-data.js';
import { grouped, keyFigures, plural, rateText, spanText, stepsRun } from './report-text-parts.js';
import { EVENT_NAMES, energyBars } from './report-views.js';

export interface ReportTextOptions {
  /** Columns of the terminal; 100 by default. */
  readonly width?: number;
  readonly bold?: (text: string) => string;
  readonly dim?: (text: string) => string;
}

type Look = Required<ReportTextOptions>;

/** Lines of the raster, all populations together. */
const RASTER_LINES = 16;
const LABEL = 16;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
/** Bits of the dot at column 0..1, row 0..3 of a braille character (Unicode block U+2800). */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
/** Ordered dither of a 2 x 4 cell: which share of spikes sets which dot. */
const SHARES = [
  [0.06, 0.56, 0.19, 0.81],
  [0.69, 0.31, 0.94, 0.44],
] as const;

/** Without a trailing newline. */
export function renderReportText(data: ReportData, options: ReportTextOptions = {}): string {
  const look: Look = { width: 100, bold: (text) => text, dim: (text) => text, ...options };
  const { facts } = data;
  const blocks = [
    `${look.bold(facts.title)} on ${facts.profileTitle}, ${spanText(facts)}`,
    rasterText(data, look),
    rateBars(data, look),
    keyFigures(facts)
      .map(({ name, value, note }) => `${look.dim(name.padEnd(30))} ${value.padStart(12)}  ${look.dim(note)}`)
      .join('\n'),
    energyText(data, look),
    look.dim(`image ${facts.image}, state ${facts.stateHash}, seamount ${facts.version}, seed ${facts.seed}`),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const fitted = (label: string, width: number): string =>
  label.length > width ? `${label.slice(0, width - 1)}…` : label.padEnd(width);

/** Lines for each population: more for larger ones, at least one for each, while they last. */
function linesOf(populations: readonly ReportPopulation[]): readonly number[] {
  const whole = populations.reduce((sum, { size }) => sum + Math.sqrt(size), 0);
  return populations.map(({ size }) => Math.max(1, Math.round((RASTER_LINES * Math.sqrt(size)) / whole)));
}

function rasterText(data: ReportData, { width, dim }: Look): string {
  const { facts, steps, counts } = data;
  const columns = Math.max(10, width - LABEL - 2);
  const shown = facts.populations.slice(0, RASTER_LINES);
  const heights = linesOf(shown);
  const { from, to } = facts.steps;
  if (steps.length === 0 && counts.every((bins) => bins.every((count) => count === 0)))
    return dim('no spikes were recorded');
  const lines: string[] = [];
  let first = 0;
  shown.forEach(({ label, size }, i) => {
    const picture = braille(data, { first, size, columns, lines: heights[i]! });
    picture.forEach((line, k) => {
      lines.push(`${k === 0 ? fitted(label, LABEL) : ' '.repeat(LABEL)} ${line}`);
    });
    first += size;
  });
  const more = facts.populations.length - shown.length;
  if (more > 0) lines.push(dim(`and ${more} more populations`));
  const end = grouped(to);
  lines.push(
    dim(`${' '.repeat(LABEL + 1)}${grouped(from).padEnd(Math.max(1, columns - end.length))}${end} step`),
  );
  return lines.join('\n');
}

interface Part {
  readonly first: number;
  readonly size: number;
  readonly columns: number;
  readonly lines: number;
}

/** Neurons `first .. first + size - 1` over all steps. Where most dots would be set, they are set in proportion. */
function braille(
  { facts, steps, rows }: ReportData,
  { first, size, columns, lines }: Part,
): readonly string[] {
  const [across, down] = [2 * columns, 4 * lines];
  const counts = new Uint32Array(across * down);
  const { from, to } = facts.steps;
  const span = to - from + 1;
  rows.forEach((row, i) => {
    if (row < first || row >= first + size) return;
    const x = Math.floor(((steps[i]! - from) * across) / span);
    const y = Math.floor(((row - first) * down) / size);
    counts[y * across + x]!++;
  });
  const occupied = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const isDense = occupied > counts.length / 2;
  const full = 2 * (counts.reduce((sum, count) => sum + count, 0) / Math.max(1, occupied));
  const cells = new Uint8Array(columns * lines);
  counts.forEach((count, at) => {
    const [x, y] = [at % across, Math.floor(at / across)];
    const share = SHARES[(x & 1) as 0 | 1][(y & 3) as 0 | 1 | 2 | 3];
    if (count === 0 || (isDense && count / full < share)) return;
    cells[(y >> 2) * columns + (x >> 1)]! |= DOTS[(x & 1) as 0 | 1][(y & 3) as 0 | 1 | 2 | 3];
  });
  return Array.from({ length: lines }, (_, line) =>
    Array.from({ length: columns }, (__, c) => String.fromCharCode(0x2800 + cells[line * columns + c]!)).join(
      '',
    ),
  );
}

function bar(part: number, width: number): string {
  const eighths = Math.round(8 * width * Math.min(1, Math.max(0, part)));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
}

const LISTED = 20;

function rateBars({ facts }: ReportData, { width, dim }: Look): string {
  const shown = facts.populations.slice(0, LISTED);
  const rateOf = ({ spikes, size }: ReportPopulation): number => (size === 0 ? 0 : spikes / size);
  const most = Math.max(...shown.map(rateOf), 1e-12);
  const room = Math.max(8, Math.min(40, width - LABEL - 44));
  const lines = shown.map((population) => {
    const { label, size, spikes } = population;
    const rate = rateText(spikes, size, facts);
    return `${fitted(label, LABEL)} ${rate.padStart(12)} ${bar(rateOf(population) / most, room).padEnd(room)} ${dim(`${grouped(spikes)} spikes of ${grouped(size)}`)}`;
  });
  const more = facts.populations.length - shown.length;
  return [...lines, ...(more > 0 ? [dim(`and ${more} more populations`)] : [])].join('\n');
}

function energyText({ facts }: ReportData, { width, bold, dim }: Look): string {
  const { energy, time } = facts;
  if (energy === null) return '';
  const head = bold(`energy, an estimate by ${energy.profile.name} (${basesText(energy)})`);
  if ('refused' in energy.operations) return `${head}\nno joules: ${energy.operations.refused}`;
  const bars = energyBars(facts);
  const whole = energy.operations.joules;
  const room = Math.max(8, Math.min(40, width - 62));
  const name = Math.max(0, ...Object.values(EVENT_NAMES).map(({ length }) => length));
  const lines = (bars?.rows ?? []).map(({ label, bars: [only] }) => {
    const { value } = only!;
    return `${label.padEnd(name)} ${siText(value, 'J').padStart(10)} ${bar(value / whole, room).padEnd(room)} ${dim(`${((100 * value) / whole).toFixed(1)} %`)}`;
  });
  if (bars === null && 'refused' in energy.events)
    lines.push(`in all ${siText(whole, 'J')}, not to be divided: ${energy.events.refused}`);
  const unpriced = energy.unpriced.map(({ event, count }) => `${grouped(count)} ${EVENT_NAMES[event]}`);
  if (unpriced.length > 0) lines.push(dim(`without a figure, not in the sum: ${unpriced.join(', ')}`));
  if (time !== null)
    lines.push(
      dim(
        `${siText(time.seconds, 's')} for ${plural(stepsRun(facts), 'step')} by model ${time.model}, an estimate too`,
      ),
    );
  return [head, ...lines].join('\n');
}
