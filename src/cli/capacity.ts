/** What an image needs of the chip, in short: totals, and the fullest core of each kind of room. */
import type { ChipImage } from '../../routing/index.js';
import type { ImageReport, LimitName, Usage } from '../compiler/report.js';
import { imageHash } from '../io/content-hash.js';
import { bar } from './progress.js';
import { type Column, grouped, renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

const ROOM: Readonly<Record<LimitName, string>> = {
  compartments: 'compartments',
  inAxons: 'in-axons',
  outAxonSlots: 'out-axon slots',
  synapseBits: 'synaptic memory, bits',
  accumulators: 'accumulators',
};

const COLUMNS: readonly Column[] = [
  { title: 'room of a core', align: 'left' },
  { title: 'most used', align: 'right' },
  { title: 'limit', align: 'right' },
  { title: 'core', align: 'right' },
  { title: '', align: 'left' },
];

interface Fullest {
  readonly core: number;
  readonly usage: Usage;
}

/** Per limit, the core that uses most of it. */
function fullest(report: ImageReport): readonly Fullest[] {
  const most = new Map<LimitName, Fullest>();
  for (const { core, usage } of report.cores)
    for (const use of usage) {
      const before = most.get(use.limit);
      if (before === undefined || use.used > before.usage.used) most.set(use.limit, { core, usage: use });
    }
  return [...most.values()];
}

/** Populations, totals and the fullest cores, without a trailing newline. */
export function renderCapacity(
  name: string,
  image: ChipImage,
  report: ImageReport,
  terminal: Terminal,
): string {
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { totals } = report;
  const cores = report.cores.length;
  const room = fullest(report).map(({ core, usage: { limit, used, available } }) => [
    ROOM[limit],
    grouped(used),
    available === null ? 'none' : grouped(available),
    String(core),
    available === null
      ? ''
      : `${paint(used === available ? 'yellow' : 'cyan', bar(used / available))} ${((100 * used) / available).toFixed(1)} %`,
  ]);
  const populations = image.populations.map(({ label, size, kind, slices }) => [
    label,
    grouped(size),
    kind === 'source' ? dim('source') : coresText(slices.map((slice) => slice.core)),
  ]);
  const populationColumns: readonly Column[] = [
    { title: 'population', align: 'left' },
    { title: 'neurons', align: 'right' },
    { title: 'on cores', align: 'left' },
  ];
  return [
    `${paint('bold', name)} on ${image.profile.title}: ${grouped(cores)} ${cores === 1 ? 'core' : 'cores'} on ${report.chips === 1 ? '1 chip' : `${report.chips} chips`}`,
    `${grouped(totals.neurons)} neurons, ${grouped(totals.sources)} sources, ${grouped(totals.synapses)} synapses in ${grouped(Math.ceil(totals.synapseBits / 8))} bytes of synaptic memory`,
    '',
    renderTable(populationColumns, populations, dim),
    '',
    renderTable(COLUMNS, room, dim),
    '',
    `${dim('image')}  ${imageHash(image)}`,
  ].join('\n');
}

/** `0..3, 7` */
export function coresText(cores: readonly number[]): string {
  const sorted = [...new Set(cores)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const core of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === core - 1) last[1] = core;
    else runs.push([core, core]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`)).join(', ');
}
