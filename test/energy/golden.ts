/** Event counts of SANA-FE's golden runs (../shared/vectors/sanafe), from what it printed and from the net alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type EventName, noEvents } from '../../src/energy/events.js';

export const goldenCases = (shared: string): readonly string[] =>
  readdirSync(join(shared, 'vectors/sanafe')).filter((name) => !name.includes('.'));

export interface Summary {
  readonly energy: Readonly<Record<'synapse' | 'dendrite' | 'soma' | 'network' | 'total', number>>;
  readonly timesteps_executed: number;
  readonly total_spikes: number;
}

type NeuronRow = readonly [number, 'lif' | 'input', number, number, number, number, number, string];

interface Net {
  readonly steps: number;
  readonly neurons: { readonly rows: readonly NeuronRow[] };
  readonly edges: readonly (readonly [number, number, number])[];
  readonly input_spikes: Readonly<Record<string, readonly number[]>>;
}

export type CsvRow = Readonly<Record<string, string>>;

const csv = (text: string): readonly CsvRow[] => {
  const [head, ...lines] = text.trim().split('\n');
  const names = head!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
  });
};

const CLASS: Readonly<Record<string, EventName>> = {
  dense: 'synapseDense',
  sparse: 'synapseSparse',
  conv: 'synapseConv',
};

const TILES_Y = 4;

export interface GoldenRun {
  readonly summary: Summary;
  readonly perf: readonly CsvRow[];
  /** Counts of each step. */
  readonly steps: readonly Readonly<Record<EventName, number>>[];
}

export function goldenRun(shared: string, name: string): GoldenRun {
  const dir = join(shared, 'vectors/sanafe', name);
  const names = new Set(readdirSync(dir));
  const read = (file: string): string =>
    names.has(file)
      ? readFileSync(join(dir, file), 'utf8')
      : gunzipSync(readFileSync(join(dir, `${file}.gz`))).toString();
  const net = JSON.parse(read('net.json')) as Net;
  const perf = csv(read('perf_simple.csv'));
  const steps = perf.map(() => noEvents());
  const compartments = net.neurons.rows.filter((row) => row[1] === 'lif').length;

  const firedInputs = new Map<number, number>();
  for (const at of Object.values(net.input_spikes).flat())
    firedInputs.set(at, (firedInputs.get(at) ?? 0) + 1);
  perf.forEach((row, i) => {
    const inputs = firedInputs.get(i + 1) ?? 0;
    const counts = steps[i]!;
    counts.visit = compartments;
    counts.updateActive = Number(row.updated) - inputs;
    counts.updateIdle = compartments - counts.updateActive;
    counts.spike = Number(row.fired) - inputs;
    counts.barrier = 1;
  });

  const unit = new Map(net.neurons.rows.map((row) => [row[0], CLASS[row[7]]!]));
  const targets = new Map<number, EventName[]>();
  for (const [pre, post] of net.edges) targets.set(pre, [...(targets.get(pre) ?? []), unit.get(post)!]);
  for (const { neuron, timestep } of csv(read('spikes.csv')))
    for (const event of targets.get(Number(neuron!.slice(2))) ?? []) steps[Number(timestep) - 1]![event]++;

  for (const { mid, timestep, src_hw, dest_hw } of csv(read('messages_detailed.csv'))) {
    if (mid === '-1') continue;
    const counts = steps[Number(timestep) - 1]!;
    counts.axonOut++;
    counts.axonIn++;
    const from = Number(src_hw!.split('.')[0]);
    const to = Number(dest_hw!.split('.')[0]);
    const x = Math.floor(to / TILES_Y) - Math.floor(from / TILES_Y);
    const y = (to % TILES_Y) - (from % TILES_Y);
    if (from === to) counts.withinTile++;
    counts[x > 0 ? 'hopEast' : 'hopWest'] += Math.abs(x);
    counts[y > 0 ? 'hopNorth' : 'hopSouth'] += Math.abs(y);
  }
  return { summary: JSON.parse(read('summary.json')) as Summary, perf, steps };
}

export function addEvents(all: readonly Readonly<Record<EventName, number>>[]): Record<EventName, number> {
  const total = noEvents();
  for (const counts of all) for (const name of Object.keys(total) as EventName[]) total[name] += counts[name];
  return total;
}
