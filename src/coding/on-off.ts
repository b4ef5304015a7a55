/**
 * Codes of change: a channel has two neurons, ON (2 c) for rises and OFF (2 c + 1) for falls, and every spike stands
 * for one step of `thresholds[c]`. One decoder serves them all; the codes differ in when they spike.
 */
import { SeamountError } from '../../cores/index.js';
import type { Signal } from './signal.js';
import { type SpikeCode, SpikeCollector } from './spikes.js';
import { checkedDecoding, countsByWindow, eachSample, signalFrom } from './windows.js';

/** Spikes of change, and the little a decoder must know beside them. */
export interface OnOffCode extends SpikeCode {
  /** Steps a sample is held for. */
  readonly window: number;
  /** What a spike adds or takes, by channel. */
  readonly thresholds: Float64Array;
  /** Value before the first spike, by channel. */
  readonly initial: Float64Array;
}

/** Decides about one sample of one channel: how many steps up (or, below 0, down) it is from what was sent. */
export type ChangeRule = (value: number, sample: number, channel: number) => number;

/** The ON and OFF spikes of a rule. The k-th step of a sample goes out in the k-th step of its window. */
export function onOffSpikes(
  signal: Signal,
  parts: Pick<OnOffCode, 'window' | 'thresholds' | 'initial'>,
  rule: ChangeRule,
): OnOffCode {
  const { window } = parts;
  const [samples, channels] = signal.shape;
  const spikes = new SpikeCollector(2 * channels, samples * window);
  eachSample(signal, (value, k, c) => {
    const change = rule(value, k, c);
    const neuron = change > 0 ? 2 * c : 2 * c + 1;
    for (let i = 0; i < Math.abs(change); i++) spikes.add(k * window + 1 + i, neuron);
  });
  return { ...spikes.finish(), ...parts };
}

/** The first sample of every channel (0 of an empty signal), or one value for all. */
export function startingValues(
  { data, shape: [, channels] }: Signal,
  given: number | undefined,
): Float64Array {
  return given === undefined
    ? Float64Array.from({ length: channels }, (_, c) => data[c] ?? 0)
    : new Float64Array(channels).fill(given);
}

/**
 * The value of every sample after its window: `initial` and, for every spike up to then, plus (ON) or minus (OFF)
 * the threshold. For all codes of change; how near it comes is told by each. Spikes of a chip are decoded by
 * `decodeOnOff({ ...code, ...spikes.get('label') })`.
 * @throws {SeamountError} `E_USAGE` when the parts of the code do not fit each other.
 */
export function decodeOnOff(code: OnOffCode): Signal {
  const decoding = checkedDecoding('decodeOnOff', code, (demands) => ({
    window: demands.number('window', code.window, { min: 1, whole: true }),
    neuronsPerChannel: 2,
  }));
  const { channels } = decoding;
  if (code.thresholds.length !== channels || code.initial.length !== channels)
    throw new SeamountError(
      'E_USAGE',
      `decodeOnOff: ${code.thresholds.length} thresholds and ${code.initial.length} initial values for ${channels} channels`,
    );
  const counts = countsByWindow(code, code.window);
  // Counted, then multiplied: a sum of many thresholds would drift.
  const level = new Float64Array(channels);
  return signalFrom(decoding, (k, c) => {
    level[c]! += counts[k * code.size + 2 * c]! - counts[k * code.size + 2 * c + 1]!;
    return code.initial[c]! + level[c]! * code.thresholds[c]!;
  });
}
