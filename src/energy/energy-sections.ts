/** A run divided by place or by time: what each part cost, and which events are of no part. */
import type { CostProfile, Price } from './cost-profile.js';
import { EVENTS, type EventCounts, type EventName } from './events.js';
import { isFigure } from './figure.js';
import { priceEvents } from './price.js';

/** What the entries of a section are; they divide the run by place, or by time. */
export type SectionKind = 'chip' | 'core' | 'population' | 'projection' | 'window' | 'sample';

/** Counts of parts of a run, in the order they shall have in the report. */
export interface EnergySection {
  readonly by: SectionKind;
  readonly entries: readonly { readonly label: string; readonly counts: EventCounts }[];
  /** How events that belong to several entries were given to them. */
  readonly note?: string;
}

export interface ReportedSection {
  readonly by: SectionKind;
  readonly note: string;
  /** Why the entries have no joules, or null. */
  readonly refused: string | null;
  readonly entries: readonly {
    readonly label: string;
    readonly counts: EventCounts;
    readonly joules: number | null;
  }[];
  /** Events of the run less those of all entries, where that is not 0; negative where entries share events. Nothing without entries. */
  readonly unattributed: Readonly<Partial<Record<EventName, number>>>;
}

const BY_TIME: ReadonlySet<SectionKind> = new Set(['window', 'sample']);

/** A section of a run with these events in all. */
export function reportedSection(
  { by, entries, note = '' }: EnergySection,
  counts: EventCounts,
  profile: CostProfile,
): ReportedSection {
  // What cannot be split by event cannot be split by place either: a core's share of an all-in figure is unknown.
  const refused = profile.noEnergy ?? (BY_TIME.has(by) ? null : profile.indivisible);
  const unattributed: Partial<Record<EventName, number>> = {};
  for (const { name } of entries.length === 0 ? [] : EVENTS) {
    const rest = entries.reduce((left, entry) => left - entry.counts[name], counts[name]);
    if (rest !== 0) unattributed[name] = rest;
  }
  return {
    by,
    note,
    refused,
    entries: entries.map(({ label, counts: own }) => {
      const { operations } = priceEvents(own, profile);
      return {
        label,
        counts: { ...own },
        joules:
          refused === null && 'joules' in operations ? operations.joules + visitsAtLeast(own, profile) : null,
      };
    }),
    unattributed,
  };
}

/**
 * A visit is an active update or an idle one. Where a part's visits are known and which they were is not, each cost
 * at least what the cheaper of the two costs; what active ones cost beyond that is of no part.
 */
function visitsAtLeast({ visit, updateActive, updateIdle }: EventCounts, { energy }: CostProfile): number {
  const untold = visit - updateActive - updateIdle;
  if (untold <= 0) return 0;
  return (untold * Math.min(picojoules(energy.updateActive), picojoules(energy.updateIdle))) / 1e12;
}

/** Of an event by itself: nothing where it has no figure, or is in another's. */
const picojoules = (price: Price | undefined): number =>
  price !== undefined && isFigure(price) ? price.value : 0;
