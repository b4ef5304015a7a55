/**
 * A report as one HTML file: text and tables as they are, figures drawn by the script in it from the data in it.
 * It refers to nothing outside and opens from a disk.
 */
import { toBase64 } from '../views/base64.js';
import { escapeXml } from '../views/svg-surface.js';
import { packReport } from './pack.js';
import type { ReportData, ReportFacts } from './report-data.js';
import { type ReportFigure, reportFigures } from './report-figures.js';
import { REPORT_STYLE } from './report-style.js';
import {
  compileText,
  countTable,
  energyText,
  populationTable,
  repeatText,
  timeText,
} from './report-tables.js';
import { keyFigures, plural, spanText } from './report-text-parts.js';

/** Of the element that holds the packed data. */
const DATA_ID = 'seamount-data';

/** What a parser could take for the end of a script. */
const inScript = (code: string): string =>
  code.replaceAll(/<\/(script)/gi, String.raw`<\/$1`).replaceAll('<!--', String.raw`\x3c!--`);

/** @param script the bundle of mount-report.ts, for browsers */
export function reportHtml(data: ReportData, script: string): string {
  const { facts } = data;
  const figures = reportFigures(data);
  const section = (name: ReportFigure['section']): readonly ReportFigure[] =>
    figures.filter((figure) => figure.section === name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="seamount ${escapeXml(facts.version)}">
<title>${escapeXml(facts.title)} · Seamount report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${headText(facts)}
<h2 id="activity">Activity</h2>
<div class="tools" id="time-tools"></div>
${section('activity').map(placeOf).join('\n')}
${populationTable(facts)}
<h2 id="chip">On the chip</h2>
${chipText(facts, section('chip'))}
<h2 id="energy">Energy and time</h2>
${costText(facts, section('energy'))}
<h2 id="compiled">What the compiler decided</h2>
${compileText(facts.compile)}
<h2 id="repeat">To repeat it</h2>
${repeatText(facts)}
</main>
<noscript><p style="text-align:center">The figures of this report need JavaScript; its text does not.</p></noscript>
<script type="text/plain" id="${DATA_ID}">${toBase64(packReport(data))}</script>
<script>${inScript(script)}</script>
</body>
</html>
`;
}

function headText(facts: ReportFacts): string {
  const { title, profileTitle, notices, interrupted, steps } = facts;
  const strip = keyFigures(facts).map(
    ({ name, value, note }) =>
      `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}<small>${escapeXml(note)}</small></dd></div>`,
  );
  const said = [
    ...(interrupted ? [`This run was stopped at step ${steps.to} of ${steps.asked}.`] : []),
    ...notices.filter((notice) => notice !== ''),
  ];
  return `<header><div><p class="eyebrow">Seamount report</p><h1>${escapeXml(title)}</h1>
<p class="sub">${escapeXml(profileTitle)}, ${escapeXml(spanText(facts))}</p></div>
<button type="button" id="theme" hidden></button></header>
<dl class="facts">${strip.join('')}</dl>
${said.map((notice) => `<p class="notice">${escapeXml(notice)}</p>`).join('\n')}`;
}

/** Where the script draws a figure. */
function placeOf({ id, title, caption }: ReportFigure): string {
  return `<figure data-figure="${id}"><div class="figure-head"><h3>${escapeXml(title)}</h3></div><div class="plot"></div><figcaption><span>${escapeXml(caption)}</span><span class="read"></span></figcaption></figure>`;
}

/** One place for all values of the mesh: the script lets one choose. */
function chipText({ mesh, use }: ReportFacts, figures: readonly ReportFigure[]): string {
  if (mesh === null || use === null)
    return '<p class="lead">The image of this run was too large to be saved, so its mesh is not known.</p>';
  const rest = figures.filter(({ id }) => !id.startsWith('mesh-'));
  const choices = mesh.metrics.map(({ key, title }) => `<option value="${key}">${escapeXml(title)}</option>`);
  const links =
    mesh.links === null
      ? 'Links have no load: neither a timing model of the mesh ran (--timing mesh) nor were all spikes recorded.'
      : mesh.links.quantity === 'load'
        ? 'Arrows are links between tiles: how long they were busy, by the timing model.'
        : 'Arrows are links between tiles: how many messages took them.';
  return `<p class="lead">${plural(use.totals.neurons, 'neuron')} and ${plural(use.totals.synapses, 'synapse')} on ${plural(use.cores.length, 'core')} of ${plural(use.chips, 'chip')}. ${links}</p>
<figure data-figure="mesh"><div class="figure-head"><h3>Mesh of tiles and cores</h3><label class="small">colour <select id="metric">${choices.join('')}</select></label></div><div class="plot"></div><figcaption><span>Squares are cores, frames are tiles. Point at one to read it.</span><span class="read"></span></figcaption></figure>
${rest.map(placeOf).join('\n')}`;
}

function costText(facts: ReportFacts, figures: readonly ReportFigure[]): string {
  const { energy } = facts;
  const [first, then] = [
    figures.filter(({ id }) => id.startsWith('energy')),
    figures.filter(({ id }) => !id.startsWith('energy')),
  ];
  return [
    energy === null
      ? '<p class="lead">This run was not priced: here is what was counted. Run it with --energy PROFILE for an estimate of joules, and with --timing MODEL for one of time.</p>'
      : energyText(energy),
    ...first.map(placeOf),
    timeText(facts),
    ...then.map(placeOf),
    countTable(facts),
  ].join('\n');
}
