/** The result of a run: for people a table, for programs an object. */
import { COUNTERS } from '../../cores/index.js';
import type { ShardBalance } from '../../routing/index.js';
import type { EventCounts } from '../energy/events.js';
import { imageHash } from '../io/content-hash.js';
import { countersObject } from '../io/counters-object.js';
import type { FinishedRun } from '../io/run-files.js';
import { VERSION } from '../version.js';
import { grouped, renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

export interface RunSummary {
  readonly name: string;
  /** Names of the neurons of explicit networks, by population. */
  readonly neuronNames: ReadonlyMap<string, readonly string[]>;
  readonly run: FinishedRun;
  /** Run directory, if any. */
  readonly saved: string | undefined;
  /** Events of the run as they are priced, where they are: a spike's belong to its own step, and SANA-FE counts updates its own way. */
  readonly charged: EventCounts | null;
  /** How the cores were shared out among workers, one entry each. */
  readonly balance: readonly ShardBalance[];
  readonly kernels: string;
  readonly secondsToOpen: number;
  readonly seconds: number;
}

/** Networks with names for their neurons are small; beyond this the table would not be. */
const NAMED_NEURONS = 40;

/** Whether the result lists the spikes of every neuron. */
export function showsNeurons(names: RunSummary['neuronNames']): boolean {
  const named = [...names.values()].reduce((sum, list) => sum + list.length, 0);
  return named > 0 && named <= NAMED_NEURONS;
}

/** Steps listed of one neuron. */
const LISTED_STEPS = 12;

/** Mean rate of a neuron in Hz, or spikes per step where the network has no dt. */
function rateOf(
  spikes: number,
  neurons: number,
  { dt, steps }: { readonly dt: number; readonly steps: number },
): number {
  const perStep = neurons === 0 || steps === 0 ? 0 : spikes / (neurons * steps);
  return dt > 0 ? (perStep * 1000) / dt : perStep;
}

const stepsRun = ({ run }: RunSummary): number => run.recording.to - run.recording.from + 1;
const stepsPerSecond = (summary: RunSummary): number =>
  summary.seconds > 0 ? stepsRun(summary) / summary.seconds : 0;

/** One documented object (docs/cli.md). */
export function runObject(summary: RunSummary): Record<string, unknown> {
  const { run } = summary;
  const { image, recording, counters } = run;
  const { meanings: _, ...counted } = countersObject(counters) as { readonly meanings: unknown };
  return {
    schema: 'seamount/result/1',
    version: VERSION,
    name: summary.name,
    image: imageHash(image),
    profile: image.profile.name,
    notice: image.profile.notice,
    seed: image.seed,
    dt: image.dt,
    steps: { from: recording.from, to: recording.to, asked: run.stepsAsked },
    interrupted: run.interrupted,
    populations: image.populations.map(({ label, kind, size }, i) => ({
      label,
      kind,
      size,
      spikes: run.populationSpikes[i]!,
      rate: rateOf(run.populationSpikes[i]!, size, { dt: image.dt, steps: recording.to }),
    })),
    rateUnit: image.dt > 0 ? 'Hz' : 'spikes per step',
    spikesRecorded: summary.saved === undefined ? null : recording.spikes.ids.length,
    cores: image.cores.length,
    counters: counted,
    stateHash: run.stateHash,
    checkpoints: run.checkpoints.map(({ step }) => step),
    out: summary.saved ?? null,
    workers: summary.balance.length,
    balance: summary.balance.map(({ firstCore, cores, share, time }) => ({
      firstCore,
      cores,
      share,
      busy: busyPart(time),
      busySeconds: time === null ? null : time.busyMs / 1000,
      waitedSeconds: time === null ? null : time.waitedMs / 1000,
    })),
    kernels: summary.kernels,
    seconds: summary.seconds,
    stepsPerSecond: stepsPerSecond(summary),
  };
}

/** Part of its time a worker was busy rather than waiting for the others. */
const busyPart = (time: ShardBalance['time']): number | null =>
  time === null ? null : time.busyMs / (time.busyMs + time.waitedMs);

/** Beyond so many workers, the least and the most of them. */
const LISTED_WORKERS = 8;

/** `shares 51 49 %, busy 97 95 %`: predicted shares of the work, and measured busy parts where there are any. */
function renderBalance(balance: RunSummary['balance']): string {
  const list = (parts: readonly number[]): string => {
    const percents = parts.map((part) => Math.round(100 * part));
    if (percents.length <= LISTED_WORKERS) return `${percents.join(' ')} %`;
    return `${Math.min(...percents)} to ${Math.max(...percents)} %`;
  };
  const busy = balance.flatMap(({ time }) => busyPart(time) ?? []);
  const shares = `shares ${list(balance.map(({ share }) => share))}`;
  return busy.length === 0 ? shares : `${shares}, busy ${list(busy)}`;
}

/** The table, without a trailing newline. */
export function renderRun(summary: RunSummary, terminal: Terminal): string {
  const { run, saved, balance } = summary;
  const shards = balance.length;
  const { image, recording, counters } = run;
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { totals } = counters;

  const span = `steps ${grouped(recording.from)}..${grouped(recording.to)}`;
  const time = image.dt > 0 ? `, ${grouped(Math.round(recording.to * image.dt * 1000) / 1000)} ms` : '';
  const lines = [`${paint('bold', summary.name)} on ${image.profile.title}, ${span}${time}`];
  if (run.interrupted)
    lines.push(paint('yellow', `stopped at step ${grouped(recording.to)} of ${grouped(run.stepsAsked)}`));

  const unit = image.dt > 0 ? 'Hz' : 'per step';
  const rows = image.populations.map(({ label, size, kind }, i) => {
    const spikes = run.populationSpikes[i]!;
    const rate = rateOf(spikes, size, { dt: image.dt, steps: recording.to });
    return [
      label,
      grouped(size),
      grouped(spikes),
      `${rate.toFixed(image.dt > 0 ? 1 : 4)} ${unit}`,
      kind === 'source' ? dim('source') : '',
    ];
  });
  const columns = [
    { title: 'population', align: 'left' },
    { title: 'neurons', align: 'right' },
    { title: 'spikes', align: 'right' },
    { title: 'mean rate', align: 'right' },
    { title: '', align: 'left' },
  ] as const;
  lines.push('', renderTable(columns, rows, dim));
  lines.push(...namedSpikes(summary, dim));

  const synaptic = totals.synapticEventsSparse + totals.synapticEventsDense + totals.synapticEventsConv;
  const messages = totals.messagesCore + totals.messagesTile + totals.messagesMesh + totals.messagesChip;
  const chips = image.chipsX * image.chipsY;
  const facts: [string, string][] = [
    ['synaptic events', `${grouped(synaptic)}${underWay(synaptic, summary.charged)}`],
    ['updates', updatesText(totals, summary.charged)],
    [
      'messages',
      `${grouped(messages)} from neurons, ${grouped(counters.hostMessages)} from the host, ${grouped(totals.hopsX + totals.hopsY)} hops`,
    ],
    ['cores', `${grouped(image.cores.length)} on ${chips === 1 ? '1 chip' : `${grouped(chips)} chips`}`],
    [
      'speed',
      `${grouped(Math.round(stepsPerSecond(summary)))} steps/s, ${shards === 1 ? '1 worker' : `${shards} workers`}, ${summary.kernels}`,
    ],
    ...(shards === 1 ? [] : [['workers', renderBalance(balance)] satisfies [string, string]]),
    ['image', imageHash(image)],
  ];
  const overflows = COUNTERS.filter(({ name }) => name.startsWith('overflow') && totals[name] > 0n);
  if (overflows.length > 0)
    facts.push([
      'overflow',
      paint(
        'yellow',
        overflows
          .map(({ name }) => `${grouped(totals[name])} ${name.slice('overflow'.length).toLowerCase()}`)
          .join(', '),
      ),
    ]);
  if (saved !== undefined) facts.push(['saved', paint('green', saved)]);
  const width = Math.max(...facts.map(([name]) => name.length));
  lines.push('', ...facts.map(([name, value]) => `${dim(name.padEnd(width))}  ${value}`));
  return lines.join('\n');
}

/** Synaptic events that spikes of the last steps have yet to cause: they are priced already. */
function underWay(done: bigint, charged: EventCounts | null): string {
  if (charged === null) return '';
  const due = BigInt(charged.synapseSparse + charged.synapseDense + charged.synapseConv) - done;
  return due > 0n ? `, ${grouped(due)} more under way` : '';
}

function updatesText(
  { updatesActive, updatesIdle }: FinishedRun['counters']['totals'],
  charged: EventCounts | null,
): string {
  if (charged === null || BigInt(charged.updateActive) === updatesActive)
    return `${grouped(updatesActive)} active, ${grouped(updatesIdle)} idle`;
  return `${grouped(charged.updateActive)} active, ${grouped(charged.updateIdle)} idle, as SANA-FE counts them`;
}

/** When each named neuron fired, for small explicit networks. */
function namedSpikes({ run, neuronNames }: RunSummary, dim: (text: string) => string): readonly string[] {
  const named = run.image.populations.flatMap(({ label, firstId }) =>
    (neuronNames.get(label) ?? []).map((name, neuron) => ({ name, id: firstId + neuron })),
  );
  if (!showsNeurons(neuronNames)) return [];
  const fired = new Map<number, number[]>(named.map(({ id }) => [id, []]));
  const { steps, ids } = run.recording.spikes;
  ids.forEach((id, i) => {
    fired.get(id)?.push(steps[i]!);
  });
  const rows = named.map(({ name, id }) => {
    const list = fired.get(id)!;
    const more = list.length > LISTED_STEPS ? ` and ${grouped(list.length - LISTED_STEPS)} more` : '';
    return [name, list.slice(0, LISTED_STEPS).join(' ') + more];
  });
  const columns = [
    { title: 'neuron', align: 'left' },
    { title: 'spikes at steps', align: 'left' },
  ] as const;
  return ['', renderTable(columns, rows, dim)];
}
