/**
 * Delta code (send on delta): a spike when the signal has moved by the threshold since the last one, which then
 * takes the signal's present value for its reference. The rule of event cameras.
 *
 *   Miskowicz, "Send-on-delta concept: an event-based data reporting strategy", Sensors 6, 2006
 *   Lichtsteiner, Posch and Delbruck, "A 128 x 128 120 dB 15 us latency asynchronous temporal contrast vision
 *   sensor", IEEE J. Solid-State Circuits 43, 2008
 */
import type { Demands } from './demands.js';
import { type OnOffCode, onOffSpikes, startingValues } from './on-off.js';
import type { Signal, SignalLike } from './signal.js';
import { checkedEncoding } from './windows.js';

export interface ThresholdOptions {
  /** What a spike stands for, above 0, in the signal's unit. */
  readonly threshold: number;
  /** Where the decoder starts, for all channels; by default, each channel's first sample. */
  readonly initial?: number;
}

export interface ThresholdSettings {
  readonly window: 1;
  readonly neuronsPerChannel: 2;
  readonly threshold: number;
  readonly initial: number | undefined;
}

export const thresholdSettings = (
  options: Partial<ThresholdOptions>,
  demands: Demands,
): ThresholdSettings => ({
  window: 1,
  neuronsPerChannel: 2,
  threshold: demands.number('threshold', options.threshold, { above: 0 }),
  initial: options.initial === undefined ? undefined : demands.number('initial', options.initial, {}),
});

/**
 * A step a sample. A spike says that the signal moved by `threshold` or more, not by how much more: with samples
 * that differ by less than rho, each spike costs the decoder less than rho, so after n spikes it is off by less
 * than threshold + n rho. Sample densely, or take `encodeStepForward`, which does not forget the rest.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeDelta(signal: SignalLike, options: ThresholdOptions): OnOffCode {
  const encoding = checkedEncoding('encodeDelta', signal, (demands) => thresholdSettings(options, demands));
  return deltaSpikes(encoding.signal, encoding.settings);
}

export function deltaSpikes(signal: Signal, { window, threshold, initial }: ThresholdSettings): OnOffCode {
  const start = startingValues(signal, initial);
  const reference = Float64Array.from(start);
  const thresholds = new Float64Array(start.length).fill(threshold);
  return onOffSpikes(signal, { window, thresholds, initial: start }, (value, _sample, c) => {
    const difference = value - reference[c]!;
    if (Math.abs(difference) < threshold) return 0;
    reference[c] = value;
    return Math.sign(difference);
  });
}
