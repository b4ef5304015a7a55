/**
 * What counted events cost: a pure function of counts and a profile. Each term is count x figure, in joules as
 * a double; sums run over terms in the order of `EVENTS`, so the same counts give the same bits everywhere.
 * Fixed costs (what a chip draws while it does nothing) have a function of their own, and nothing adds the two.
 */
import { SeamountError } from '../../cores/index.js';
import type { Basis, CostProfile, Figure } from './cost-profile.js';
import { EVENTS, type EventCounts, type EventGroup, type EventName } from './events.js';
import { isFigure } from './figure.js';

/** Why there is no number. */
export interface Refused {
  readonly refused: string;
}

export type Amount = { readonly joules: number } | Refused;

export interface PricedTerm {
  readonly event: EventName;
  readonly group: EventGroup;
  readonly count: number;
  /** Of one event, in pJ. */
  readonly figure: Figure;
  readonly joules: number;
}

export interface IncludedTerm {
  readonly event: EventName;
  readonly count: number;
  readonly includedIn: EventName;
  readonly note: string;
}

/** Joules of all figures that share basis and source. */
export interface PricedFigures {
  readonly basis: Basis;
  readonly source: string;
  readonly joules: number;
}

/** Events that happened and have no price: what `operations` leaves out. */
export interface UnpricedTerm {
  readonly event: EventName;
  readonly count: number;
}

export interface PricedEvents {
  readonly profile: CostProfile;
  /** Energy of all that has a price; refused where the profile has no energy. */
  readonly operations: Amount;
  /** Every event with a figure, in the order of `EVENTS`; refused where only a total may be given. */
  readonly terms: readonly PricedTerm[] | Refused;
  /** Whose figures priced what happened, in order of first use; none where the profile has no energy. */
  readonly figures: readonly PricedFigures[];
  /** Events whose price is in another's, those that did not happen left out. */
  readonly included: readonly IncludedTerm[];
  readonly unpriced: readonly UnpricedTerm[];
}

export interface Breakdown {
  readonly terms: readonly PricedTerm[];
  /** Joules by group. */
  readonly groups: Readonly<Record<EventGroup, number>>;
}

/** @throws {SeamountError} `E_USAGE` on counts that are not whole numbers from 0 to 2^53 - 1. */
export function priceEvents(counts: EventCounts, profile: CostProfile): PricedEvents {
  const terms: PricedTerm[] = [];
  const included: IncludedTerm[] = [];
  const unpriced: UnpricedTerm[] = [];
  for (const { name: event, group } of EVENTS) {
    const count = counts[event];
    if (!Number.isSafeInteger(count) || count < 0)
      throw new SeamountError('E_USAGE', `count of ${event}: expected a whole number >= 0, got ${count}`);
    const price = profile.energy[event];
    if (price === undefined) {
      if (count > 0) unpriced.push({ event, count });
    } else if (isFigure(price)) {
      // 1e12 is exact, so this rounds twice, as the shortest way by hand does.
      terms.push({ event, group, count, figure: price, joules: (count * price.value) / 1e12 });
    } else if (count > 0) {
      included.push({ event, count, includedIn: price.includedIn, note: price.note ?? '' });
    }
  }
  const { indivisible, noEnergy } = profile;
  const why = noEnergy ?? indivisible;
  return {
    profile,
    operations: noEnergy === null ? { joules: sum(terms) } : { refused: noEnergy },
    terms: why === null ? terms : { refused: why },
    figures: noEnergy === null ? bySource(terms) : [],
    included,
    unpriced,
  };
}

function bySource(terms: readonly PricedTerm[]): PricedFigures[] {
  const found = new Map<string, PricedFigures>();
  for (const { count, figure, joules } of terms) {
    if (count === 0) continue;
    const { basis, source } = figure;
    const key = `${basis}: ${source}`;
    found.set(key, { basis, source, joules: (found.get(key)?.joules ?? 0) + joules });
  }
  return [...found.values()];
}

const sum = (terms: readonly PricedTerm[]): number => terms.reduce((total, { joules }) => total + joules, 0);

/**
 * Joules by event and by group.
 * @throws {SeamountError} `E_USAGE` where the profile has no energy, or only a total.
 */
export function breakdown({ profile, terms }: PricedEvents): Breakdown {
  if ('refused' in terms)
    throw new SeamountError(
      'E_USAGE',
      `${profile.name} has no energy by event: ${terms.refused}`,
      profile.noEnergy === null ? 'only its total may be given' : 'only counts may be given',
    );
  const groups: Record<EventGroup, number> = { synapse: 0, soma: 0, network: 0, barrier: 0, host: 0 };
  for (const { group, joules } of terms) groups[group] += joules;
  return { terms, groups };
}

/** Energy of chips that are merely switched on. */
export type StaticEnergy =
  | { readonly joules: number; readonly chips: number; readonly seconds: number; readonly figure: Figure }
  | Refused;

/**
 * What `chips` draw in `seconds` without doing anything: a cost of its own, at another operating point than the
 * operations, and never added to them.
 * @throws {SeamountError} `E_USAGE` unless `chips` is a whole number and `seconds` finite, both >= 0.
 */
export function staticEnergy(profile: CostProfile, chips: number, seconds: number): StaticEnergy {
  if (!Number.isSafeInteger(chips) || chips < 0)
    throw new SeamountError('E_USAGE', `chips: expected a whole number >= 0, got ${chips}`);
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new SeamountError('E_USAGE', `seconds: expected a number >= 0, got ${seconds}`);
  const { staticPower } = profile;
  if (staticPower === null) return { refused: `${profile.name} has no figure of static power` };
  return { joules: (staticPower.value / 1000) * chips * seconds, chips, seconds, figure: staticPower };
}
