/** Counters of a run as a plain object, for JSON. */
import { COUNTERS } from '../../cores/index.js';
import type { ChipCounters, CounterValues } from '../../routing/index.js';

/** Numbers as JSON has them, exact below 2^53; larger ones as text. */
const plain = (value: bigint): number | string =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);

const plainCounters = (values: CounterValues): Record<string, number | string> =>
  Object.fromEntries(COUNTERS.map(({ name }) => [name, plain(values[name])]));

/** With unit and meaning of each. */
export const countersObject = (counters: ChipCounters): object => ({
  schema: 'seamount/counters/1',
  totals: plainCounters(counters.totals),
  hostSpikes: plain(counters.hostSpikes),
  hostMessages: plain(counters.hostMessages),
  cores: counters.cores.map(plainCounters),
  meanings: Object.fromEntries(COUNTERS.map(({ name, unit, meaning }) => [name, `${meaning} [${unit}]`])),
});
