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

const LEFT = 60;
const TOP = 16;
const WIDTH = 800;
const HEIGHT = 400;

/** A standalone SVG; one short line a spike, all in one path, so that it stays small. */
export function svgRaster(spikes: Spikes, window: Window, title: string): string {
  const xOf = (step: number): number => LEFT + ((step - window.from) / (window.to - window.from + 1)) * WIDTH;
  const yOf = (id: number): number => TOP + HEIGHT - (id / window.neurons) * HEIGHT;
  const marks: string[] = [];
  for (let i = 0; i < spikes.steps.length; i++) {
    const step = spikes.steps[i] ?? 0;
    const id = spikes.neurons[i] ?? 0;
    if (step < window.from || step > window.to || id >= window.neurons) continue;
    marks.push(`M${xOf(step).toFixed(1)} ${yOf(id).toFixed(1)}v-1`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${TOP + HEIGHT + 44}" font-family="sans-serif" font-size="12">
<title>${title}</title>
<rect width="100%" height="100%" fill="white"/>
<rect x="${LEFT}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#999"/>
<path d="${marks.join('')}" stroke="#1b4f8f" stroke-width="1.2" fill="none"/>
<text x="${LEFT}" y="${TOP + HEIGHT + 16}">${window.from}</text>
<text x="${LEFT + WIDTH}" y="${TOP + HEIGHT + 16}" text-anchor="end">${window.to}</text>
<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 34}" text-anchor="middle">timestep</text>
<text x="${LEFT - 6}" y="${TOP + HEIGHT}" text-anchor="end">0</text>
<text x="${LEFT - 6}" y="${TOP + 10}" text-anchor="end">${window.neurons - 1}</text>
<text x="16" y="${TOP + HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${TOP + HEIGHT / 2})">neuron</text>
</svg>
`;
}
