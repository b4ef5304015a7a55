/** Accounts under a cost profile: the reports of energy and time. Pricing needs no second run, only the ledger. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { grouped } from '../cli/table.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { buildEnergyReport, type EnergyReport } from '../energy/energy-report.js';
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

export interface PricingOptions {
  readonly costs: CostProfile;
  /** Milliseconds a step; 0 = not known. */
  readonly dt: number;
  /** Steps of an inference: energy per sample. Needs the events of every step. */
  readonly sample?: number;
  /** Steps of a window. Needs the events of every step. */
  readonly window?: number;
  /** Also what the chips draw while they do nothing, in this time. */
  readonly staticSeconds?: { readonly seconds: number; readonly clock: string };
}

const CAUSED =
  'Synaptic events and messages are charged to the population whose spikes set them off, host sources included.';
const LEFT_FROM = 'A message and all of its hops are charged where it left from, its arrival where it ends.';
const BETWEEN = 'Synaptic events only: messages serve all projections of a spike.';

/** What is added where some updates are known by core alone. */
const untold = (updates: number): string =>
  ` Of ${grouped(updates)} active updates on cores that populations share, only the number was kept: visits there are charged as the cheaper kind, idle or active, and what active ones cost beyond that is of no population. In a network of Seamount's own, --timing detailed or mesh tells them apart.`;

/** @throws {SeamountError} E_USAGE where windows or samples are asked for and no step was kept, or do not fit the run */
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
  if (window !== undefined) sections.push({ by: 'window', entries: cutsOf(steps, window, 'steps') });
  const samples = sample === undefined ? undefined : cutsOf(steps, sample, 'sample');
  if (samples !== undefined) sections.push({ by: 'sample', entries: samples });
  return buildEnergyReport({
    profile: costs,
    counts: total,
    steps: ledger.steps,
    dt,
    sections,
    ...(samples === undefined ? {} : { samples: samples.length }),
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

/** Parts of `length` steps, the last as long as there are steps; whole inferences only. */
function cutsOf(steps: StepCounts | null, length: number, kind: 'steps' | 'sample') {
  if (steps === null)
    throw new SeamountError(
      'E_USAGE',
      'windows and samples need the events of every step',
      'run with them from the start',
    );
  if (kind === 'sample' && steps.steps % length !== 0)
    throw new SeamountError(
      'E_USAGE',
      `${steps.steps} steps are no whole number of samples of ${length} steps`,
      'choose --steps as a multiple of --sample',
    );
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

/** Both reports of a run; static energy, if asked for, in the time the chip takes, else the network's. */
export function reportsOf(
  image: ChipImage,
  { ledger, series, clock }: Accounts,
  options: Omit<PricingOptions, 'dt' | 'staticSeconds'> & {
    readonly from: number;
    readonly withStatic?: boolean;
  },
): Reports {
  const { costs, from, withStatic = false, ...rest } = options;
  const { dt } = image;
  const { operations } = priceEvents(ledger.total, costs);
  const joules = 'refused' in operations ? null : operations.joules;
  const time = clock === null ? null : buildTimeReport({ image, costs, clock, from, joules });
  const energy = energyReportOf(ledger, series, {
    ...rest,
    costs,
    dt,
    ...(withStatic ? { staticSeconds: staticTime(dt, ledger.steps, time) } : {}),
  });
  return { energy, time };
}

/**
 * What a chip draws while it does nothing it draws in this time: the chip's where a model gave it, else the network's.
 * @throws {SeamountError} E_USAGE where neither is known
 */
export function staticTime(
  dt: number,
  steps: number,
  time: Pick<TimeReport, 'seconds' | 'model'> | null,
): NonNullable<PricingOptions['staticSeconds']> {
  if (time !== null) return { seconds: time.seconds, clock: `the chip's time by model ${time.model}` };
  if (dt > 0) return { seconds: (steps * dt) / 1000, clock: `the network's time (${dt} ms a step)` };
  throw new SeamountError(
    'E_USAGE',
    'static energy needs a time, and neither the network nor a timing model gives one',
    'give the network a dt, or choose a model with --timing',
  );
}
