/** Sentences and numbers that the page and the terminal share. */
import { siText } from '../energy/si-prefix.js';
import { numberText } from '../views/scale.js';
import type { ReportFacts } from './report-data.js';

export const stepsRun = ({ steps }: ReportFacts): number => steps.to - steps.from + 1;

export const grouped = (value: number | string): string =>
  typeof value === 'number' ? numberText(value) : value.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

export const plural = (count: number, noun: string): string =>
  `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `steps 1 to 500 (500 ms)` */
export function spanText({ steps, dt }: ReportFacts): string {
  const time =
    dt > 0 ? ` (${numberText(Number((dt * (steps.to - steps.from + 1)).toPrecision(12)))} ms)` : '';
  return `steps ${numberText(steps.from)} to ${numberText(steps.to)}${time}`;
}

/** Mean rate since step 1: Hz, or spikes per neuron and step where there is no dt. */
export function rateText(spikes: number, neurons: number, { steps, dt }: ReportFacts): string {
  const perStep = neurons === 0 || steps.to === 0 ? 0 : spikes / (neurons * steps.to);
  return dt > 0 ? `${numberText((1000 * perStep) / dt, 1)} Hz` : `${perStep.toPrecision(3)} per step`;
}

/** A counter of the whole chip; those above 2^53 are text. */
export const counter = ({ counters }: ReportFacts, ...names: readonly string[]): number =>
  names.reduce((sum, name) => sum + Number(counters.find((one) => one.name === name)?.value ?? 0), 0);

/** As a shell takes it. */
export const commandText = (command: readonly string[]): string =>
  [
    'seamount',
    ...command.map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
    ),
  ].join(' ');

/** What a run came to, in a few words each: the strip on top. */
export interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

export function keyFigures(facts: ReportFacts): readonly KeyFigure[] {
  const cells = facts.populations.filter(({ kind }) => kind === 'cells');
  const neurons = cells.reduce((sum, { size }) => sum + size, 0);
  const spikes = cells.reduce((sum, one) => sum + one.spikes, 0);
  const synaptic = counter(facts, 'synapticEventsSparse', 'synapticEventsDense', 'synapticEventsConv');
  const figures: KeyFigure[] = [
    {
      name: 'spikes',
      value: grouped(spikes),
      note: `of ${plural(neurons, 'neuron')}, ${rateText(spikes, neurons, facts)} each`,
    },
    {
      name: 'synaptic events',
      value: grouped(synaptic),
      note: `${grouped(Math.round(synaptic / Math.max(1, facts.steps.to)))} per step`,
    },
  ];
  const { use, energy, time } = facts;
  if (use !== null)
    figures.push({
      name: 'cores',
      value: grouped(use.cores.length),
      note: `on ${plural(use.chips, 'chip')}, ${plural(use.totals.synapses, 'synapse')}`,
    });
  if (energy !== null && !('refused' in energy.operations))
    figures.push({
      name: 'energy, estimated',
      value: siText(energy.operations.joules, 'J'),
      note: `${energy.operations.perStep === null ? '' : `${siText(energy.operations.perStep, 'J')} per step, `}by ${energy.profile.name}`,
    });
  if (time !== null)
    figures.push({
      name: 'chip time, estimated',
      value: siText(time.seconds, 's'),
      note: [
        time.meanStepSeconds === null ? '' : `${siText(time.meanStepSeconds, 's')} per step`,
        time.realTimeFactor === null ? '' : `${Number(time.realTimeFactor.toPrecision(3))} times real time`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    });
  return figures;
}
