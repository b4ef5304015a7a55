/** The f-I curve as text and as SVG: measured dots on the analytic line. */
import type { Curve } from './curve.js';

const hertz = (ms: number): number => (Number.isFinite(ms) ? 1000 / ms : 0);

/** Rows of text, rate upwards, current to the right; `o` measured, `·` analytic where nothing was measured on it. */
export function terminalPlot({ points, dt }: Curve, rows: number): string[] {
  const top = Math.max(...points.map(({ analytic }) => hertz(analytic)));
  const grid = Array.from({ length: rows }, () => points.map(() => ' '));
  points.forEach(({ interval, analytic }, column) => {
    const rowOf = (rate: number): number => rows - 1 - Math.round((Math.min(rate, top) / top) * (rows - 1));
    const put = (rate: number, mark: string): void => {
      const row = grid[rowOf(rate)];
      if (row !== undefined) row[column] = mark;
    };
    put(hertz(analytic), '·');
    put(hertz(interval * dt), 'o');
  });
  const first = points[0]?.current ?? 0;
  const last = points.at(-1)?.current ?? 0;
  const right = `${last} nA`;
  const axis = `${`${first} nA`.padEnd(points.length - right.length)}${right}`;
  return [
    ...grid.map((row, i) => {
      const label = i === 0 ? `${top.toFixed(0)} Hz` : i === rows - 1 ? '0 Hz' : '';
      return `${label.padStart(7)} |${row.join('')}`;
    }),
    `${' '.repeat(8)}+${'-'.repeat(points.length)}`,
    `${' '.repeat(9)}${axis}`,
  ];
}

const LEFT = 60;
const TOP = 20;
const WIDTH = 560;
const HEIGHT = 320;

/** A standalone SVG. */
export function svgPlot({ points, dt, rheobase }: Curve): string {
  const low = points[0]?.current ?? 0;
  const high = points.at(-1)?.current ?? 1;
  const top = Math.ceil(Math.max(...points.map(({ analytic }) => hertz(analytic))) / 50) * 50;
  const x = (current: number): string => (LEFT + ((current - low) / (high - low)) * WIDTH).toFixed(1);
  const y = (rate: number): string => (TOP + HEIGHT - (rate / top) * HEIGHT).toFixed(1);
  const line = points.map(({ current, analytic }) => `${x(current)},${y(hertz(analytic))}`).join(' ');
  const dots = points.map(
    ({ current, interval }) => `<circle cx="${x(current)}" cy="${y(hertz(interval * dt))}" r="2.5"/>`,
  );
  const ticks = [0, top / 2, top].map(
    (rate) =>
      `<text x="${LEFT - 6}" y="${y(rate)}" text-anchor="end" dominant-baseline="middle">${rate}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${TOP + HEIGHT + 50}" font-family="sans-serif" font-size="12">
<title>Firing rate against injected current: measured on the emulated chip (dots), analytic (line)</title>
<rect width="100%" height="100%" fill="white"/>
<rect x="${LEFT}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#999"/>
<line x1="${x(rheobase)}" x2="${x(rheobase)}" y1="${TOP}" y2="${TOP + HEIGHT}" stroke="#c33" stroke-dasharray="4 4"/>
<text x="${x(rheobase)}" y="${TOP + 14}" dx="6" fill="#c33">rheobase ${rheobase} nA</text>
<polyline points="${line}" fill="none" stroke="#888"/>
<g fill="#1b4f8f">${dots.join('')}</g>
${ticks.join('\n')}
<text x="${LEFT}" y="${TOP + HEIGHT + 16}">${low}</text>
<text x="${LEFT + WIDTH}" y="${TOP + HEIGHT + 16}" text-anchor="end">${high}</text>
<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 36}" text-anchor="middle">injected current, nA</text>
<text x="16" y="${TOP + HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${TOP + HEIGHT / 2})">rate, Hz</text>
</svg>
`;
}
