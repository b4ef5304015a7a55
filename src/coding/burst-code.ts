/**
 * Burst code: the value is told by the number of spikes of a burst and by the interval between them.
 *
 *   Izhikevich, Desai, Walcott and Hoppensteadt, "Bursts as a unit of neural information", Trends Neurosci. 26, 2003
 *   Guo, Fouda, Eltawil and Salama, "Neural coding in spiking neural networks: a comparative study for robust
 *   neuromorphic systems", Front. Neurosci. 15, 2021, whose two formulas these are
 */
import { type Demands, STEPS_MAX } from './demands.js';
import type { Signal, SignalLike } from './signal.js';
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

export interface BurstOptions extends ValueRange {
  /** Spikes of the longest burst, 1 or more; default 5. */
  readonly maxSpikes?: number;
  /** Steps between the spikes of a burst at `max` and just above `min`; default 2 and 6, at least 1. */
  readonly minInterval?: number;
  readonly maxInterval?: number;
  /** Steps a sample is held for; at least, and by default, as long as the longest burst. */
  readonly window?: number;
}

export interface BurstSettings extends Required<ValueRange> {
  readonly window: number;
  readonly neuronsPerChannel: 1;
  readonly maxSpikes: number;
  readonly minInterval: number;
  readonly maxInterval: number;
}

export function burstSettings(options: BurstOptions, demands: Demands): BurstSettings {
  const range = valueRange(options, demands);
  const maxSpikes = demands.number('maxSpikes', options.maxSpikes, { min: 1, max: 10_000, whole: true }, 5);
  const interval = { min: 1, max: 10_000, whole: true };
  const minInterval = demands.number('minInterval', options.minInterval, interval, 2);
  const maxInterval = demands.number('maxInterval', options.maxInterval, interval, Math.max(6, minInterval));
  demands.relation(
    [minInterval, maxInterval],
    maxInterval >= minInterval,
    `minInterval is ${minInterval} and maxInterval ${maxInterval}; maxInterval must not be smaller`,
  );
  const longest = longestBurst(maxSpikes, minInterval, maxInterval);
  const window = demands.number('window', options.window, { min: 1, max: STEPS_MAX, whole: true }, longest);
  demands.relation(
    [window, longest],
    window >= longest,
    `window is ${window}; the longest burst takes ${longest} steps`,
    'allow fewer spikes or shorter intervals, or give a longer window',
  );
  return { ...range, window, neuronsPerChannel: 1, maxSpikes, minInterval, maxInterval };
}

/** Interval of the burst of a share 0 < p <= 1. */
const intervalOf = (part: number, minInterval: number, maxInterval: number): number =>
  Math.ceil(maxInterval - (maxInterval - minInterval) * part);

/** Steps from the first to the last spike of the longest burst, both counted. */
function longestBurst(maxSpikes: number, minInterval: number, maxInterval: number): number {
  let longest = 1;
  for (let spikes = 2; spikes <= maxSpikes; spikes++) {
    const widest = intervalOf((spikes - 1) / maxSpikes, minInterval, maxInterval);
    longest = Math.max(longest, (spikes - 1) * widest + 1);
  }
  return longest;
}

/**
 * One neuron a channel. A share p of the range has ceil(maxSpikes p) spikes, from the first step of the window on,
 * ceil(maxInterval - (maxInterval - minInterval) p) steps apart; `min` and less has none. Decoding is off by at
 * most (max - min) / (2 maxSpikes), by less where the interval tells more than the number.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeBurst(signal: SignalLike, options: BurstOptions = {}): SpikeCode {
  const encoding = checkedEncoding('encodeBurst', signal, (demands) => burstSettings(options, demands));
  return burstSpikes(encoding.signal, encoding.settings);
}

export function burstSpikes(signal: Signal, settings: BurstSettings): SpikeCode {
  const [samples, channels] = signal.shape;
  const { window, maxSpikes, minInterval, maxInterval } = settings;
  const spikes = new SpikeCollector(channels, samples * window);
  eachSample(signal, (value, k, c) => {
    const part = share(value, settings);
    const interval = intervalOf(part, minInterval, maxInterval);
    const count = Math.ceil(maxSpikes * part);
    for (let i = 0; i < count; i++) spikes.add(k * window + 1 + i * interval, c);
  });
  return spikes.finish();
}

/**
 * A value a window and neuron: the middle of the values whose burst has this number of spikes and, where it has
 * two or more, this mean interval. A number and an interval that no value has together: the number decides.
 * @throws {SeamountError} `E_USAGE` also when the duration is no multiple of `window`.
 */
export function decodeBurst(code: SpikeCode, options: BurstOptions = {}): Signal {
  const decoding = checkedDecoding('decodeBurst', code, (demands) => burstSettings(options, demands));
  const { settings } = decoding;
  const counts = countsByWindow(code, settings.window);
  const firsts = firstSpikes(code, settings.window);
  const lasts = lastSpikes(code, settings.window);
  return signalFrom(decoding, (k, c) => {
    const at = k * code.size + c;
    return valueAt(shareOfBurst(counts[at]!, lasts[at]! - firsts[at]!, settings), settings);
  });
}

/** `length`: steps between first and last spike. */
function shareOfBurst(count: number, length: number, settings: BurstSettings): number {
  const { maxSpikes, minInterval, maxInterval } = settings;
  if (count === 0) return 0;
  const spikes = Math.min(count, maxSpikes);
  const low = (spikes - 1) / maxSpikes;
  const high = spikes / maxSpikes;
  const width = maxInterval - minInterval;
  if (count === 1 || width === 0) return (low + high) / 2;
  const interval = length / (count - 1);
  const from = Math.max(low, (maxInterval - interval) / width);
  const to = Math.min(high, (maxInterval - interval + 1) / width);
  return from <= to ? (from + to) / 2 : (low + high) / 2;
}

function lastSpikes({ steps, neurons, size, duration }: SpikeCode, window: number): Int32Array {
  const offsets = new Int32Array(Math.ceil(duration / window) * size).fill(-1);
  for (let k = 0; k < steps.length; k++)
    offsets[Math.floor((steps[k]! - 1) / window) * size + neurons[k]!] = (steps[k]! - 1) % window;
  return offsets;
}
