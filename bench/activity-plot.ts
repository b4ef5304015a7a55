/** Cost of a step against active neurons as a standalone SVG, log-log, from a saved report. */
import { SeamountError } from '../src/index.js';
import { duration, type Report } from './report.js';

/** Points of one curve: a fraction of all neurons, and seconds of a step. */
export interface ActivityPoint {
  readonly activeFraction: number;
  readonly step: { readonly median: number; readonly min: number; readonly max: number };
}

export interface Activity {
  readonly neurons: number;
  readonly points: readonly ActivityPoint[];
  readonly fit: { readonly constant: number; readonly slope: number };
  /** Seconds of a step of the same chip with nothing driven, where it was measured. */
  readonly silent: number | null;
}

/** Throws E_INPUT for a report that holds no `scaling`. */
export function activityOf({ results }: Report): Activity {
  const ofKind = (kind: string) => results.filter((result) => result.kind === kind);
  const points = ofKind('activity') as unknown as readonly (ActivityPoint & { readonly neurons: number })[];
  const [fit] = ofKind('activity-fit') as unknown as readonly Activity['fit'][];
  const [silent] = ofKind('silent') as unknown as readonly { readonly step: { readonly median: number } }[];
  if (points.length < 2 || fit === undefined)
    throw new SeamountError(
      'E_INPUT',
      'the report holds no curve of cost against activity',
      'npm run --silent bench -- scaling silent --json > FILE',
    );
  return { neurons: points[0]!.neurons, points, fit, silent: silent?.step.median ?? null };
}

const LEFT = 78;
const TOP = 74;
const WIDTH = 640;
const HEIGHT = 330;
const TOTAL_WIDTH = LEFT + WIDTH + 42;
const TOTAL_HEIGHT = TOP + HEIGHT + 58;
const BASE = TOP + HEIGHT;

/** Ground, ink, faint ink, grid, points, line: for the reader's light or dark theme. */
const STYLE = `:root{--ground:#fff;--edge:#d8dee6;--ink:#16202e;--faint:#5b6878;--grid:#e6eaf0;--mark:#0b62b8;--line:#c05a00}
@media(prefers-color-scheme:dark){:root{--ground:#0f1724;--edge:#0f1724;--ink:#e8edf4;--faint:#8a97a8;--grid:#1f2a3b;--mark:#74b9ff;--line:#ffb454}}`;

/** The power of ten at or below, and at or above; what is one but for rounding counts as one. */
const below = (value: number): number => Math.floor(Math.log10(value) + 1e-3);
const above = (value: number): number => Math.ceil(Math.log10(value) - 1e-3);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const percent = (exponent: number): string => `${Number((100 * 10 ** exponent).toPrecision(1))} %`;
const powerOfTen = (exponent: number): string =>
  `${10 ** ((exponent + 9) % 3)} ${['ns', 'µs', 'ms', 's'][Math.floor((exponent + 9) / 3)]}`;
const text = (x: number, y: number, rest: string, content: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${rest}>${content}</text>`;

export function svgActivity({ neurons, points, fit, silent }: Activity): string {
  const times = points.flatMap(({ step }) => [step.min, step.max]);
  const fractions = points.map(({ activeFraction }) => activeFraction);
  const x0 = below(Math.min(...fractions));
  const x1 = Math.max(x0 + 1, above(Math.max(...fractions)));
  const y0 = below(Math.min(...times));
  const y1 = Math.max(y0 + 1, above(Math.max(...times)));
  const x = (fraction: number): number => LEFT + ((Math.log10(fraction) - x0) / (x1 - x0)) * WIDTH;
  const y = (seconds: number): number => BASE - ((Math.log10(seconds) - y0) / (y1 - y0)) * HEIGHT;
  const model = (fraction: number): number => fit.constant + fit.slope * fraction * neurons;

  const grid = [
    ...range(x0, x1).map((e) => `M${x(10 ** e).toFixed(1)} ${TOP}V${BASE}`),
    ...range(y0, y1).map((e) => `M${LEFT} ${y(10 ** e).toFixed(1)}H${LEFT + WIDTH}`),
  ];
  const labels = [
    ...range(x0, x1).map((e) => text(x(10 ** e), BASE + 20, 'text-anchor="middle"', percent(e))),
    ...range(y0, y1).map((e) => text(LEFT - 10, y(10 ** e) + 4, 'text-anchor="end"', powerOfTen(e))),
  ];
  const curve = Array.from({ length: 81 }, (_, i) => 10 ** (x0 + ((x1 - x0) * i) / 80))
    .filter((fraction) => y(model(fraction)) <= BASE && y(model(fraction)) >= TOP)
    .map((fraction) => `${x(fraction).toFixed(1)},${y(model(fraction)).toFixed(1)}`);
  const dots = points.map(({ activeFraction, step }) => {
    const at = x(activeFraction).toFixed(1);
    return `<path d="M${at} ${y(step.min).toFixed(1)}V${y(step.max).toFixed(1)}" stroke="var(--mark)" stroke-width="2"/><circle cx="${at}" cy="${y(step.median).toFixed(1)}" r="4.5" fill="var(--mark)" stroke="var(--ground)" stroke-width="1.5"/>`;
  });
  const us = (seconds: number): string => duration(seconds).replace('us', 'µs');
  const rule = `${us(fit.constant)} + ${us(fit.slope)} × active neurons`;
  const million = neurons.toLocaleString('en');
  const still = silent === null ? '' : `; with nothing driven, ${us(silent)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${TOTAL_WIDTH} ${TOTAL_HEIGHT}" font-family="ui-sans-serif,system-ui,sans-serif" font-size="13">
<title>Cost of a step against active neurons</title>
<desc>Measured: ${points.map((p) => `${percent(Math.log10(p.activeFraction))} ${us(p.step.median)}`).join(', ')}</desc>
<style>${STYLE}</style>
<rect x="0.5" y="0.5" width="${TOTAL_WIDTH - 1}" height="${TOTAL_HEIGHT - 1}" rx="12" fill="var(--ground)" stroke="var(--edge)"/>
${text(LEFT, 32, 'fill="var(--ink)" font-size="17" font-weight="600"', 'Cost follows activity')}
${text(LEFT, 53, 'fill="var(--faint)"', `time of a step of a chip of ${million} neurons${still}`)}
<path d="${grid.join('')}" stroke="var(--grid)" fill="none"/>
<g fill="var(--faint)">
${labels.join('\n')}
${text(LEFT + WIDTH / 2, BASE + 42, 'text-anchor="middle"', 'neurons that have anything to do in a step')}
</g>
<polyline points="${curve.join(' ')}" fill="none" stroke="var(--line)" stroke-width="2"/>
${dots.join('\n')}
<path d="M${LEFT + 18} ${TOP + 24}h26" stroke="var(--line)" stroke-width="2"/>
${text(LEFT + 54, TOP + 28, 'fill="var(--ink)"', rule)}
<circle cx="${LEFT + 31}" cy="${TOP + 46}" r="4.5" fill="var(--mark)"/>
${text(LEFT + 54, TOP + 50, 'fill="var(--ink)"', 'measured: median, least and most')}
</svg>
`;
}
