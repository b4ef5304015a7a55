/**
 * Population code: a value is spread over neurons of Gaussian tuning whose centres lie side by side, and read back
 * as the centre of their activity.
 *
 *   Georgopoulos, Schwartz and Kettner, "Neuronal population coding of movement direction", Science 233, 1986
 *   Bohte, Kok and La Poutre, "Error-backpropagation in temporally encoded networks of spiking neurons",
 *   Neurocomputing 48, 2002 (Gaussian receptive fields whose activity becomes a latency)
 *   Eliasmith and Anderson, "Neural engineering", MIT Press 2003
 *   Dayan and Abbott, "Theoretical neuroscience", MIT Press 2001, section 3.3: for Gaussian tuning and Poisson
 *   spikes, the centre of activity is the value of maximum likelihood
 */
import { type Demands, STEPS_MAX } from './demands.js';
import { latencyOf } from './latency-code.js';
import { seedOf } from './rate-code.js';
import type { Signal, SignalLike } from './signal.js';
import { PoissonClock, RegularClock } from './spike-clocks.js';
import { type SpikeCode, SpikeCollector } from './spikes.js';
import { share, type ValueRange, valueAt, valueRange } from './value-range.js';
import {
  checkedDecoding,
  checkedEncoding,
  countsByWindow,
  eachSample,
  firstSpikes,
  signalFrom,
} from './windows.js';

/** How a neuron tells its activity: by evenly spaced spikes, by chance, or by the time of one spike. */
export const TUNING_SPIKES = ['regular', 'poisson', 'latency'] as const;
export type TuningSpikes = (typeof TUNING_SPIKES)[number];

export interface PopulationOptions extends ValueRange {
  /** Steps a sample is held for, 2 or more. */
  readonly window: number;
  /** Neurons a channel, more than 1 + 2 `margin` and at most 10,000; default 10. */
  readonly neurons?: number;
  /** Standard deviation of the tuning curves, in distances between centres, above 0; default 1. */
  readonly width?: number;
  /** Centres beyond `min` and beyond `max`, 0 or more; default 2. With none, values near the ends come back biased. */
  readonly margin?: number;
  /** Default `regular`. */
  readonly spikes?: TuningSpikes;
  /** Spikes a step of a neuron whose centre the value is, above 0 and at most 1 (default); not for `latency`. */
  readonly peak?: number;
  /** For `poisson`; a whole number 0..2^32 - 1, default 0. */
  readonly seed?: number;
}

export interface PopulationSettings extends Required<ValueRange> {
  readonly window: number;
  readonly neuronsPerChannel: number;
  readonly width: number;
  readonly margin: number;
  readonly spikes: TuningSpikes;
  readonly peak: number;
  readonly seed: number;
}

export function populationSettings(
  options: Partial<PopulationOptions>,
  demands: Demands,
): PopulationSettings {
  const range = valueRange(options, demands);
  const window = demands.number('window', options.window, { min: 2, max: STEPS_MAX, whole: true });
  const neurons = demands.number('neurons', options.neurons, { min: 2, max: 10_000, whole: true }, 10);
  const margin = demands.number('margin', options.margin, { min: 0, max: 5000, whole: true }, 2);
  demands.relation(
    [neurons, margin],
    neurons > 1 + 2 * margin,
    `neurons is ${neurons} and margin ${margin}: fewer than 2 centres are left for the range`,
    'give more neurons or a smaller margin',
  );
  const spikes = demands.word('spikes', options.spikes, TUNING_SPIKES, 'regular');
  demands.relation(
    [],
    spikes !== 'latency' || options.peak === undefined,
    'peak is given, and latencies have no rate',
    'leave peak out, or take regular or poisson spikes',
  );
  return {
    ...range,
    window,
    neuronsPerChannel: neurons,
    margin,
    width: demands.number('width', options.width, { above: 0 }, 1),
    spikes,
    peak: demands.number('peak', options.peak, { above: 0, max: 1, unit: 'spikes a step' }, 1),
    seed: seedOf(options.seed, demands),
  };
}

/** Distances of centres from `min` to `max`. */
const spacings = ({ neuronsPerChannel, margin }: PopulationSettings): number =>
  neuronsPerChannel - 1 - 2 * margin;

/** Activity 0..1 of neuron `i` of a channel, for a share 0..1 of the range. */
export function tuning(part: number, i: number, settings: PopulationSettings): number {
  const distance = (settings.margin + part * spacings(settings) - i) / settings.width;
  return Math.exp(-0.5 * distance * distance);
}

/**
 * `neurons` neurons a channel; neuron i of channel c is c * neurons + i. Centres lie evenly, `margin` of them below
 * `min` and as many above `max`; activity is exp(-(x - centre)^2 / (2 width^2)). With `latency`, activity 1 spikes
 * in the first step of the window, and what would round to the last step is silent.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodePopulation(signal: SignalLike, options: PopulationOptions): SpikeCode {
  const encoding = checkedEncoding('encodePopulation', signal, (demands) =>
    populationSettings(options, demands),
  );
  return populationSpikes(encoding.signal, encoding.settings);
}

export function populationSpikes(signal: Signal, settings: PopulationSettings): SpikeCode {
  const [samples, channels] = signal.shape;
  const { window, neuronsPerChannel, peak, seed } = settings;
  const size = channels * neuronsPerChannel;
  const spikes = new SpikeCollector(size, samples * window);
  const clocks =
    settings.spikes === 'latency'
      ? []
      : Array.from({ length: size }, (_, neuron) =>
          settings.spikes === 'poisson' ? new PoissonClock(seed, neuron) : new RegularClock(),
        );
  eachSample(signal, (value, k, c) => {
    const part = share(value, settings);
    const first = k * window + 1;
    for (let i = 0; i < neuronsPerChannel; i++) {
      const neuron = c * neuronsPerChannel + i;
      const activity = tuning(part, i, settings);
      const clock = clocks[neuron];
      if (clock !== undefined) {
        for (let step = first; step < first + window; step++)
          if (clock.fires(activity * peak)) spikes.add(step, neuron);
      } else if (latencyOf(activity, window) < window - 1)
        spikes.add(first + latencyOf(activity, window), neuron);
    }
  });
  return spikes.finish();
}

/**
 * A value a window and channel: the centre of the activity of its neurons, sum(a c) / sum(a), clipped to the range;
 * the activity is the number of spikes, or, with `latency`, 1 - offset / (window - 1) of the first. A window
 * without any spike repeats the value before it; before the first spike the value is the middle of the range.
 *
 * The default width and margin cost at most 0.06 distances between centres at the ends of the range, and nothing
 * to speak of inside. The rest is what spikes cannot tell: within half a distance for regular spikes of peak 1
 * in windows of 50 steps, and for latencies in windows of 20.
 * @throws {SeamountError} `E_USAGE` also when the duration is no multiple of `window`.
 */
export function decodePopulation(code: SpikeCode, options: PopulationOptions): Signal {
  const decoding = checkedDecoding('decodePopulation', code, (demands) =>
    populationSettings(options, demands),
  );
  const { settings, channels } = decoding;
  const { window, neuronsPerChannel, margin } = settings;
  const activity = settings.spikes === 'latency' ? latencies(code, window) : countsByWindow(code, window);
  const before = new Float64Array(channels).fill(0.5);
  return signalFrom(decoding, (k, c) => {
    let total = 0;
    let moment = 0;
    for (let i = 0; i < neuronsPerChannel; i++) {
      const a = activity[k * code.size + c * neuronsPerChannel + i]!;
      total += a;
      moment += a * i;
    }
    if (total > 0) before[c] = Math.min(1, Math.max(0, (moment / total - margin) / spacings(settings)));
    return valueAt(before[c]!, settings);
  });
}

const latencies = (code: SpikeCode, window: number): Float64Array =>
  Float64Array.from(firstSpikes(code, window), (offset) => (offset < 0 ? 0 : 1 - offset / (window - 1)));
