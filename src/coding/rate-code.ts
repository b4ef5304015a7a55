/**
 * Rate codes: the number of spikes in a window tells the value (Adrian 1926). Spikes come by chance, as those of
 * a Poisson process, or evenly.
 *
 *   Adrian, "The impulses produced by sensory nerve endings: part I", J. Physiol. 61, 1926
 *   Dayan and Abbott, "Theoretical Neuroscience", MIT Press 2001, section 1.4
 */
import { type Demands, STEPS_MAX } from './demands.js';
import type { Signal, SignalLike } from './signal.js';
import { PoissonClock, RegularClock, type SpikeClock } from './spike-clocks.js';
import { type SpikeCode, SpikeCollector } from './spikes.js';
import { share, type ValueRange, valueAt, valueRange } from './value-range.js';
import { checkedDecoding, checkedEncoding, countsByWindow, eachSample, signalFrom } from './windows.js';

export interface RateOptions extends ValueRange {
  /** Steps a sample is held for; default 1. */
  readonly window?: number;
  /** Rate at `min`: spikes a step, or Hz where `dt` is given; default 0. */
  readonly minRate?: number;
  /** Rate at `max`, above `minRate`; at most, and by default, one spike a step. */
  readonly maxRate?: number;
  /** ms a step. Rates are in Hz when it is given. */
  readonly dt?: number;
}

export interface PoissonOptions extends RateOptions {
  /** A whole number 0..2^32 - 1; default 0. Channels draw from streams of their own. */
  readonly seed?: number;
}

export interface RateSettings extends Required<ValueRange> {
  readonly window: number;
  readonly neuronsPerChannel: 1;
  /** Spikes a step at `min` and at `max`. */
  readonly low: number;
  readonly high: number;
}

export const seedOf = (seed: number | undefined, demands: Demands): number =>
  demands.number('seed', seed, { min: 0, max: 2 ** 32 - 1, whole: true }, 0);

export function rateSettings(options: RateOptions, demands: Demands): RateSettings {
  const range = valueRange(options, demands);
  const window = demands.number('window', options.window, { min: 1, max: STEPS_MAX, whole: true }, 1);
  const { low, high } = ratesPerStep(options, demands);
  return { ...range, window, neuronsPerChannel: 1, low, high };
}

/** `minRate` and `maxRate` in spikes a step. */
function ratesPerStep(
  options: Pick<RateOptions, 'minRate' | 'maxRate' | 'dt'>,
  demands: Demands,
): { readonly low: number; readonly high: number } {
  const dt =
    options.dt === undefined ? undefined : demands.number('dt', options.dt, { above: 0, unit: 'ms' });
  const most = dt === undefined || Number.isNaN(dt) ? 1 : 1000 / dt;
  const unit = dt === undefined ? 'spikes a step' : 'Hz';
  const low = demands.number('minRate', options.minRate, { min: 0, max: most, unit }, 0);
  const high = demands.number('maxRate', options.maxRate, { min: 0, max: most, unit }, most);
  demands.relation(
    [low, high],
    high > low,
    `minRate is ${low} and maxRate ${high} ${unit}; maxRate must be greater`,
  );
  return { low: low / most, high: high / most };
}

/**
 * One neuron a channel, a spike in every step with a probability that is `minRate` at `min`, `maxRate` at `max`
 * and linear between. Decoding by `decodeRate` gives the value without bias, with a standard deviation of
 * (max - min) sqrt(p (1 - p) / window) / (maxRate - minRate) for a probability of p a step.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodePoisson(signal: SignalLike, options: PoissonOptions = {}): SpikeCode {
  const encoding = checkedEncoding('encodePoisson', signal, (demands) => poissonSettings(options, demands));
  return poissonSpikes(encoding.signal, encoding.settings);
}

export const poissonSettings = (options: PoissonOptions, demands: Demands) => ({
  ...rateSettings(options, demands),
  seed: seedOf(options.seed, demands),
});

export const poissonSpikes = (
  signal: Signal,
  settings: RateSettings & { readonly seed: number },
): SpikeCode => rateSpikes(signal, settings, (neuron) => new PoissonClock(settings.seed, neuron));

/**
 * One neuron a channel, evenly spaced spikes. The phase is carried from sample to sample. Decoding by `decodeRate`
 * is off by less than (max - min) / (window (maxRate - minRate)), one spike of the window, and by less the longer
 * the window.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeRegular(signal: SignalLike, options: RateOptions = {}): SpikeCode {
  const encoding = checkedEncoding('encodeRegular', signal, (demands) => rateSettings(options, demands));
  return regularSpikes(encoding.signal, encoding.settings);
}

export const regularSpikes = (signal: Signal, settings: RateSettings): SpikeCode =>
  rateSpikes(signal, settings, () => new RegularClock());

function rateSpikes(
  signal: Signal,
  settings: RateSettings,
  clockOf: (neuron: number) => SpikeClock,
): SpikeCode {
  const [samples, channels] = signal.shape;
  const { window, low, high } = settings;
  const clocks = Array.from({ length: channels }, (_, c) => clockOf(c));
  const spikes = new SpikeCollector(channels, samples * window);
  eachSample(signal, (value, k, c) => {
    const rate = low + share(value, settings) * (high - low);
    for (let step = k * window + 1; step <= (k + 1) * window; step++)
      if (clocks[c]!.fires(rate)) spikes.add(step, c);
  });
  return spikes.finish();
}

/**
 * A value a window and neuron, from the number of its spikes. `options` as for the encoder; a longer `window`
 * averages over several samples. Values are not clipped, so that the mean of many is without bias.
 * @throws {SeamountError} `E_USAGE` also when the duration is no multiple of `window`.
 */
export function decodeRate(code: SpikeCode, options: RateOptions = {}): Signal {
  const decoding = checkedDecoding('decodeRate', code, (demands) => rateSettings(options, demands));
  const { window, low, high } = decoding.settings;
  const counts = countsByWindow(code, window);
  return signalFrom(decoding, (k, c) =>
    valueAt((counts[k * code.size + c]! / window - low) / (high - low), decoding.settings),
  );
}
