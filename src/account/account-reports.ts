/** Accounts under a cost profile: the reports of energy and time. Pricing needs no second run, only the ledger. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { grouped } from '../cli/table.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { buildEnergyReport, type EnergyReport, type EnergyReportOptions } from '../energy/energy-report.js';
import type { EnergySection } from '../energy/energy-sections.js';
import type { EventLedger } from '../energy/event-ledger.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from '../energy/events.js';
import { priceEvents } from '../energy/price.js';
import type { Accounts } from './account.js';
import { buildTimeReport, type TimeReport } from './time-report.js';

/** Events of steps `from .. to`, however they were kept. */
export interface StepCounts {
  readonly from: number;
  readonly steps: number;
  counts(from: number, to: number): EventCounts;
}

/** A time in which chips draw static power, and where it is from. */
export type StaticTime = Omit<NonNullable<EnergyReportOptions['staticPower']>, 'chips'>;

export interface PricingOptions {
  readonly costs: CostProfile;
  /** Milliseconds a step; 0 = not known. */
  readonly dt: number;
  /** Steps of an inference: energy per sample; of each where the events of every step were kept. */
  readonly sample?: number;
  /** Steps of a window. Needs the events of every step. */
  readonly window?: number;
  /** Also what the chips draw while they do nothing, in this time. */
  readonly staticSeconds?: StaticTime;
}

const CAUSED =
  'Synaptic events and messages are charged to the population whose spikes set them off, host sources included.';
const LEFT_FROM = 'A message and all of its hops are charged where it left from, its arrival where it ends.';
const ONLY_MEAN =
  'Only their mean is known: the run kept no events of single steps. With --energy and --out a run keeps them.';
const BETWEEN = 'Synaptic events only: messages serve all projections of a spike.';

/** What is added where some updates are known by core alone. */
const untold = (updates: number): string =>
  ` Of ${grouped(updates)} active updates on cores that populations share, only the number was kept: visits there are charged as the cheaper kind, idle or active, and what active ones cost beyond that is of no population. In a network of Seamount's own, --timing detailed or mesh tells them apart.`;

/** @throws {SeamountError} E_USAGE where windows are asked for and no step was kept, or samples do not fit the run */
export function energyReportOf(
  ledger: EventLedger,
  steps: StepCounts | null,
  options: PricingOptions,
): EnergyReport {
  const { costs, dt, sample, window, staticSeconds } = options;
  const { total, cores, populations, pairs, sharedUpdates, chips } = ledger;
  const sections: EnergySection[] = [
    ...(chips > 1 ? [{ by: 'chip' as const, entries: chipsOf(cores), note: LEFT_FROM }] : []),
    { by: 'core', entries: cores },
    {
      by: 'population',
      entries: populations,
      note: sharedUpdates === null ? CAUSED : CAUSED + untold(sharedUpdates),
    },
    { by: 'projection', entries: pairs, note: BETWEEN },
  ];
  if (window !== undefined) {
    if (steps === null)
      throw new SeamountError(
        'E_USAGE',
        'windows need the events of every step',
        'run with them from the start',
      );
    sections.push({ by: 'window', entries: cutsOf(steps, window, 'steps') });
  }
  if (sample !== undefined)
    sections.push(
      steps === null
        ? { by: 'sample', entries: [], note: ONLY_MEAN }
        : { by: 'sample', entries: cutsOf(steps, sample, 'sample') },
    );
  return buildEnergyReport({
    profile: costs,
    counts: total,
    steps: ledger.steps,
    dt,
    sections,
    ...(sample === undefined ? {} : { samples: samplesOf(ledger.steps, sample) }),
    ...(staticSeconds === undefined ? {} : { staticPower: { chips, ...staticSeconds } }),
  });
}

/** Sums of the places on each chip, in order of first appearance. */
function chipsOf(places: EventLedger['cores']): EnergySection['entries'] {
  const sums = new Map<string, Record<EventName, number>>();
  for (const { chip, counts } of places) {
    const sum = sums.get(chip) ?? noEvents();
    for (const { name } of EVENTS) sum[name] += counts[name];
    sums.set(chip, sum);
  }
  return [...sums].map(([label, counts]) => ({ label, counts }));
}

/** @throws {SeamountError} E_USAGE where the run ends within a sample */
function samplesOf(steps: number, length: number): number {
  if (steps % length === 0) return steps / length;
  throw new SeamountError(
    'E_USAGE',
    `${steps} steps are no whole number of samples of ${length} steps`,
    'choose --steps as a multiple of --sample',
  );
}

/** Parts of `length` steps, the last as long as there are steps. */
function cutsOf(steps: StepCounts, length: number, kind: 'steps' | 'sample') {
  const last = steps.from + steps.steps - 1;
  return Array.from({ length: Math.ceil(steps.steps / length) }, (_, i) => {
    const from = steps.from + i * length;
    const to = Math.min(last, from + length - 1);
    const label = kind === 'sample' ? `${i + 1}` : `${from}..${to}`;
    return { label, counts: steps.counts(from, to) };
  });
}

export interface Reports {
  readonly energy: EnergyReport;
  readonly time: TimeReport | null;
}

/** Both reports of a run; static energy, if asked for, in the time `staticTime` says. */
export function reportsOf(
  image: ChipImage,
  { ledger, series, clock }: Accounts,
  options: Omit<PricingOptions, 'dt' | 'staticSeconds'> & {
    readonly from: number;
    readonly withStatic?: boolean;
    /** Milliseconds a step is meant to take; static energy is of that time. */
    readonly paced?: number;
  },
): Reports {
  const { costs, from, withStatic = false, paced, ...rest } = options;
  const { dt } = image;
  const { operations } = priceEvents(ledger.total, costs);
  const joules = 'refused' in operations ? null : operations.joules;
  const time = clock === null ? null : buildTimeReport({ image, costs, clock, from, joules });
  const energy = energyReportOf(ledger, series, {
    ...rest,
    costs,
    dt,
    ...(withStatic ? { staticSeconds: staticTime(dt, ledger.steps, time, paced) } : {}),
  });
  return { energy, time };
}

/**
 * What a chip draws while it does nothing it draws in this time: that of `paced` milliseconds a step where its user
 * said so and it keeps up, else its own where a model gave it, else the network's.
 * @throws {SeamountError} E_USAGE where none is known
 */
export function staticTime(
  dt: number,
  steps: number,
  time: Pick<TimeReport, 'seconds' | 'model' | 'profile'> | null,
  paced?: number,
): StaticTime {
  const asked = (steps * (paced ?? 0)) / 1000;
  if (paced !== undefined && (time === null || asked >= time.seconds))
    return { seconds: asked, clock: `the time asked for (${paced} ms a step)`, timing: null };
  if (time !== null) {
    const { seconds, model, profile } = time;
    const slower = paced === undefined ? '' : `, which is longer than ${paced} ms a step`;
    return {
      seconds,
      clock: `the chip's time by model ${model}, latencies of ${profile.name}${slower}`,
      timing: { model, profile: profile.name },
    };
  }
  if (dt > 0)
    return { seconds: (steps * dt) / 1000, clock: `the network's time (${dt} ms a step)`, timing: null };
  throw new SeamountError(
    'E_USAGE',
    'static energy needs a time, and neither the network nor a timing model gives one',
    'say how long a step takes with --dt, or time the run with --timing',
  );
}
