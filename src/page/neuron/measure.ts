/** What the neuron does in the long run: a chip of its own runs it for seconds, as fast as it can. */
import { Chip } from '../../../routing/index.js';
import { firingRate, rheobase } from '../../api/analytic.js';
import { spikesByPopulation } from '../../api/results.js';
import { adaptationIndex, coefficientOfVariation, cv2, interspikeIntervals } from '../../coding/intervals.js';
import { COST_PROFILES } from '../../energy/cost-profiles.js';
import { Ledgers } from '../../energy/event-ledger.js';
import type { EventCounts } from '../../energy/events.js';
import { priceEvents } from '../../energy/price.js';
import type { CallContext } from '../protocol.js';
import type { NeuronParameters } from './parameters.js';
import { NEURON, type NeuronProgramme, programme } from './programme.js';
import { type Regime, regimeOf } from './regime.js';

export interface IntervalHistogram {
  /** ms */
  readonly binWidth: number;
  /** Of the first bin's left edge, ms. */
  readonly from: number;
  readonly counts: readonly number[];
}

export interface PricedNeuron {
  readonly profile: string;
  /** How the figures were come by, e.g. `simulated`. */
  readonly basis: string;
  readonly source: string;
  readonly notice: string;
  /** Of operations in the whole measurement; null where the profile gives none, with the reason in `refused`. */
  readonly joules: number | null;
  readonly refused: string;
  /** Events that have no price there. */
  readonly unpriced: readonly string[];
}

export interface NeuronMeasurement {
  readonly programme: NeuronProgramme;
  readonly steps: number;
  /** ms */
  readonly duration: number;
  readonly spikes: number;
  /** Hz: of the mean interval, from the moment the neuron has settled; 0 without two spikes. */
  readonly rate: number;
  /** ms: of the same spikes; null without two. */
  readonly meanInterval: number | null;
  /** Null where there are too few intervals. */
  readonly cv: number | null;
  readonly cv2: number | null;
  readonly adaptation: number | null;
  readonly regime: Regime;
  readonly histogram: IntervalHistogram | null;
  /** Hz: the closed form, without noise, input spikes and adaptation. Null for a reset above the threshold. */
  readonly analyticRate: number | null;
  /** nA */
  readonly rheobase: number;
  readonly events: EventCounts;
  readonly prices: readonly PricedNeuron[];
}

const MEASURE_MS = 20_000;
/** Fewer steps where they are short, so that an answer comes at once. */
const MEASURE_STEPS = 40_000;
/** Steps between two looks at the messages: some milliseconds. */
const CHUNK = 4_000;
/** Spikes of a chunk, those of the input too; a slider makes a chip for each of its places. */
const RECORDING_WORDS = 1 << 13;
/** What is taken to settle where there is adaptation, in its time constants. */
const SETTLE = 4;

/** Intervals of a histogram, at most so many bins. */
const BINS = 40;

export async function measureNeuron(
  parameters: NeuronParameters,
  context: Pick<CallContext, 'breathe'>,
): Promise<NeuronMeasurement> {
  const { dt, tau_th, v_th_step } = parameters;
  const { image, neuron } = programme(parameters);
  const steps = Math.min(MEASURE_STEPS, Math.ceil(MEASURE_MS / dt));
  await using chip = await Chip.open(image, { recordingWords: RECORDING_WORDS });
  const times: number[] = [];
  for (let done = 0; done < steps; done += CHUNK) {
    const recording = await chip.run(Math.min(CHUNK, steps - done));
    for (const step of spikesByPopulation(image, recording).get(NEURON)!.steps) times.push(step * dt);
    await context.breathe();
  }
  const settled = v_th_step > 0 ? SETTLE * tau_th : 0;
  const train = times.filter((time) => time >= settled);
  const intervals = interspikeIntervals(train);
  const mean = intervals.length === 0 ? null : (train.at(-1)! - train[0]!) / intervals.length;
  const rate = mean === null ? 0 : 1000 / mean;
  const cv = coefficientOfVariation(train);
  const firstInterval = times.length > 1 ? times[1]! - times[0]! : null;
  const events = new Ledgers(image).ledger({
    steps,
    spikes: chip.spikeCounts(),
    updatesActive: chip.counters().cores.map(({ updatesActive }) => Number(updatesActive)),
    updatesOfPopulation: null,
  }).total;
  return {
    programme: neuron,
    steps,
    duration: steps * dt,
    spikes: times.length,
    rate,
    meanInterval: mean,
    cv,
    cv2: cv2(train),
    adaptation: v_th_step > 0 ? adaptationIndex(times.slice(0, 8)) : adaptationIndex(train),
    regime: regimeOf({
      spikes: times.length,
      rate,
      intervals,
      cv,
      growth: firstInterval === null || mean === null ? null : mean / firstInterval,
      parameters,
    }),
    histogram: histogramOf(intervals, dt),
    analyticRate: parameters.v_reset < parameters.v_th ? firingRate(parameters) : null,
    rheobase: rheobase(parameters),
    events,
    prices: COST_PROFILES.map((profile) => {
      const { operations, unpriced } = priceEvents(events, profile);
      const { name, basis, source, notice } = profile;
      return {
        ...{ profile: name, basis, source, notice },
        joules: 'refused' in operations ? null : operations.joules,
        refused: 'refused' in operations ? operations.refused : '',
        unpriced: unpriced.map(({ event }) => event),
      };
    }),
  };
}

/** Bins of whole steps, so that no bin gets more values than its neighbour by rounding. */
export function histogramOf(intervals: ArrayLike<number>, dt: number): IntervalHistogram | null {
  if (intervals.length === 0) return null;
  const steps = Int32Array.from(intervals, (interval) => Math.round(interval / dt));
  // A rare long interval would leave one bin for all the others: the last bin holds what lies beyond 99.5 %.
  const sorted = Int32Array.from(steps).sort();
  const [least, most] = [sorted[0]!, sorted[Math.ceil(0.995 * (sorted.length - 1))]!];
  const from = most - least < BINS ? Math.max(0, Math.floor((least + most) / 2) - BINS / 2) : 0;
  const to = Math.max(most, from + BINS - 1);
  const width = Math.max(1, Math.ceil((to - from + 1) / BINS));
  const counts = new Array<number>(Math.ceil((to - from + 1) / width)).fill(0);
  for (const step of steps) counts[Math.min(counts.length - 1, Math.floor((step - from) / width))]!++;
  return { binWidth: width * dt, from: from * dt, counts };
}
