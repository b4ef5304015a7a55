/** What the export menu offers of the chip panel: numbers are of all steps so far. */
import { DIRECTIONS, linkExists } from '../../timing/links.js';
import { csvText } from '../../views/csv.js';
import type { Figure } from '../figure.js';
import type { ActivityPlots } from './activity-plots.js';
import type { Opened, Status } from './calls.js';
import { coreValues, MESH_QUANTITIES, type MeshQuantity } from './mesh-figure.js';
import type { MeshPlot } from './mesh-plot.js';
import type { RunControl } from './run-control.js';

const COLUMNS: Readonly<Record<MeshQuantity, string>> = {
  spikes: 'spikes',
  synapticEvents: 'synaptic_events',
  energy: 'energy_J',
  memory: 'synapse_bits',
  inAxons: 'in_axons',
};

export function figuresOf(
  control: RunControl,
  plots: () => { readonly mesh: MeshPlot; readonly plots: ActivityPlots },
): readonly Figure[] {
  const table = (rows: (opened: Opened, status: Status) => string) => (): string =>
    control.opened === null || control.status === null ? '' : rows(control.opened, control.status);
  return [
    { name: 'mesh', title: 'Mesh', svg: (theme) => plots().mesh.svg(theme), csv: table(coresCsv) },
    { name: 'links', title: 'Links', csv: table(linksCsv) },
    {
      name: 'raster',
      title: 'Raster',
      svg: (theme) => plots().plots.svg('raster', theme),
      csv: () => plots().plots.csv('raster'),
    },
    {
      name: 'rates',
      title: 'Rates',
      svg: (theme) => plots().plots.svg('rates', theme),
      csv: () => plots().plots.csv('rates'),
    },
    {
      name: 'membranes',
      title: 'Membranes',
      svg: (theme) => plots().plots.svg('traces', theme),
      csv: () => plots().plots.csv('traces'),
    },
    { name: 'energy', title: 'Energy', csv: table(energyCsv) },
  ];
}

function coresCsv(opened: Opened, { soFar }: Status): string {
  const { plane, report } = opened;
  const columns = MESH_QUANTITIES.map((quantity) => coreValues(opened, soFar, quantity));
  return csvText(
    ['core', 'tile_x', 'tile_y', 'place', ...MESH_QUANTITIES.map((quantity) => COLUMNS[quantity])],
    report.cores.map(({ core }) => [
      core,
      plane.x[core]!,
      plane.y[core]!,
      plane.slot[core]!,
      ...columns.map((values) => values[core] ?? ''),
    ]),
  );
}

function linksCsv({ plane }: Opened, { soFar: { links } }: Status): string {
  const there = Array.from(links.keys()).filter((link) => linkExists(plane, link));
  return csvText(
    ['tile_x', 'tile_y', 'direction', 'messages'],
    there.map((link) => {
      const tile = link >>> 2;
      return [tile % plane.width, Math.floor(tile / plane.width), DIRECTIONS[link & 3]!, links[link]!];
    }),
  );
}

/** Every event, those without a price, too. */
function energyCsv(_: Opened, { energy: { counts, events } }: Status): string {
  const priced = 'refused' in events ? [] : events;
  return csvText(
    ['event', 'count', 'picojoules_each', 'joules_estimate', 'basis', 'source'],
    Object.entries(counts).map(([event, count]) => {
      const price = priced.find((each) => each.event === event);
      return [
        event,
        count,
        price?.picojoules ?? '',
        price?.joules ?? '',
        price?.basis ?? '',
        price?.source ?? '',
      ];
    }),
  );
}
