/** What the panel shows, as a link holds it: the signal and the options of the codes. */
import { SeamountError } from '../../../cores/index.js';
import { type Course, POINTS } from './course.js';

export interface CodeOptions {
  /** Steps a sample is held for: a divisor of DURATION. */
  readonly window: number;
  readonly rate: 'regular' | 'poisson';
  readonly maxSpikes: number;
  readonly neurons: number;
  /** Spikes a step of the neuron whose centre the value is. */
  readonly peak: number;
  readonly change: 'step-forward' | 'delta';
  readonly threshold: number;
}

/** What may be chosen, in the order of the controls. */
export const CHOICES: { readonly [Name in keyof CodeOptions]: readonly CodeOptions[Name][] } = {
  window: [10, 16, 20, 32, 40, 64, 80],
  rate: ['regular', 'poisson'],
  maxSpikes: [3, 5, 8],
  neurons: [6, 8, 10, 15, 20],
  peak: [0.25, 0.5, 1],
  change: ['step-forward', 'delta'],
  threshold: [0.02, 0.05, 0.1, 0.2],
};

export interface CodingState {
  readonly course: Course;
  readonly options: CodeOptions;
  /** Cost profile. */
  readonly prices: string;
}

export const INITIAL: CodingState = {
  course: { kind: 'sine', periods: 2, swing: 0.8 },
  options: {
    window: 20,
    rate: 'regular',
    maxSpikes: 5,
    neurons: 10,
    peak: 0.25,
    change: 'step-forward',
    threshold: 0.05,
  },
  prices: 'loihi1-sanafe',
};

export const PERIODS = { least: 1, most: 8 } as const;

/** Points as two hexadecimal digits each. */
const hexOf = (points: readonly number[]): string =>
  points
    .map((value) =>
      Math.round(255 * value)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');

const pointsOfHex = (text: string): readonly number[] =>
  Array.from({ length: POINTS }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16) / 255);

/** Points as they come back from a link, so that a link shows the same bits as the page it was made in. */
export const roundedPoints = (points: readonly number[]): readonly number[] => pointsOfHex(hexOf(points));

/** Only what differs from the start; undefined where nothing does. */
export function sharedOf({ course, options, prices }: CodingState): unknown {
  const shared: Record<string, unknown> = {};
  if (JSON.stringify(course) !== JSON.stringify(INITIAL.course))
    shared.course = course.kind === 'points' ? { ...course, points: hexOf(course.points) } : course;
  for (const name of Object.keys(CHOICES) as (keyof CodeOptions)[])
    if (options[name] !== INITIAL.options[name]) shared[name] = options[name];
  if (prices !== INITIAL.prices) shared.prices = prices;
  return Object.keys(shared).length === 0 ? undefined : shared;
}

/**
 * @param profiles names of cost profiles that may be chosen
 * @throws {SeamountError} `E_INPUT` when it is not what `sharedOf` gives
 */
export function stateFrom(shared: unknown, profiles: readonly string[]): CodingState {
  if (shared === undefined) return INITIAL;
  if (!isRecord(shared)) throw new SeamountError('E_INPUT', 'it is not an object');
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(CHOICES) as (keyof CodeOptions)[])
    options[name] = chosen<unknown>(shared[name] ?? INITIAL.options[name], CHOICES[name], name);
  return {
    course: shared.course === undefined ? INITIAL.course : courseFrom(shared.course),
    options: options as unknown as CodeOptions,
    prices: chosen(shared.prices ?? INITIAL.prices, profiles, 'prices'),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function chosen<T>(value: unknown, from: readonly T[], name: string): T {
  const found = from.find((known) => known === value);
  if (found === undefined)
    throw new SeamountError('E_INPUT', `${name} is ${JSON.stringify(value)}, not one of ${from.join(', ')}`);
  return found;
}

function courseFrom(shared: unknown): Course {
  const bad = (why: string) => new SeamountError('E_INPUT', `its signal ${why}`);
  if (!isRecord(shared)) throw bad('is not an object');
  const { kind, periods, swing, by, points } = shared;
  if (kind === 'points') {
    if (by !== 'hand' && by !== 'sound') throw bad('is neither drawn nor a sound');
    if (typeof points !== 'string' || !new RegExp(`^(?:[0-9a-f]{2}){${POINTS}}$`).test(points))
      throw bad(`has no ${POINTS} points`);
    return { kind, by, points: pointsOfHex(points) };
  }
  if (kind !== 'sine' && kind !== 'step') throw bad('is of no known kind');
  if (typeof swing !== 'number' || !(swing >= 0 && swing <= 1)) throw bad('has no swing from 0 to 1');
  if (kind === 'step') return { kind, swing };
  const { least, most } = PERIODS;
  if (typeof periods !== 'number' || !(periods >= least && periods <= most))
    throw bad(`has no ${least} to ${most} periods`);
  return { kind, periods, swing };
}
