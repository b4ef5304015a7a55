/** What a run was charged for, as files of its directory: the ledger, reports, and events of every step. */
import { SeamountError } from '../../cores/index.js';
import type { Accounts } from '../account/account.js';
import type { StepCounts } from '../account/account-reports.js';
import type { CostProfile } from '../energy/cost-profile.js';
import type { EventLedger } from '../energy/event-ledger.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from '../energy/events.js';
import { priceEvents } from '../energy/price.js';
import { boundOfCode } from '../timing/step-bounds.js';
import type { StepBound } from '../timing/step-messages.js';
import type { NpyArray } from './npy.js';
import { readNpz, writeNpz } from './npz.js';
import { TextBytes } from './text-bytes.js';

export const LEDGER_FILE = 'events.json';
export const ENERGY_FILE = 'energy.json';
export const TIMING_FILE = 'timing.json';
export const NEUROBENCH_FILE = 'neurobench.json';
export const STEPS_FILE = 'steps.npz';
export const STEPS_TABLE = 'steps.csv';

const STEP = 'step';
/** Of a step on the chip, barrier included; only where it was timed. */
const TIME = 'picoseconds';
/** What bounded the step; only where it was timed. In `.npz` the kind is its place among these. */
const BOUND_KIND = 'boundKind';
const BOUND_INDEX = 'boundIndex';
const BOUND_KINDS: readonly StepBound['kind'][] = ['sender', 'receiver', 'link', 'barrier'];
/** Of all operations of the step; only where the profile has them. */
const JOULES = 'joules';

/**
 * A time that was reckoned in seconds comes as 1765599.9999999998 ps. Kept are 12 significant digits, or the whole ps where
 * that is finer: more than figures have, and as much as sums of doubles are good for.
 */
function settled(ps: number): number {
  if (Number.isInteger(ps)) return ps;
  return ps < 1e11 ? Number(ps.toPrecision(12)) : Math.round(ps);
}

type Columns = ReadonlyMap<string, Float64Array | Int32Array>;

/** One array for each column: step, every event, joules, and the time on the chip and what bounded it where it was timed. */
function columnsOf({ series, clock }: Accounts, costs: CostProfile): Columns {
  const columns = new Map<string, Float64Array | Int32Array>();
  if (series === null) return columns;
  const { from, steps } = series;
  columns.set(
    STEP,
    Float64Array.from({ length: steps }, (_, i) => from + i),
  );
  for (const [event, counts] of series.columns()) columns.set(event, counts);
  if (costs.noEnergy === null)
    columns.set(
      JOULES,
      Float64Array.from({ length: steps }, (_, i) => joulesOf(series.counts(from + i, from + i), costs)),
    );
  if (clock === null) return columns;
  columns.set(TIME, clock.times.map(settled));
  const bounds = Array.from(clock.bounds, boundOfCode);
  columns.set(
    BOUND_KIND,
    Int32Array.from(bounds, ({ kind }) => BOUND_KINDS.indexOf(kind)),
  );
  columns.set(
    BOUND_INDEX,
    Int32Array.from(bounds, ({ index }) => index),
  );
  return columns;
}

function joulesOf(counts: EventCounts, costs: CostProfile): number {
  const { operations } = priceEvents(counts, costs);
  return 'joules' in operations ? operations.joules : Number.NaN;
}

/** Events of every step as `.npz`; null where they were not kept. */
export function stepsNpz(accounts: Accounts, costs: CostProfile): Uint8Array | null {
  const columns = columnsOf(accounts, costs);
  if (columns.size === 0) return null;
  return writeNpz(
    new Map([...columns].map(([name, data]): [string, NpyArray] => [name, { data, shape: [data.length] }])),
  );
}

/** The same as a table of text, in which kinds of bounds are words. */
export function stepsCsv(accounts: Accounts, costs: CostProfile): Uint8Array | null {
  const columns = columnsOf(accounts, costs);
  if (columns.size === 0) return null;
  const file = new TextBytes();
  file.add(`${[...columns.keys()].join(',')}\n`);
  const texts = [...columns].map(([name, values]) =>
    name === BOUND_KIND
      ? (i: number): string => BOUND_KINDS[values[i]!]!
      : (i: number): string => String(values[i]!),
  );
  for (let i = 0; i < columns.get(STEP)!.length; i++) file.add(`${texts.map((text) => text(i)).join(',')}\n`);
  return file.bytes();
}

/** Events of every step, read back. Throws E_INPUT for a file that lacks some. */
export function savedSteps(bytes: Uint8Array, name: string): StepCounts {
  const arrays = readNpz(bytes, name);
  const column = (key: string): Float64Array => {
    const data = arrays.get(key)?.data;
    if (data instanceof Float64Array) return data;
    throw new SeamountError('E_INPUT', `${name}: has no array ${key} of doubles`, 'run again with --energy');
  };
  const steps = column(STEP);
  const columns = EVENTS.map(({ name: event }) => [event, column(event)] as [EventName, Float64Array]);
  const from = steps[0] ?? 1;
  return {
    from,
    steps: steps.length,
    counts(first, last): EventCounts {
      const counts = noEvents();
      for (const [event, values] of columns)
        for (let i = first - from; i <= last - from; i++) counts[event] += values[i]!;
      return counts;
    },
  };
}

/** The ledger in `events.json`. Throws E_INPUT for what is none. */
export function ledgerFromJson(bytes: Uint8Array, name: string): EventLedger {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${name}: is not JSON`, 'the run directory is damaged', { cause });
  }
  const schema = (value as { readonly schema?: unknown } | null)?.schema;
  if (schema === 'seamount-events/1') {
    const ledger = value as EventLedger;
    if (ledger.chips === 1 || ledger.cores.every(({ chip }) => chip !== undefined)) return ledger;
    throw new SeamountError(
      'E_INPUT',
      `${name}: does not say on which chip each core is`,
      'it is of an earlier version: run the network again',
    );
  }
  throw new SeamountError(
    'E_INPUT',
    `${name}: its schema is ${JSON.stringify(schema) ?? 'missing'}, this program reads seamount-events/1`,
    'run the network again',
  );
}
