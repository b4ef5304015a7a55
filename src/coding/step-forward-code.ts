/**
 * Step-forward code: a baseline follows the signal in steps of the threshold, one a sample, and every step is a
 * spike. Encoder and decoder hold the same baseline, so errors do not add up.
 *
 *   Kasabov et al., "Evolving spatio-temporal data machines based on the NeuCube neuromorphic framework",
 *   Neural Networks 78, 2016
 *   Petro, Kasabov and Kiss, "Selection and optimization of temporal spike encoding methods for spiking neural
 *   networks", IEEE Trans. Neural Netw. Learn. Syst. 31, 2020
 */
import { type ThresholdOptions, type ThresholdSettings, thresholdSettings } from './delta-code.js';
import { type OnOffCode, onOffSpikes, startingValues } from './on-off.js';
import type { Signal, SignalLike } from './signal.js';
import { checkedEncoding } from './windows.js';

/**
 * A step a sample: ON where the signal is more than `threshold` above the baseline, OFF where it is more than that
 * below. While samples differ by at most `threshold`, decoding is off by at most `threshold`; after a greater jump,
 * from the sample on at which the baseline, a step a sample, has caught up.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeStepForward(signal: SignalLike, options: ThresholdOptions): OnOffCode {
  const encoding = checkedEncoding('encodeStepForward', signal, (demands) =>
    thresholdSettings(options, demands),
  );
  return stepForwardSpikes(encoding.signal, encoding.settings);
}

export function stepForwardSpikes(signal: Signal, settings: ThresholdSettings): OnOffCode {
  const { window, threshold } = settings;
  const initial = startingValues(signal, settings.initial);
  const thresholds = new Float64Array(initial.length).fill(threshold);
  // The baseline as a number of steps: the decoder multiplies it out in the same way.
  const steps = new Float64Array(initial.length);
  return onOffSpikes(signal, { window, thresholds, initial }, (value, _sample, c) => {
    const difference = value - (initial[c]! + steps[c]! * threshold);
    const change = difference > threshold ? 1 : difference < -threshold ? -1 : 0;
    steps[c]! += change;
    return change;
  });
}
