/** The data of a report in the shapes that views take. */

import type { EVENTS } from '../energy/events.js';
import { siText } from '../energy/si-prefix.js';
import type { BarsData } from '../views/bars.js';
import type { MeshOptions } from '../views/mesh.js';
import type { MeshData } from '../views/mesh-layout.js';
import type { RasterData } from '../views/raster.js';
import type { RatesData } from '../views/rates.js';
import { numberText } from '../views/scale.js';
import { SpikeDensity } from '../views/spike-density.js';
import type { TracesData } from '../views/traces.js';
import type { CoreMetric, ReportData, ReportFacts, ReportMesh, ReportTrace } from './report-data.js';

export const EVENT_NAMES: Readonly<Record<(typeof EVENTS)[number]['name'], string>> = {
  synapseSparse: 'sparse synaptic events',
  synapseDense: 'dense synaptic events',
  synapseConv: 'convolution synaptic events',
  visit: 'compartment visits',
  updateActive: 'active updates',
  updateIdle: 'idle updates',
  spike: 'spikes',
  axonOut: 'messages sent',
  axonIn: 'messages received',
  withinTile: 'messages within a tile',
  hopEast: 'hops east',
  hopWest: 'hops west',
  hopNorth: 'hops north',
  hopSouth: 'hops south',
  chipCrossing: 'chip crossings',
  barrier: 'barriers',
  hostMessage: 'messages of the host',
};

/** First rows of populations in the raster, which hold every `rowStride`-th neuron. */
export function rasterOf({ facts, steps, rows }: ReportData): RasterData {
  const stride = facts.rowStride;
  let id = 0;
  const populations = facts.populations.map(({ label, size }) => {
    const first = Math.ceil(id / stride);
    id += size;
    return { label, first, size: Math.ceil(id / stride) - first };
  });
  return {
    populations,
    density: new SpikeDensity({
      steps,
      rows: stride === 1 ? rows : rows.map((row) => row / stride),
      from: facts.steps.from,
      to: facts.steps.to,
      rowCount: Math.ceil(id / stride),
    }),
  };
}

export const ratesOf = ({ facts, binSteps, counts }: ReportData): RatesData => ({
  populations: facts.populations.map(({ label, size }) => ({ label, size })),
  bins: { from: facts.steps.from, to: facts.steps.to, binSteps, counts },
});

/** Lines of a trace with the spikes of their neurons. */
export function traceOf(trace: ReportTrace, data: ReportData): TracesData {
  const { variable, population, steps, neurons, samples, threshold } = trace;
  const index = data.facts.populations.findIndex(({ label }) => label === population);
  const first = data.facts.populations.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  const of = new Map<number, number[]>(Array.from(neurons, (neuron) => [first + neuron, []]));
  if (variable === 'v' && data.facts.rowStride === 1)
    data.rows.forEach((row, i) => {
      of.get(row)?.push(data.steps[i]!);
    });
  return {
    quantity: `${variable} (register)`,
    ...(threshold === null ? {} : { threshold }),
    lines: samples.map((values, i) => {
      const spikes = of.get(first + neurons[i]!) ?? [];
      return {
        label: `${population} ${neurons[i]}`,
        steps,
        values,
        ...(spikes.length > 0 ? { spikes } : {}),
        category: Math.max(0, index),
      };
    }),
  };
}

/** A value with its unit. */
export const metricText =
  ({ unit }: CoreMetric) =>
  (value: number): string => {
    if (unit === 'J') return siText(value, 'J');
    if (unit === '%') return `${value.toFixed(1)} %`;
    return `${numberText(value)}${unit === '' ? '' : ` ${unit}`}`;
  };

export function meshOf(mesh: ReportMesh, metric: CoreMetric): MeshData {
  const most = (mesh.links?.entries ?? []).reduce((high, { value }) => Math.max(high, value), 0);
  return {
    ...mesh,
    cores: mesh.cores.map((core, i) => ({ ...core, value: metric.values[i] ?? 0 })),
    links: (mesh.links?.entries ?? []).map(({ value, ...link }) => ({
      ...link,
      load: most === 0 ? 0 : value / most,
    })),
  };
}

export function meshOptions(mesh: ReportMesh, metric: CoreMetric): Omit<MeshOptions, 'theme'> {
  const { links } = mesh;
  const most = (links?.entries ?? []).reduce((high, { value }) => Math.max(high, value), 0);
  return {
    quantity: metric.title,
    valueText: metricText(metric),
    ...(metric.unit === '%' ? { most: 100 } : {}),
    ...(links === null || most === 0
      ? {}
      : {
          linkQuantity: links.quantity === 'load' ? 'link load' : 'messages per link',
          loadText: () => linkText(links.quantity, most),
        }),
  };
}

export const linkText = (quantity: 'load' | 'messages', value: number): string =>
  quantity === 'load' ? `${(100 * value).toFixed(value < 0.01 ? 3 : 1)} %` : numberText(value);

/** Joules by event, most first; null where there are none. */
export function energyBars({ energy }: ReportFacts): BarsData | null {
  if (energy === null || 'refused' in energy.events || 'refused' in energy.operations) return null;
  const whole = energy.operations.joules;
  const events = energy.events.filter(({ joules }) => joules > 0).sort((a, b) => b.joules - a.joules);
  if (events.length === 0) return null;
  return {
    columns: [''],
    rows: events.map(({ event, joules }) => ({
      label: EVENT_NAMES[event],
      bars: [
        {
          value: joules,
          text: `${siText(joules, 'J')}   ${((100 * joules) / whole).toFixed(1)} %`,
        },
      ],
    })),
  };
}

const LISTED = 16;

/** Joules of populations, in the colours they have everywhere. */
export function populationBars({ energy, populations }: ReportFacts): BarsData | null {
  const entries = energy?.sections.find(({ by }) => by === 'population')?.entries ?? [];
  const priced = entries
    .flatMap(({ label, joules }) => (joules === null || joules === 0 ? [] : [{ label, joules }]))
    .sort((a, b) => b.joules - a.joules);
  if (priced.length < 2) return null;
  const row = (label: string, joules: number, category?: number) => ({
    label,
    bars: [{ value: joules, text: siText(joules, 'J'), ...(category === undefined ? {} : { category }) }],
  });
  const rest = priced.slice(LISTED);
  const others = rest.reduce((sum, { joules }) => sum + joules, 0);
  return {
    columns: [''],
    rows: [
      ...priced.slice(0, LISTED).map(({ label, joules }) => {
        const category = populations.findIndex((one) => one.label === label);
        return row(label, joules, Math.max(0, category));
      }),
      ...(rest.length === 0 ? [] : [row(`${rest.length} others`, others)]),
    ],
  };
}

const BOUNDS_LISTED = 8;

/** What bounded the steps of the chip, most often first. */
export function boundBars({ time }: ReportFacts): BarsData | null {
  if (time === null || time.bounds.length === 0) return null;
  const row = (label: string, steps: number) => ({
    label,
    bars: [{ value: steps, text: `${numberText(steps)} of ${numberText(time.steps)} steps` }],
  });
  const rest = time.bounds.slice(BOUNDS_LISTED);
  const others = rest.reduce((sum, { steps }) => sum + steps, 0);
  return {
    columns: [''],
    rows: [
      ...time.bounds
        .slice(0, BOUNDS_LISTED)
        .map(({ kind, label, steps }) =>
          row(kind === 'sender' || kind === 'receiver' ? `${label}, ${kind}` : label, steps),
        ),
      ...(rest.length === 0 ? [] : [row(`${rest.length} others`, others)]),
    ],
  };
}

const LIMIT_NAMES = {
  compartments: 'compartments',
  inAxons: 'in-axons',
  outAxonSlots: 'out-axon slots',
  synapseBits: 'synaptic memory',
  accumulators: 'accumulators',
} as const;

const CORES_LISTED = 16;

/** Use of the fullest cores against their limits. */
export function useBars({ use }: ReportFacts): { readonly data: BarsData; readonly hidden: number } | null {
  if (use === null || use.cores.length === 0) return null;
  const fullness = ({ usage }: (typeof use.cores)[number]): number =>
    Math.max(...usage.map(({ used, available }) => (available === null ? 0 : used / available)));
  const shown = [...use.cores]
    .sort((a, b) => fullness(b) - fullness(a) || a.core - b.core)
    .slice(0, CORES_LISTED)
    .sort((a, b) => a.core - b.core);
  const amount = (limit: string, value: number): string =>
    limit === 'synapseBits'
      ? `${numberText(value / 8192, value % 8192 === 0 ? 0 : 1)} KiB`
      : numberText(value);
  return {
    hidden: use.cores.length - shown.length,
    data: {
      columns: shown[0]!.usage.map(({ limit, available }) =>
        available === null ? LIMIT_NAMES[limit] : `${LIMIT_NAMES[limit]} / ${amount(limit, available)}`,
      ),
      rows: shown.map(({ core, usage }) => ({
        label: `core ${core}`,
        bars: usage.map(({ limit, used, available }) => ({
          value: used,
          text: amount(limit, used),
          ...(available === null ? {} : { limit: available }),
        })),
      })),
    },
  };
}
