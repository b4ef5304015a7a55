/** What a run was charged for, as files of its directory: the ledger, reports, and events of every step. */
import { SeamountError } from '../../cores/index.js';
import type { Accounts } from '../account/account.js';
import type { StepCounts } from '../account/account-reports.js';
import type { EventLedger } from '../energy/event-ledger.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from '../energy/events.js';
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

/**
 * A time that was reckoned in seconds comes as 1765599.9999999998 ps. Kept are 12 significant digits, or the whole ps where
 * that is finer: more than figures have, and as much as sums of doubles are good for.
 */
function settled(ps: number): number {
  if (Number.isInteger(ps)) return ps;
  return ps < 1e11 ? Number(ps.toPrecision(12)) : Math.round(ps);
}

/** One array for each column: step, every event, and the time on the chip where there is one. */
function columnsOf({ series, clock }: Accounts): ReadonlyMap<string, Float64Array> {
  if (series === null) return new Map();
  const steps = Float64Array.from({ length: series.steps }, (_, i) => series.from + i);
  return new Map<string, Float64Array>([
    [STEP, steps],
    ...series.columns(),
    ...(clock === null ? [] : [[TIME, clock.times.map(settled)] as const]),
  ]);
}

/** Events of every step as `.npz`; null where they were not kept. */
export function stepsNpz(accounts: Accounts): Uint8Array | null {
  const columns = columnsOf(accounts);
  if (columns.size === 0) return null;
  return writeNpz(
    new Map([...columns].map(([name, data]): [string, NpyArray] => [name, { data, shape: [data.length] }])),
  );
}

/** The same as a table of text. */
export function stepsCsv(accounts: Accounts): Uint8Array | null {
  const columns = columnsOf(accounts);
  if (columns.size === 0) return null;
  const file = new TextBytes();
  file.add(`${[...columns.keys()].join(',')}\n`);
  const values = [...columns.values()];
  for (let i = 0; i < values[0]!.length; i++)
    file.add(`${values.map((column) => String(column[i]!)).join(',')}\n`);
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
  if (schema === 'seamount-events/1') return value as EventLedger;
  throw new SeamountError(
    'E_INPUT',
    `${name}: its schema is ${JSON.stringify(schema) ?? 'missing'}, this program reads seamount-events/1`,
    'run the network again',
  );
}
