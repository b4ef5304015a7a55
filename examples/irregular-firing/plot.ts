/** Rasters of both drives, and the histogram of intervals under noise on the line of pure chance. */
import { histogram } from '../../src/coding/index.js';
import { DT, type Firing } from './firing.js';

const LEFT = 60;
const TOP = 24;
const WIDTH = 560;
const RASTER = 90;
const GAP = 40;
const HISTOGRAM = 220;
/** Neurons and ms of a raster. */
const ROWS = 12;
const WINDOW = 2000;
/** ms of a bar, and of the longest interval drawn. */
const BIN = 10;
const LONGEST = 400;

function raster({ steps, neurons }: Firing, y: number, title: string): string {
  const row = RASTER / ROWS;
  const ticks: string[] = [];
  steps.forEach((step, i) => {
    const neuron = neurons[i]!;
    if (neuron >= ROWS || step * DT > WINDOW) return;
    const x = (LEFT + ((step * DT) / WINDOW) * WIDTH).toFixed(1);
    ticks.push(`M${x} ${(y + neuron * row + 1).toFixed(1)}v${(row - 2).toFixed(1)}`);
  });
  return `<text x="${LEFT}" y="${y - 6}">${title}</text>
<rect x="${LEFT}" y="${y}" width="${WIDTH}" height="${RASTER}" fill="none" stroke="#999"/>
<path d="${ticks.join('')}" stroke="#1b4f8f" fill="none"/>`;
}

/** A standalone SVG. */
export function svgPlot(regular: Firing, irregular: Firing): string {
  const y0 = TOP;
  const y1 = y0 + RASTER + GAP;
  const y2 = y1 + RASTER + GAP + 20;
  const { intervals } = irregular;
  const bins = Array.from(histogram(intervals, { from: 0, to: LONGEST, bin: BIN }).counts);
  const shares = bins.map((count) => count / intervals.length);
  const mean = intervals.reduce((sum, x) => sum + x, 0) / intervals.length;
  const chance = bins.map((_, k) => Math.exp((-k * BIN) / mean) - Math.exp((-(k + 1) * BIN) / mean));
  const top = Math.max(...shares, ...chance);
  const x = (ms: number): string => (LEFT + (ms / LONGEST) * WIDTH).toFixed(1);
  const height = (share: number): number => (share / top) * HISTOGRAM;
  const bars = shares.map((share, k) => {
    const h = height(share);
    return `<rect x="${x(k * BIN)}" y="${(y2 + HISTOGRAM - h).toFixed(1)}" width="${(WIDTH / bins.length - 1).toFixed(1)}" height="${h.toFixed(1)}"/>`;
  });
  const line = chance.map(
    (share, k) => `${x((k + 0.5) * BIN)},${(y2 + HISTOGRAM - height(share)).toFixed(1)}`,
  );
  const period = regular.intervals[0] ?? 0;
  const bottom = y2 + HISTOGRAM;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${bottom + 50}" font-family="sans-serif" font-size="12">
<title>A neuron under a constant current fires like a clock, under noise irregularly, at the same rate</title>
<rect width="100%" height="100%" fill="white"/>
${raster(regular, y0, `constant current: ${regular.rate.toFixed(1)} Hz, CV ${regular.cv.toFixed(2)}`)}
${raster(irregular, y1, `noise: ${irregular.rate.toFixed(1)} Hz, CV ${irregular.cv.toFixed(2)}; ${ROWS} neurons, ${WINDOW / 1000} s`)}
<rect x="${LEFT}" y="${y2}" width="${WIDTH}" height="${HISTOGRAM}" fill="none" stroke="#999"/>
<g fill="#7fa6d6">${bars.join('')}</g>
<polyline points="${line.join(' ')}" fill="none" stroke="#333"/>
<line x1="${x(period)}" x2="${x(period)}" y1="${y2}" y2="${bottom}" stroke="#c33" stroke-dasharray="4 4"/>
<text x="${x(period)}" y="${y2 + 14}" dx="6" fill="#c33">all intervals under a constant current: ${period} ms</text>
<text x="${LEFT + WIDTH - 6}" y="${y2 + 40}" text-anchor="end">bars: under noise; line: pure chance of that rate</text>
<text x="${LEFT}" y="${bottom + 16}">0</text>
<text x="${LEFT + WIDTH}" y="${bottom + 16}" text-anchor="end">${LONGEST}</text>
<text x="${LEFT + WIDTH / 2}" y="${bottom + 36}" text-anchor="middle">interval between spikes, ms</text>
</svg>
`;
}
