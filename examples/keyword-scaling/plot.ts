/** The sweep as one SVG: joules of a step over copies, and of one copy over activity. */
import { curve, type Findings, measuredLine, type Priced } from './findings.js';
import type { Point } from './line.js';
import { BAND, dynamicEnergy, WITH_COPIES } from './measured.js';

const WIDTH = 330;
const HEIGHT = 260;
const TOP = 40;
const LEFTS = [60, 480] as const;
const COLOURS = ['#1b4f8f', '#b35c00'] as const;

interface Axes {
  readonly left: number;
  readonly xMax: number;
  readonly yMax: number;
}

const xOf = ({ left, xMax }: Axes, x: number): string => (left + (x / xMax) * WIDTH).toFixed(1);
const yOf = ({ yMax }: Axes, y: number): string => (TOP + HEIGHT - (y / yMax) * HEIGHT).toFixed(1);
const line = (axes: Axes, points: readonly Point[], style: string): string =>
  `<polyline points="${points.map(({ x, y }) => `${xOf(axes, x)},${yOf(axes, y)}`).join(' ')}" fill="none" ${style}/>`;

function frame(
  axes: Axes,
  title: string,
  xLabel: string,
  yLabel: string,
  xTicks: readonly [number, string][],
) {
  const { left, yMax } = axes;
  const yTicks = [0, yMax / 2, yMax];
  return `<rect x="${left}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#999"/>
<text x="${left}" y="${TOP - 14}" font-weight="600">${title}</text>
${yTicks.map((y) => `<text x="${left - 6}" y="${yOf(axes, y)}" text-anchor="end" dominant-baseline="middle">${y}</text>`).join('\n')}
${xTicks.map(([x, label]) => `<text x="${xOf(axes, x)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${label}</text>`).join('\n')}
<text x="${left + WIDTH / 2}" y="${TOP + HEIGHT + 36}" text-anchor="middle">${xLabel}</text>
<text x="${left - 40}" y="${TOP + HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 ${left - 40} ${TOP + HEIGHT / 2})">${yLabel}</text>`;
}

/** Added energy over copies: measured dots on their line, modelled crosses on theirs. */
function overCopies({ profiles, overCopies: counted, lines, totals }: Findings): string {
  const axes: Axes = { left: LEFTS[0], xMax: 10, yMax: 20 };
  const { slope, intercept } = measuredLine();
  const dots = WITH_COPIES.map((row) => {
    const added = dynamicEnergy(row) - intercept;
    return `<circle cx="${xOf(axes, row.copies)}" cy="${yOf(axes, added)}" r="3"/>`;
  });
  const modelled = profiles.map((_, p) => {
    const found = lines[p];
    if (found === undefined) return '';
    const marks = counted.map(({ copies: x }, i) => ({ x, y: (totals[i]?.[p] ?? 0) - found.intercept }));
    const end = Math.max(...marks.map(({ x }) => x));
    const cross = ({ x, y }: Point): string =>
      `<path d="M${xOf(axes, x)} ${yOf(axes, y)}m-4 -4l8 8m0 -8l-8 8" stroke="${COLOURS[p]}" stroke-width="1.6"/>`;
    return `${line(
      axes,
      [
        { x: 0, y: 0 },
        { x: end, y: found.slope * end },
      ],
      `stroke="${COLOURS[p]}"`,
    )}${marks.map(cross).join('')}`;
  });
  const activity = ((counted[0]?.activity ?? 0) * 100).toFixed(0);
  return `${frame(
    axes,
    `Over copies; modelled at ${activity} % activity`,
    'copies of ten layers of 256',
    'µJ a step above none',
    [0, 2, 4, 6, 8, 10].map((x) => [x, String(x)]),
  )}
${line(
  axes,
  [
    { x: 0, y: 0 },
    { x: 10, y: slope * 10 },
  ],
  'stroke="#555" stroke-dasharray="5 4"',
)}
<g fill="#333">${dots.join('')}</g>
${modelled.join('\n')}`;
}

/** One copy over activity, with the band in which the measured line should be met. */
function overActivity({ profiles, alone, joined }: Findings): string {
  const last = Math.max(...alone.map(({ activity }) => activity));
  const axes: Axes = { left: LEFTS[1], xMax: last, yMax: 4 };
  const { slope } = measuredLine();
  const [low, high] = BAND;
  const curves = (rows: readonly Priced[], dash: string): string =>
    profiles.map((_, p) => line(axes, curve(rows, p), `stroke="${COLOURS[p]}" ${dash}`)).join('\n');
  const ticks = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12].filter((x) => x <= last);
  return `<rect x="${xOf(axes, low)}" y="${TOP}" width="${(((high - low) / last) * WIDTH).toFixed(1)}" height="${HEIGHT}" fill="#eee"/>
${frame(
  axes,
  'One copy over activity',
  'share of neurons that spikes in a step, %',
  'µJ a step and copy',
  ticks.map((x) => [x, (100 * x).toFixed(0)]),
)}
${line(
  axes,
  [
    { x: 0, y: slope },
    { x: last, y: slope },
  ],
  'stroke="#333" stroke-dasharray="5 4"',
)}
<text x="${LEFTS[1] + 6}" y="${yOf(axes, slope)}" dy="-5">measured ${slope.toFixed(2)} µJ</text>
${curves(alone, '')}
${curves(joined, 'stroke-dasharray="2 3"')}`;
}

/** A standalone SVG. */
export function svgPlot(findings: Findings): string {
  const { profiles } = findings;
  const legend = profiles.map(
    ({ name }, p) =>
      `<text x="${LEFTS[0] + 10}" y="${TOP + 20 + 18 * p}" fill="${COLOURS[p]}">${name} (estimate)</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFTS[1] + WIDTH + 20} ${TOP + HEIGHT + 50}" font-family="sans-serif" font-size="12">
<title>Energy of a step over copies and over activity: measured on Loihi (dots, dashed), modelled (lines)</title>
<rect width="100%" height="100%" fill="white"/>
${overCopies(findings)}
${overActivity(findings)}
${legend.join('\n')}
<text x="${LEFTS[0] + 10}" y="${TOP + 20 + 18 * profiles.length}" fill="#333">measured (dots)</text>
<text x="${LEFTS[1] + WIDTH - 8}" y="${TOP + HEIGHT - 10}" text-anchor="end" fill="#555">dotted: joined to the output layer</text>
</svg>
`;
}
