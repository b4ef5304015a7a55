/** Parts of a report that are text and tables: they are there without any script. */
import type { CompileReport } from '../compiler/report.js';
import type { EnergyReport } from '../energy/energy-report.js';
import { basesText } from '../energy/figure-lines.js';
import { sentence } from '../energy/labelled-lines.js';
import { siText } from '../energy/si-prefix.js';
import { numberText } from '../views/scale.js';
import { escapeXml } from '../views/svg-surface.js';
import type { ReportFacts } from './report-data.js';
import { commandText, grouped, rateText } from './report-text-parts.js';
import { EVENT_NAMES } from './report-views.js';

type Cell = string | { readonly html: string };

const cellText = (cell: Cell): string => (typeof cell === 'string' ? escapeXml(cell) : cell.html);

/** Columns whose title begins with `#` hold numbers. */
function table(
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  foot?: readonly Cell[],
): string {
  const numeric = titles.map((title) => title.startsWith('#'));
  const kind = (i: number): string => (numeric[i] ? ' class="n"' : '');
  const line = (cells: readonly Cell[]): string =>
    `<tr>${cells.map((cell, i) => `<td${kind(i)}>${cellText(cell)}</td>`).join('')}</tr>`;
  const head = titles.map(
    (title, i) => `<th scope="col"${kind(i)}>${escapeXml(title.replace('#', ''))}</th>`,
  );
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.map(line).join('')}</tbody>${foot === undefined ? '' : `<tfoot>${line(foot)}</tfoot>`}</table></div>`;
}

const details = (summary: string, content: string): string =>
  `<details><summary>${escapeXml(summary)}</summary>${content}</details>`;

const small = (text: string): string => (text === '' ? '' : `<p class="small">${escapeXml(text)}</p>`);

/** Populations with the colours they have in the figures. */
export function populationTable(facts: ReportFacts): string {
  return table(
    ['population', '#neurons', '#spikes', '#mean rate'],
    facts.populations.map(({ label, kind, size, spikes }, i) => [
      {
        html: `<span class="swatch" data-category="${i}"></span>${escapeXml(label)}${kind === 'source' ? ' <span class="small">source</span>' : ''}`,
      },
      grouped(size),
      grouped(spikes),
      rateText(spikes, size, facts),
    ]),
  );
}

export function energyText(energy: EnergyReport): string {
  const { profile, operations, events, included, unpriced } = energy;
  const parts = [
    `<p class="lead">This is ${escapeXml(energy.estimate)}. Figures: <strong>${escapeXml(profile.title)}</strong> (<code>${escapeXml(profile.name)}</code>, ${escapeXml(basesText(energy))}). ${escapeXml(sentence(profile.notice))}</p>`,
  ];
  if ('refused' in operations)
    parts.push(`<p class="notice">No joules: ${escapeXml(operations.refused)}</p>`);
  else if ('refused' in events)
    parts.push(
      `<p>In all <strong>${siText(operations.joules, 'J')}</strong>; not to be divided: ${escapeXml(events.refused)}</p>`,
    );
  else {
    const whole = operations.joules;
    const rows = events
      .filter(({ count }) => count > 0)
      .map(({ event, count, picojoules, joules, basis, source, note }): Cell[] => [
        EVENT_NAMES[event],
        grouped(count),
        `${Number(picojoules.toPrecision(4))} pJ`,
        siText(joules, 'J'),
        whole === 0 ? '' : `${((100 * joules) / whole).toFixed(1)} %`,
        `${basis}: ${source}${note === '' ? '' : ` (${note})`}`,
      ]);
    parts.push(
      details(
        'Every figure with its source',
        table(['event', '#count', '#each', '#energy', '#share', 'source of the figure'], rows, [
          'all operations',
          '',
          '',
          siText(whole, 'J'),
          '',
          '',
        ]),
      ),
    );
  }
  if (included.length > 0) parts.push(small(`In the price of another event: ${includedText(energy)}.`));
  if (unpriced.length > 0)
    parts.push(
      small(
        `Not in the sum, for there is no public figure: ${unpriced.map(({ event, count }) => `${grouped(count)} ${EVENT_NAMES[event]}`).join(', ')}.`,
      ),
    );
  parts.push(staticText(energy));
  return parts.join('\n');
}

/** `spikes, messages sent in sparse synaptic events; ...` */
function includedText({ included }: EnergyReport): string {
  const within = new Map<string, string[]>();
  for (const { event, includedIn } of included) {
    const names = within.get(EVENT_NAMES[includedIn]) ?? [];
    names.push(EVENT_NAMES[event]);
    within.set(EVENT_NAMES[includedIn], names);
  }
  return [...within].map(([whole, names]) => `${names.join(', ')} in ${whole}`).join('; ');
}

function staticText({ static: fixed }: EnergyReport): string {
  if (fixed === null) return '';
  if ('refused' in fixed) return small(`Static energy: none given, ${fixed.refused}`);
  const { joules, milliwatts, chips, seconds, clock, source } = fixed;
  return small(
    `Besides, and never added to the above: ${siText(joules, 'J')} that ${chips} ${chips === 1 ? 'chip draws' : 'chips draw'} in ${siText(seconds, 's')} (${clock}) by being switched on, at ${milliwatts} mW (${source}).`,
  );
}

/** Without energy.json: how often what happened. */
export function countTable(facts: ReportFacts): string {
  const rows = facts.counters
    .filter(({ value }) => Number(value) !== 0)
    .map(({ name, value, meaning }): Cell[] => [
      { html: `<code>${escapeXml(name)}</code>` },
      grouped(value),
      meaning,
    ]);
  return details('All counters of the chip', table(['counter', '#value', 'meaning'], rows));
}

export function timeText({ time }: ReportFacts): string {
  if (time === null) return '';
  const { estimate, model, profile, untimed, longestStep, barrierSeconds, blockedSeconds, energyDelay } =
    time;
  const rows: [string, string][] = [
    ['model', `${model}, latencies of ${profile.title} (${profile.basis}: ${profile.source})`],
    ['in all', siText(time.seconds, 's')],
    ['barriers', siText(barrierSeconds, 's')],
  ];
  if (longestStep !== null)
    rows.push(['longest step', `${siText(longestStep.seconds, 's')}, step ${numberText(longestStep.step)}`]);
  if (blockedSeconds !== null)
    rows.push(['senders held up by full buffers', `${siText(blockedSeconds, 's')}, all cores together`]);
  if (energyDelay !== null) rows.push(['energy times delay', siText(energyDelay, 'J s')]);
  if (untimed.length > 0)
    rows.push(['takes no time here', untimed.map((event) => EVENT_NAMES[event]).join(', ')]);
  return `<p class="lead">Time on the chip is ${escapeXml(estimate)}.</p>${list(rows)}`;
}

const list = (rows: readonly (readonly [string, Cell])[]): string =>
  `<dl class="list">${rows.map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${cellText(value)}</dd>`).join('')}</dl>`;

const SHOWN = 200;

export function compileText(compile: CompileReport | null): string {
  if (compile === null)
    return '<p class="lead">What the compiler decided is kept where a network file was run; this run began with an image.</p>';
  const { splits, conversions, weights } = compile;
  const parts: string[] = [];
  if (splits.length > 0)
    parts.push(
      details(
        `Why new cores were started: ${splits.length} times`,
        table(
          ['#core', 'reason'],
          splits.slice(0, SHOWN).map(({ core, message }) => [String(core), message]),
        ),
      ),
    );
  const rounded = conversions.flatMap(({ population, roundings }) =>
    roundings.map((one): Cell[] => [
      population,
      one.quantity,
      one.message,
      one.relativeError === 0
        ? 'exact'
        : `${one.relativeError > 0 ? '+' : '−'}${Number(Math.abs(100 * one.relativeError).toPrecision(2))} %`,
    ]),
  );
  if (rounded.length > 0)
    parts.push(
      details(
        `What rounding to registers cost: ${rounded.length} values`,
        table(['population', 'quantity', 'register', '#error'], rounded.slice(0, SHOWN)),
      ),
    );
  const lost = weights.filter((one) => one.rounded > 0);
  if (lost.length > 0)
    parts.push(
      details(
        `Weights that were rounded: ${lost.length} projections`,
        table(
          ['projection', '#synapses', '#rounded', '#became 0', '#largest error', 'format'],
          lost
            .slice(0, SHOWN)
            .map(
              ({
                projection,
                synapses,
                rounded: count,
                lost: zero,
                maxError,
                unit,
                weightBits,
                signMode,
              }) => [
                projection,
                grouped(synapses),
                grouped(count),
                grouped(zero),
                `${Number(maxError.toPrecision(3))} ${unit}`,
                `${weightBits} bits, ${signMode}`,
              ],
            ),
        ),
      ),
    );
  return parts.length === 0
    ? '<p class="lead">Nothing was split and nothing was rounded.</p>'
    : parts.join('\n');
}

/** Everything it takes to get the same run again. */
export function repeatText(facts: ReportFacts): string {
  const { version, image, profile, seed, steps, stateHash, command } = facts;
  const code = (text: string): Cell => ({ html: `<code>${escapeXml(text)}</code>` });
  return [
    command.length === 0 ? '' : `<pre>${escapeXml(commandText(command))}</pre>`,
    list([
      ['seamount', version],
      ['image', code(image)],
      ['chip profile', code(profile)],
      ['seed', String(seed)],
      ['last step asked for', grouped(steps.asked)],
      ['state after the last step', code(stateHash)],
    ]),
    small(
      'The same image, seed and steps give the same spikes and this state, on any machine and any number of workers.',
    ),
  ].join('\n');
}
