/**
 * Moving-window code: a spike where the signal is more than the threshold away from the mean of its last samples.
 * The mean suppresses noise; after a jump there are spikes until it has caught up.
 *
 *   Petro, Kasabov and Kiss, IEEE Trans. Neural Netw. Learn. Syst. 31, 2020 (as MW)
 */
import { type ThresholdOptions, type ThresholdSettings, thresholdSettings } from './delta-code.js';
import { type Demands, STEPS_MAX } from './demands.js';
import { type OnOffCode, onOffSpikes, startingValues } from './on-off.js';
import type { Signal, SignalLike } from './signal.js';
import { checkedEncoding } from './windows.js';

export interface MovingWindowOptions extends ThresholdOptions {
  /** Samples whose mean is the base, 1 or more; default 4. */
  readonly span?: number;
}

export interface MovingWindowSettings extends ThresholdSettings {
  readonly span: number;
}

export const movingWindowSettings = (
  options: Partial<MovingWindowOptions>,
  demands: Demands,
): MovingWindowSettings => ({
  ...thresholdSettings(options, demands),
  span: demands.number('span', options.span, { min: 1, max: STEPS_MAX, whole: true }, 4),
});

/**
 * A step a sample: ON where the signal is more than `threshold` above the mean of the `span` samples before (of
 * those there are, at the start; of `initial` for the first), OFF where it is more than that below. A slope is
 * followed in steps of `threshold` however steep it is, so no bound holds for every signal; a jump of height h has
 * as many spikes as the mean needs to come within `threshold`.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeMovingWindow(signal: SignalLike, options: MovingWindowOptions): OnOffCode {
  const encoding = checkedEncoding('encodeMovingWindow', signal, (demands) =>
    movingWindowSettings(options, demands),
  );
  return movingWindowSpikes(encoding.signal, encoding.settings);
}

export function movingWindowSpikes(signal: Signal, settings: MovingWindowSettings): OnOffCode {
  const { window, threshold, span } = settings;
  const { data, shape } = signal;
  const channels = shape[1];
  const initial = startingValues(signal, settings.initial);
  const thresholds = new Float64Array(initial.length).fill(threshold);
  const meanBefore = (sample: number, c: number): number => {
    const from = Math.max(0, sample - span);
    if (sample === 0) return initial[c]!;
    let sum = 0;
    for (let k = from; k < sample; k++) sum += data[k * channels + c]!;
    return sum / (sample - from);
  };
  return onOffSpikes(signal, { window, thresholds, initial }, (value, sample, c) => {
    const difference = value - meanBefore(sample, c);
    return Math.abs(difference) > threshold ? Math.sign(difference) : 0;
  });
}
