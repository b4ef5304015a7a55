/** A raster of spikes, for a terminal and as SVG. */

/** Spikes as the API returns them: step and neuron of each, ordered by step. */
export interface Spikes {
  readonly steps: ArrayLike<number>;
  readonly neurons: ArrayLike<number>;
}

/** What part of the recording to draw: steps `from` to `to`, inclusive, and neurons 0 to `neurons - 1`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly neurons: number;
}

/** Dots of a braille character by row, left and right: a character holds 2 × 4 dots. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Lines of `columns` characters; time runs to the right, neuron 0 is at the bottom. */
export function terminalRaster(spikes: Spikes, window: Window, columns: number, rows: number): string[] {
  const cells = new Uint8Array(columns * rows);
  for (let i = 0; i < spikes.steps.length; i++) {
    const step = spikes.steps[i] ?? 0;
    const id = spikes.neurons[i] ?? 0;
    if (step < window.from || step > window.to || id >= window.neurons) continue;
    const x = Math.floor(((step - window.from) / (window.to - window.from + 1)) * columns * 2);
    const y = rows * 4 - 1 - Math.floor((id / window.neurons) * rows * 4);
    const cell = (y >> 2) * columns + (x >> 1);
    cells[cell] = (cells[cell] ?? 0) | (DOTS[y & 3]?.[x & 1] ?? 0);
  }
  return Array.from({ length: rows }, (_, row) =>
    Array.from(cells.subarray(row * columns, (row + 1) * columns), (dots) =>
      String.fromCodePoint(0x2800 + dots),
    ).join(''),
  );
}

/** A horizontal band of neurons with a name: a population, or a core. Neurons `from` to `to - 1`. */
export interface Band {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** What an SVG raster shows beside the spikes. Populations are coloured in order. */
export interface Legend {
  readonly title: string;
  readonly subtitle: string;
  readonly populations: readonly Band[];
  readonly cores: readonly Band[];
}

/** Colour-blind safe on the dark ground (Okabe and Ito 2008, lightened). */
const COLOURS = ['#74b9ff', '#ffb454'] as const;
const GROUND = '#0f1724';
const INK = '#e8edf4';
const FAINT = '#8a97a8';

const LEFT = 92;
const TOP = 64;
const WIDTH = 820;
const HEIGHT = 360;
const RATE_TOP = TOP + HEIGHT + 18;
const RATE_HEIGHT = 56;
const TOTAL_WIDTH = LEFT + WIDTH + 78;
const TOTAL_HEIGHT = RATE_TOP + RATE_HEIGHT + 44;

/** A standalone SVG: spikes as dots, population rate below, cores at the right. Dots share a path, so it stays small. */
export function svgRaster(spikes: Spikes, window: Window, legend: Legend): string {
  const span = window.to - window.from + 1;
  const xOf = (step: number): number => LEFT + ((step - window.from) / span) * WIDTH;
  const yOf = (id: number): number => TOP + HEIGHT - (id / window.neurons) * HEIGHT;
  const dots = legend.populations.map((): string[] => []);
  const perStep = new Uint32Array(span);
  for (let i = 0; i < spikes.steps.length; i++) {
    const step = spikes.steps[i] ?? 0;
    const id = spikes.neurons[i] ?? 0;
    if (step < window.from || step > window.to || id >= window.neurons) continue;
    perStep[step - window.from]! += 1;
    const population = legend.populations.findIndex(({ from, to }) => id >= from && id < to);
    dots[population]?.push(`M${xOf(step).toFixed(1)} ${yOf(id + 0.5).toFixed(1)}h0`);
  }
  const most = Math.max(1, ...perStep);
  const bars = Array.from(perStep, (n, t) => {
    const top = RATE_TOP + RATE_HEIGHT * (1 - n / most);
    return `L${xOf(window.from + t).toFixed(1)} ${top.toFixed(1)}H${xOf(window.from + t + 1).toFixed(1)}`;
  });
  const base = RATE_TOP + RATE_HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${TOTAL_WIDTH} ${TOTAL_HEIGHT}" font-family="ui-sans-serif,system-ui,sans-serif" font-size="12">
<title>${legend.title}</title>
<rect width="${TOTAL_WIDTH}" height="${TOTAL_HEIGHT}" rx="12" fill="${GROUND}"/>
<text x="${LEFT}" y="30" fill="${INK}" font-size="16" font-weight="600">${legend.title}</text>
<text x="${LEFT}" y="49" fill="${FAINT}">${legend.subtitle}</text>
${legend.populations
  .map(
    (band, i) =>
      `<text x="${LEFT - 10}" y="${((yOf(band.from) + yOf(band.to)) / 2 + 4).toFixed(1)}" text-anchor="end" fill="${COLOURS[i % COLOURS.length]}">${band.label}</text>
<path d="${dots[i]?.join('') ?? ''}" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="2.6" stroke-linecap="round"/>`,
  )
  .join('\n')}
${legend.cores
  .map(
    (band) =>
      `<rect x="${LEFT + WIDTH + 8}" y="${(yOf(band.to) + 1).toFixed(1)}" width="3" height="${(yOf(band.from) - yOf(band.to) - 2).toFixed(1)}" rx="1.5" fill="${FAINT}"/>
<text x="${LEFT + WIDTH + 18}" y="${((yOf(band.from) + yOf(band.to)) / 2 + 4).toFixed(1)}" fill="${FAINT}">${band.label}</text>`,
  )
  .join('\n')}
<path d="M${LEFT} ${base}${bars.join('')}V${base}Z" fill="${INK}" fill-opacity="0.35"/>
<text x="${LEFT - 10}" y="${RATE_TOP + RATE_HEIGHT / 2 + 4}" text-anchor="end" fill="${FAINT}">spikes / step</text>
<text x="${LEFT}" y="${base + 20}" fill="${FAINT}">step ${window.from}</text>
<text x="${LEFT + WIDTH}" y="${base + 20}" text-anchor="end" fill="${FAINT}">${window.to}</text>
</svg>
`;
}
