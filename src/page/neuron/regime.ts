/**
 * What a neuron is doing, in a word: by its current against the rheobase, its rate against what refractoriness
 * allows, and how its intervals vary. A pure function of the measurement; every limit is named here.
 */
import { rheobase } from '../../api/analytic.js';
import type { NeuronParameters } from './parameters.js';

export type RegimeName =
  | 'silent'
  | 'near rheobase'
  | 'regular'
  | 'fast'
  | 'saturated'
  | 'bursting'
  | 'irregular'
  | 'adapting';

export interface Regime {
  readonly name: RegimeName;
  /** A sentence without its full stop, beginning small: `regular spiking at moderate input`. */
  readonly text: string;
}

export interface Observed {
  readonly spikes: number;
  /** Hz */
  readonly rate: number;
  /** ms, in order */
  readonly intervals: ArrayLike<number>;
  readonly cv: number | null;
  /** Settled mean interval over the first one; null without. */
  readonly growth: number | null;
  readonly parameters: NeuronParameters;
}

/** Intervals as variable as this are not those of a clock; those of chance have 1. */
const IRREGULAR_CV = 0.3;
/** Of the rheobase: so close that small changes of the current change the rate much. */
const NEAR = 0.1;
/** Of the rheobase: the current is strong from here on. */
const STRONG = 2;
/** Hz */
const FAST = 100;
/** Of the rate that refractoriness and the step allow. */
const SATURATED = 0.75;
/** Settled intervals longer than the first by so much: the neuron adapts. */
const ADAPTS = 1.5;
/** Long intervals are so many times as long as short ones where there are bursts; nothing lies between. */
const BURST_GAP = 2.5;

export function regimeOf({ spikes, rate, intervals, cv, growth, parameters }: Observed): Regime {
  const { I, R, v_rest, v_th, noise, input_rate, tau_refrac, dt, v_th_step } = parameters;
  const least = rheobase({ v_th, v_rest, R });
  const current = `${format(I)} nA`;
  const isDriven = noise > 0 || input_rate > 0;
  if (spikes === 0) {
    if (least > I)
      return {
        name: 'silent',
        text: `silent: ${current} is below the rheobase of ${format(least)} nA${isDriven ? ', and what comes on top does not reach the threshold' : ''}`,
      };
    return { name: 'silent', text: `silent: ${current} is at the rheobase, and rounding keeps it there` };
  }
  if (rate === 0) return { name: 'silent', text: 'almost silent: a single spike' };
  const burst = burstsIn(intervals);
  if (burst !== null)
    return {
      name: 'bursting',
      text: `bursting: ${format(burst.spikes)} spikes a burst, ${format(burst.pause)} ms apart`,
    };
  if (cv !== null && cv >= IRREGULAR_CV)
    return {
      name: 'irregular',
      text: `irregular spiking, CV ${cv.toFixed(2)}${I < least ? ', driven by fluctuations below rheobase' : ''}`,
    };
  const limit = 1000 / (Math.round(tau_refrac / dt) * dt + dt);
  if (rate >= SATURATED * limit)
    return {
      name: 'saturated',
      text: `saturated: ${tau_refrac > 0 ? 'refractoriness' : 'the step'} allows ${format(limit)} Hz at most`,
    };
  if (v_th_step > 0 && growth !== null && growth >= ADAPTS)
    return { name: 'adapting', text: `adapting: intervals grow ${format(growth)} times from the first` };
  if (rate >= FAST) return { name: 'fast', text: 'fast spiking at strong input' };
  if (!isDriven && I < least * (1 + NEAR))
    return {
      name: 'near rheobase',
      text: `spiking near rheobase, ${format(100 * (I / least - 1))} % above it`,
    };
  return { name: 'regular', text: `regular spiking at ${inputStrength(I, least, isDriven)}` };
}

function inputStrength(I: number, least: number, isDriven: boolean): string {
  if (isDriven && I < least * (1 + NEAR)) return 'fluctuating input';
  return I > least * STRONG ? 'strong input' : 'moderate input';
}

/**
 * Bursts: the intervals fall into short and long ones with a gap between, and a burst has some spikes. Sorted, the
 * widest relative gap is looked for where at least a quarter of the intervals are short and a fiftieth long.
 */
export function burstsIn(
  intervals: ArrayLike<number>,
): { readonly spikes: number; readonly pause: number } | null {
  const n = intervals.length;
  if (n < 8) return null;
  const sorted = Float64Array.from(intervals).sort();
  let gap = 1;
  let shorts = 0;
  for (let i = Math.ceil(n / 4); i <= n - Math.max(2, Math.ceil(n / 50)); i++) {
    const ratio = sorted[i]! / sorted[i - 1]!;
    if (ratio > gap) {
      gap = ratio;
      shorts = i;
    }
  }
  if (gap < BURST_GAP) return null;
  let pause = 0;
  for (let i = shorts; i < n; i++) pause += sorted[i]!;
  const pauses = n - shorts;
  return { spikes: (n + 1) / pauses, pause: pause / pauses };
}

const format = (value: number): string => String(Number(value.toPrecision(3)));
