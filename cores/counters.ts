/**
 * What is counted, once: name, unit and meaning of every counter of a core. Rows with an `index` live in
 * the core's memory as unsigned 64-bit integers (counter-index.ts); rows of `routing` follow from spikes
 * per source, the multicast tables and the synapse lists; `derived` ones from other rows. All are exact and independent
 * of workers, kernels and of what the host skipped.
 */
import * as at from './counter-index.js';

export type CounterOrigin = 'core' | 'derived' | 'routing';

export interface CounterRow {
  readonly name: string;
  readonly unit: string;
  readonly origin: CounterOrigin;
  /** Place in the core's memory (`origin` core), else -1. */
  readonly index: number;
  readonly meaning: string;
}

const core = <const Name extends string>(index: number, name: Name, unit: string, meaning: string) =>
  ({ name, unit, origin: 'core', index, meaning }) as const;
const derived = <const Name extends string>(name: Name, unit: string, meaning: string) =>
  ({ name, unit, origin: 'derived', index: -1, meaning }) as const;
const routing = <const Name extends string>(name: Name, unit: string, meaning: string) =>
  ({ name, unit, origin: 'routing', index: -1, meaning }) as const;

const SYNAPTIC = 'one per synapse of an arriving axon event,';
const OVERFLOW = 'one per compartment and step';

export const COUNTERS = [
  core(at.STEPS, 'steps', 'steps', 'timesteps this core went through, at work or at rest'),
  routing('axonEventsIn', 'events', 'messages received: spikes that reached an in-axon of this core'),
  routing('synapticEventsSparse', 'events', `${SYNAPTIC} sparse lists`),
  routing('synapticEventsDense', 'events', `${SYNAPTIC} dense rows, zero weights included`),
  routing('synapticEventsConv', 'events', `${SYNAPTIC} shared convolution kernels`),
  core(
    at.UPDATES_ACTIVE,
    'updatesActive',
    'updates',
    'compartment updates that had work: before it u, v, theta or the refractory count was not 0, or the compartment has a bias or noise, or the inputs of the step do not sum to 0',
  ),
  derived(
    'updatesIdle',
    'updates',
    'compartments visited without work: compartments x steps - updatesActive',
  ),
  core(at.SPIKES, 'spikes', 'spikes', 'spikes of either sign'),
  core(
    at.OVERFLOWS,
    'overflowInput',
    'events',
    `${OVERFLOW} whose synaptic input (with current noise) left its register`,
  ),
  core(at.OVERFLOWS + 1, 'overflowCurrent', 'events', `${OVERFLOW} whose current u left its register`),
  core(
    at.OVERFLOWS + 2,
    'overflowBias',
    'events',
    `${OVERFLOW} whose u + bias (with voltage noise) left its register`,
  ),
  core(
    at.OVERFLOWS + 3,
    'overflowVoltage',
    'events',
    `${OVERFLOW} whose v left the emulator's 30 bits (only where v has no range)`,
  ),
  routing('messagesCore', 'messages', 'spike messages to an in-axon of the same core'),
  routing('messagesTile', 'messages', 'spike messages to another core of the same tile'),
  routing('messagesMesh', 'messages', 'spike messages to another tile of the same chip'),
  routing('messagesChip', 'messages', 'spike messages to another chip'),
  routing('hopsX', 'hops', 'tile-to-tile hops east or west of messages sent by this core'),
  routing('hopsY', 'hops', 'tile-to-tile hops north or south of messages sent by this core'),
  routing('chipCrossings', 'crossings', 'chip-to-chip links taken by messages sent by this core'),
  routing('barriers', 'barriers', 'timestep barriers this core took part in'),
] as const satisfies readonly CounterRow[];

type Row = (typeof COUNTERS)[number];
export type CounterName = Row['name'];
/** Counters kept by the core itself, plus the idle visits that follow from them. */
export type CoreCounterName = Extract<Row, { readonly origin: 'core' | 'derived' }>['name'];
export type CoreCounters = Readonly<Record<CoreCounterName, bigint>>;

/** Adds `amount` (0 .. 2^32 - 1) to counter `index`, with carry. */
export function count(counters: Uint32Array, index: number, amount: number): void {
  const low = counters[2 * index]! + amount;
  counters[2 * index] = low;
  if (low > 0xffff_ffff) counters[2 * index + 1]! += 1;
}

/** Counter `index` as it is. */
export function readCounter(counters: Uint32Array, index: number): bigint {
  return (BigInt(counters[2 * index + 1]!) << 32n) | BigInt(counters[2 * index]!);
}

/** All counters of a core of `n` compartments. */
export function readCounters(counters: Uint32Array, n: number): CoreCounters {
  const out: Partial<Record<CoreCounterName, bigint>> = {};
  for (const row of COUNTERS) if (row.origin === 'core') out[row.name] = readCounter(counters, row.index);
  const all = out as Record<CoreCounterName, bigint>;
  all.updatesIdle = BigInt(n) * all.steps - all.updatesActive;
  return all;
}
