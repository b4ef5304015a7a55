/**
 * Latency code: one spike a window, the earlier the greater the value (time to first spike).
 *
 *   Thorpe, "Spike arrival times: a highly efficient coding scheme for neural networks", 1990
 *   Thorpe, Delorme and Van Rullen, "Spike-based strategies for rapid processing", Neural Networks 14, 2001
 */
import { type Demands, STEPS_MAX } from './demands.js';
import type { Signal, SignalLike } from './signal.js';
import { type SpikeCode, SpikeCollector } from './spikes.js';
import { share, type ValueRange, valueAt, valueRange } from './value-range.js';
import { checkedDecoding, checkedEncoding, eachSample, firstSpikes, signalFrom } from './windows.js';

export interface LatencyOptions extends ValueRange {
  /** Steps a sample is held for, 2 or more. */
  readonly window: number;
  /** Values below this have no spike; without it every value has one. */
  readonly silentBelow?: number;
}

export interface LatencySettings extends Required<ValueRange> {
  readonly window: number;
  readonly neuronsPerChannel: 1;
  readonly silentBelow: number;
}

export function latencySettings(options: Partial<LatencyOptions>, demands: Demands): LatencySettings {
  return {
    ...valueRange(options, demands),
    window: demands.number('window', options.window, { min: 2, max: STEPS_MAX, whole: true }),
    neuronsPerChannel: 1,
    silentBelow: demands.number('silentBelow', options.silentBelow, {}, -Infinity),
  };
}

/**
 * One neuron a channel. `max` spikes in the first step of its window, `min` in the last, values between linearly,
 * rounded to a step. Decoding is off by at most (max - min) / (2 (window - 1)).
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeLatency(signal: SignalLike, options: LatencyOptions): SpikeCode {
  const encoding = checkedEncoding('encodeLatency', signal, (demands) => latencySettings(options, demands));
  return latencySpikes(encoding.signal, encoding.settings);
}

/** Offset in the window of a share 0..1. */
export const latencyOf = (part: number, window: number): number => Math.round((1 - part) * (window - 1));

export function latencySpikes(signal: Signal, settings: LatencySettings): SpikeCode {
  const [samples, channels] = signal.shape;
  const { window, silentBelow } = settings;
  const spikes = new SpikeCollector(channels, samples * window);
  eachSample(signal, (value, k, c) => {
    if (value >= silentBelow) spikes.add(k * window + 1 + latencyOf(share(value, settings), window), c);
  });
  return spikes.finish();
}

/**
 * A value a window and neuron, from its first spike; later ones do not count. A window without a spike is `min`.
 * @throws {SeamountError} `E_USAGE` also when the duration is no multiple of `window`.
 */
export function decodeLatency(code: SpikeCode, options: LatencyOptions): Signal {
  const decoding = checkedDecoding('decodeLatency', code, (demands) => latencySettings(options, demands));
  const { settings } = decoding;
  const last = settings.window - 1;
  const offsets = firstSpikes(code, settings.window);
  return signalFrom(decoding, (k, c) => {
    const offset = offsets[k * code.size + c]!;
    return offset < 0 ? settings.min : valueAt(1 - offset / last, settings);
  });
}
