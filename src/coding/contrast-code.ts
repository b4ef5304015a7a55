/**
 * Threshold-based representation (temporal contrast): a spike where the signal changes from one sample to the next
 * by more than is usual for it. It marks sudden change and ignores slow change.
 *
 *   Delbruck and Lichtsteiner, "Fast sensory motor control based on event-based hybrid neuromorphic-procedural
 *   system", ISCAS 2007
 *   Petro, Kasabov and Kiss, IEEE Trans. Neural Netw. Learn. Syst. 31, 2020 (as TBR). They average signed
 *   differences; of a falling signal that is below 0 and no threshold, so here their sizes are averaged.
 */
import type { Demands } from './demands.js';
import { type OnOffCode, onOffSpikes, startingValues } from './on-off.js';
import type { Signal, SignalLike } from './signal.js';
import { checkedEncoding } from './windows.js';

export interface ContrastOptions {
  /** How many standard deviations above the mean change is unusual, 0 or more; default 1. */
  readonly factor?: number;
}

export interface ContrastSettings {
  readonly window: 1;
  readonly neuronsPerChannel: 2;
  readonly factor: number;
}

export const contrastSettings = (options: ContrastOptions, demands: Demands): ContrastSettings => ({
  window: 1,
  neuronsPerChannel: 2,
  factor: demands.number('factor', options.factor, { min: 0 }, 1),
});

/**
 * A step a sample. The threshold of a channel, in the code's `thresholds`, is mean(|d|) + factor std(|d|) of the
 * differences d between its samples; ON where d is above it, OFF where d is below minus it. Nothing is fed back:
 * decoding is off by at most the sum, over the samples so far, of what each left out, |d| where silent and
 * |d| - threshold where not. For events, not for the course of a signal.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeContrast(signal: SignalLike, options: ContrastOptions = {}): OnOffCode {
  const encoding = checkedEncoding('encodeContrast', signal, (demands) => contrastSettings(options, demands));
  return contrastSpikes(encoding.signal, encoding.settings);
}

export function contrastSpikes(signal: Signal, { window, factor }: ContrastSettings): OnOffCode {
  const initial = startingValues(signal, undefined);
  const thresholds = initial.map((_, c) => usualChange(signal, c, factor));
  const before = Float64Array.from(initial);
  return onOffSpikes(signal, { window, thresholds, initial }, (value, _sample, c) => {
    const difference = value - before[c]!;
    before[c] = value;
    return Math.abs(difference) > thresholds[c]! ? Math.sign(difference) : 0;
  });
}

function usualChange({ data, shape: [samples, channels] }: Signal, channel: number, factor: number): number {
  if (samples < 2) return 0;
  const sizes = Float64Array.from({ length: samples - 1 }, (_, k) =>
    Math.abs(data[(k + 1) * channels + channel]! - data[k * channels + channel]!),
  );
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
  return mean + factor * Math.sqrt(variance);
}
