/**
 * Level-crossing code: the range is ruled into levels, `threshold` apart, and every level the signal crosses is a
 * spike. A sample may cross several; they go out one a step.
 *
 *   Mark and Todd, "A nonuniform sampling approach to data compression", IEEE Trans. Commun. 29, 1981
 *   Tsividis, "Event-driven data acquisition and digital signal processing: a tutorial", IEEE Trans. Circuits
 *   Syst. II 57, 2010
 */
import { type ThresholdOptions, thresholdSettings } from './delta-code.js';
import { type Demands, STEPS_MAX } from './demands.js';
import { type OnOffCode, onOffSpikes, startingValues } from './on-off.js';
import type { Signal, SignalLike } from './signal.js';
import { checkedEncoding } from './windows.js';

export interface LevelCrossingOptions extends ThresholdOptions {
  /** A level; the others are `threshold` apart. Default 0. */
  readonly offset?: number;
  /** Steps a sample is held for, hence the most levels a sample can cross; default 1. */
  readonly window?: number;
}

export interface LevelCrossingSettings {
  readonly window: number;
  readonly neuronsPerChannel: 2;
  readonly threshold: number;
  readonly initial: number | undefined;
  readonly offset: number;
}

export const levelCrossingSettings = (
  options: Partial<LevelCrossingOptions>,
  demands: Demands,
): LevelCrossingSettings => ({
  ...thresholdSettings(options, demands),
  offset: demands.number('offset', options.offset, {}, 0),
  window: demands.number('window', options.window, { min: 1, max: STEPS_MAX, whole: true }, 1),
});

/**
 * ON for every level crossed upward, OFF downward; a value on a level is above it. The decoder holds the middle
 * between two levels: while samples differ by at most `window * threshold` it is off by at most `threshold / 2`.
 * Crossings that find no room in their window go out with the next samples. There is no hysteresis: a signal that
 * trembles about a level spikes at every tremble.
 * @throws {SeamountError} `E_USAGE`, naming every option and sample that is wrong.
 */
export function encodeLevelCrossing(signal: SignalLike, options: LevelCrossingOptions): OnOffCode {
  const encoding = checkedEncoding('encodeLevelCrossing', signal, (demands) =>
    levelCrossingSettings(options, demands),
  );
  return levelCrossingSpikes(encoding.signal, encoding.settings);
}

export function levelCrossingSpikes(signal: Signal, settings: LevelCrossingSettings): OnOffCode {
  const { window, threshold, offset } = settings;
  const levelOf = (value: number): number => Math.floor((value - offset) / threshold);
  const sent = startingValues(signal, settings.initial).map(levelOf);
  const initial = sent.map((level) => offset + (level + 0.5) * threshold);
  const thresholds = new Float64Array(sent.length).fill(threshold);
  return onOffSpikes(signal, { window, thresholds, initial }, (value, _sample, c) => {
    const change = Math.max(-window, Math.min(window, levelOf(value) - sent[c]!));
    sent[c]! += change;
    return change;
  });
}
