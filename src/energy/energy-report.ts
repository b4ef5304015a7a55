/**
 * An estimate of a run's energy as plain data, for energy.json: what happened, what of it was charged for and by
 * which figures, what was not, and where it happened. Joules are numbers, counts whole numbers. There is no sum
 * of operations and static energy.
 */
import { SeamountError } from '../../cores/index.js';
import type { Basis, CostProfile } from './cost-profile.js';
import { type EnergySection, type ReportedSection, reportedSection } from './energy-sections.js';
import type { EventCounts, EventGroup, EventName } from './events.js';
import {
  breakdown,
  type IncludedTerm,
  type PricedEvents,
  type PricedFigures,
  priceEvents,
  type Refused,
  staticEnergy,
  type UnpricedTerm,
} from './price.js';

export const ESTIMATE =
  'an estimate: counts of an emulator times published figures of a chip, not a measurement';

export interface EnergyReportOptions {
  readonly profile: CostProfile;
  /** Of the whole run. */
  readonly counts: EventCounts;
  readonly steps: number;
  /** Milliseconds a step; 0 or nothing where the network does not say. */
  readonly dt?: number;
  /** Inferences in the run, for energy per sample. */
  readonly samples?: number;
  readonly sections?: readonly EnergySection[];
  /** Ask for static energy: of how many chips, for how many seconds, and whose seconds those are. */
  readonly staticPower?: {
    readonly chips: number;
    readonly seconds: number;
    /** In words. */
    readonly clock: string;
    readonly timing?: StaticTiming | null;
  };
}

export interface ReportedOperations {
  readonly joules: number;
  /** null for a run of no steps. */
  readonly perStep: number | null;
  /** null where the number of samples was not given. */
  readonly perSample: number | null;
}

export interface ReportedEvent {
  readonly event: EventName;
  readonly group: EventGroup;
  readonly count: number;
  /** Of one event. */
  readonly picojoules: number;
  readonly joules: number;
  readonly basis: Basis;
  readonly source: string;
  readonly note: string;
}

/** The timing model that gave a time, and the cost profile it had its latencies from. */
export interface StaticTiming {
  readonly model: string;
  readonly profile: string;
}

export interface ReportedStatic {
  readonly joules: number;
  readonly milliwatts: number;
  readonly chips: number;
  readonly seconds: number;
  readonly clock: string;
  /** null where the seconds are not a timing model's. */
  readonly timing: StaticTiming | null;
  readonly basis: Basis;
  readonly source: string;
  readonly note: string;
}

export interface EnergyReport {
  readonly schema: 'seamount-energy/1';
  readonly estimate: string;
  readonly profile: Pick<
    CostProfile,
    'name' | 'title' | 'basis' | 'source' | 'notice' | 'indivisible' | 'noEnergy' | 'vendorRatios'
  >;
  readonly steps: number;
  /** Milliseconds; null where not given. */
  readonly dt: number | null;
  readonly samples: number | null;
  readonly counts: EventCounts;
  readonly operations: ReportedOperations | Refused;
  /** Every event with a figure, in the order of `EVENTS`. */
  readonly events: readonly ReportedEvent[] | Refused;
  readonly groups: Readonly<Record<EventGroup, number>> | Refused;
  /** Joules by basis and source of the figures, in order of first use; a profile's own basis may be of few of them. */
  readonly figures: readonly PricedFigures[];
  /** Events whose price is in that of another. */
  readonly included: readonly IncludedTerm[];
  /** Events that happened and are not in `operations`: they have no figure. */
  readonly unpriced: readonly UnpricedTerm[];
  readonly sections: readonly ReportedSection[];
  /** null unless asked for; never part of `operations`. */
  readonly static: ReportedStatic | Refused | null;
}

/** @throws {SeamountError} `E_USAGE` on numbers that cannot be: of steps, samples, events, chips, seconds. */
export function buildEnergyReport(options: EnergyReportOptions): EnergyReport {
  const { profile, counts, steps, dt = 0, samples, sections = [] } = options;
  checkWhole('steps', steps, 0);
  if (samples !== undefined) checkWhole('samples', samples, 1);
  const priced = priceEvents(counts, profile);
  const { name, title, basis, source, notice, indivisible, noEnergy, vendorRatios } = profile;
  return {
    schema: 'seamount-energy/1',
    estimate: ESTIMATE,
    profile: { name, title, basis, source, notice, indivisible, noEnergy, vendorRatios },
    steps,
    dt: dt > 0 ? dt : null,
    samples: samples ?? null,
    counts: { ...counts },
    operations: reportedOperations(priced, steps, samples),
    ...reportedEvents(priced),
    figures: priced.figures,
    included: priced.included,
    unpriced: priced.unpriced,
    sections: sections.map((section) => reportedSection(section, counts, profile)),
    static: reportedStatic(options),
  };
}

function checkWhole(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new SeamountError('E_USAGE', `${what}: expected a whole number >= ${least}, got ${value}`);
}

function reportedOperations(
  { operations }: PricedEvents,
  steps: number,
  samples: number | undefined,
): ReportedOperations | Refused {
  if ('refused' in operations) return operations;
  const { joules } = operations;
  return {
    joules,
    perStep: steps > 0 ? joules / steps : null,
    perSample: samples === undefined ? null : joules / samples,
  };
}

function reportedEvents(priced: PricedEvents): Pick<EnergyReport, 'events' | 'groups'> {
  if ('refused' in priced.terms) return { events: priced.terms, groups: priced.terms };
  const { terms, groups } = breakdown(priced);
  const events = terms.map(({ event, group, count, figure, joules }) => ({
    event,
    group,
    count,
    picojoules: figure.value,
    joules,
    basis: figure.basis,
    source: figure.source,
    note: figure.note ?? '',
  }));
  return { events, groups };
}

function reportedStatic({ profile, staticPower }: EnergyReportOptions): EnergyReport['static'] {
  if (staticPower === undefined) return null;
  const energy = staticEnergy(profile, staticPower.chips, staticPower.seconds);
  if ('refused' in energy) return energy;
  const { joules, chips, seconds, figure } = energy;
  return {
    joules,
    milliwatts: figure.value,
    chips,
    seconds,
    clock: staticPower.clock,
    timing: staticPower.timing ?? null,
    basis: figure.basis,
    source: figure.source,
    note: figure.note ?? '',
  };
}
