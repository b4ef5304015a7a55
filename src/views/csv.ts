/** Tables as CSV (RFC 4180), lines ended by `\n`, numbers as JavaScript writes them; and those of figures over time. */
import { rateLine } from './rate-bins.js';
import type { RatesData } from './rates.js';
import type { TracesData } from './traces.js';

type Cell = number | string;

const cellText = (cell: Cell): string =>
  typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell);

export function csvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `${lines.join('\n')}\n`;
}

/** Every bin of every population: its first and last step, spikes, and the mean rate of a neuron. */
export function ratesCsv({ populations, bins }: RatesData, dt: number): string {
  const { from, to, binSteps, counts } = bins;
  const rows = populations.flatMap(({ label, size }, p) => {
    const { rates } = rateLine(bins, p, { size, dt });
    return Array.from(counts[p]!, (spikes, bin): Cell[] => {
      const first = from + bin * binSteps;
      return [first, Math.min(to, first + binSteps - 1), label, spikes, rates[bin]!];
    });
  });
  return csvText(
    ['first_step', 'last_step', 'population', 'spikes', dt > 0 ? 'rate_Hz' : 'spikes_per_step'],
    rows,
  );
}

/** Every sample of every line, in the unit the figure shows. */
export const tracesCsv = ({ lines, quantity }: TracesData): string =>
  csvText(
    ['step', 'line', quantity],
    lines.flatMap(({ label, steps, values }) =>
      Array.from(steps, (step, i): Cell[] => [step, label, values[i]!]),
    ),
  );
