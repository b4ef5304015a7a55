/**
 * The latencies of a cost profile as the timing models add them.
 *
 * - `ps`: whole picoseconds, so that a sum is exact in a double and the same in any order. A figure that is no
 *   whole number of them is rounded once, here; public ones have steps of 0.1 ns and are not.
 * - `s`: seconds, each the nearest double. Sums are made one by one in the peer's order, so that times that
 *   are equal but for rounding are told apart as the peer tells them apart. Slower, and only for comparison.
 */
import { SeamountError } from '../../cores/index.js';
import type { CostProfile, Figure, LatencyName } from '../energy/cost-profile.js';
import type { EventName } from '../energy/events.js';
import { isFigure } from '../energy/figure.js';
import type { MeshCosts } from './step-messages.js';

const CORE_EVENTS = [
  'visit',
  'updateActive',
  'updateIdle',
  'spike',
  'axonOut',
  'axonIn',
  'synapseSparse',
  'synapseDense',
  'synapseConv',
] as const satisfies readonly EventName[];

/** What a core does that takes time. */
export type CoreEvent = (typeof CORE_EVENTS)[number];

export type TimeUnit = 'ps' | 's';

/** Per event, in `unit`, which is that of all times that follow from them. */
export type CoreCosts = Readonly<Record<CoreEvent, number>> & { readonly unit: TimeUnit };

/** Costs, and the events that are free in them because the profile has no latency for them. */
export interface Timed<Costs> {
  readonly costs: Costs;
  readonly untimed: readonly EventName[];
}

/** Null where the profile has none. What is part of another event's price adds nothing. */
function latencyOf({ name, latency }: CostProfile, event: LatencyName, unit: TimeUnit): number | null {
  const price = latency[event];
  if (price === undefined) return null;
  return 'includedIn' in price ? 0 : timeOf(name, event, price, unit);
}

function timeOf(profile: string, what: string, { value, unit: given }: Figure, unit: TimeUnit): number {
  if (given !== 'ns' || !(value >= 0) || !Number.isFinite(value))
    throw new SeamountError(
      'E_INPUT',
      `cost profile ${profile}: the latency of ${what} is ${value} ${given}`,
      'give latencies in ns, 0 or more',
    );
  if (unit === 'ps') return Math.round(value * 1000);
  const [digits, exponent] = value.toExponential().split('e');
  return Number(`${digits}e${Number(exponent) - 9}`);
}

/** Whether a profile says how long anything takes. */
export const canTime = ({ latency, barrier }: CostProfile): boolean =>
  barrier.length > 0 || Object.values(latency).some(isFigure);

/** What happens on cores. `untimed` lists what the profile gives no latency for. */
export function coreCosts(profile: CostProfile, unit: TimeUnit = 'ps'): Timed<CoreCosts> {
  const found = CORE_EVENTS.map((event) => [event, latencyOf(profile, event, unit)] as const);
  const costs = Object.fromEntries(found.map(([event, time]) => [event, time ?? 0]));
  return {
    costs: { ...(costs as Record<CoreEvent, number>), unit },
    untimed: found.filter(([, time]) => time === null).map(([event]) => event),
  };
}

const HOPS = ['hopEast', 'hopWest', 'hopNorth', 'hopSouth'] as const satisfies readonly EventName[];

/**
 * What happens between cores, for a number of tiles in use. A profile without a figure for link buffers gets
 * endless ones.
 */
export function meshCosts(profile: CostProfile, tilesInUse: number, unit: TimeUnit = 'ps'): Timed<MeshCosts> {
  const found = HOPS.map((event) => [event, latencyOf(profile, event, unit)] as const);
  const hops = Object.fromEntries(found.map(([event, time]) => [event, time ?? 0]));
  const { barrier, linkBuffer } = profile;
  const step = barrier.findLast(({ tiles }) => tiles <= tilesInUse) ?? barrier[0];
  return {
    costs: {
      ...(hops as Record<(typeof HOPS)[number], number>),
      linkBuffer: linkBuffer?.value ?? Number.POSITIVE_INFINITY,
      barrier: step === undefined ? 0 : timeOf(profile.name, 'barrier', step.time, unit),
    },
    untimed: [
      ...found.filter(([, time]) => time === null).map(([event]) => event),
      ...(step === undefined ? (['barrier'] as const) : []),
    ],
  };
}
