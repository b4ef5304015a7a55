/** A signal and the name of a code become a source of spikes: what `seamount run --input` needs. */
import { ViolationsError } from '../../cores/index.js';
import { type SpikeArraySource, sources } from '../api/sources.js';
import { Violations } from '../compiler/violations.js';
import { nearest } from '../netfile/did-you-mean.js';
import { burstSettings, burstSpikes } from './burst-code.js';
import { codeFromText } from './code-text.js';
import { contrastSettings, contrastSpikes } from './contrast-code.js';
import { deltaSpikes, thresholdSettings } from './delta-code.js';
import type { Demands } from './demands.js';
import { latencySettings, latencySpikes } from './latency-code.js';
import { levelCrossingSettings, levelCrossingSpikes } from './level-crossing-code.js';
import { movingWindowSettings, movingWindowSpikes } from './moving-window-code.js';
import { populationSettings, populationSpikes } from './population-code.js';
import { poissonSettings, poissonSpikes, rateSettings, regularSpikes } from './rate-code.js';
import type { Signal, SignalLike } from './signal.js';
import type { SpikeCode } from './spikes.js';
import { stepForwardSpikes } from './step-forward-code.js';
import { checkedEncoding, type Frame } from './windows.js';

type GivenOptions = Readonly<Record<string, number | string>>;

interface NamedCode {
  readonly options: readonly string[];
  encode(subject: string, signal: SignalLike, options: GivenOptions, violations: Violations): SpikeCode;
}

/** `settingsOf` checks every value it reads, so text may hold anything. */
function named<O extends object, S extends Frame>(
  options: readonly (keyof O & string)[],
  settingsOf: (options: O, demands: Demands) => S,
  spikesOf: (signal: Signal, settings: S) => SpikeCode,
): NamedCode {
  return {
    options,
    encode: (subject, signal, given, violations) => {
      const read = (demands: Demands): S => settingsOf(given as O, demands);
      const encoding = checkedEncoding(subject, signal, read, violations);
      return spikesOf(encoding.signal, encoding.settings);
    },
  };
}

const RATE = ['window', 'min', 'max', 'minRate', 'maxRate', 'dt'] as const;
const CHANGE = ['threshold', 'initial'] as const;

const CODES = {
  poisson: named([...RATE, 'seed'], poissonSettings, poissonSpikes),
  regular: named(RATE, rateSettings, regularSpikes),
  latency: named(['window', 'min', 'max', 'silentBelow'], latencySettings, latencySpikes),
  burst: named(
    ['window', 'min', 'max', 'maxSpikes', 'minInterval', 'maxInterval'],
    burstSettings,
    burstSpikes,
  ),
  population: named(
    ['window', 'min', 'max', 'neurons', 'width', 'margin', 'spikes', 'peak', 'seed'],
    populationSettings,
    populationSpikes,
  ),
  delta: named(CHANGE, thresholdSettings, deltaSpikes),
  'step-forward': named(CHANGE, thresholdSettings, stepForwardSpikes),
  'level-crossing': named([...CHANGE, 'offset', 'window'], levelCrossingSettings, levelCrossingSpikes),
  contrast: named(['factor'], contrastSettings, contrastSpikes),
  'moving-window': named([...CHANGE, 'span'], movingWindowSettings, movingWindowSpikes),
} as const satisfies Readonly<Record<string, NamedCode>>;

export type CodeName = keyof typeof CODES;

/** The names of the codes, in the order of the documents. */
export const CODE_NAMES = Object.keys(CODES) as readonly CodeName[];

/** The options a code takes in text; the same as in its encoder. */
export const optionsOfCode = (name: CodeName): readonly string[] => CODES[name].options;

const isCode = (name: string): name is CodeName => Object.hasOwn(CODES, name);

export interface EncodeSignalOptions {
  /** A code of `CODE_NAMES`, with options: `latency:window=20,min=0,max=1`. */
  readonly code: string;
  /** For codes that draw, where the text has no `seed` of its own. */
  readonly seed?: number;
}

export interface EncodedSignal {
  readonly name: CodeName;
  /** Steps the signal takes: samples times window. */
  readonly steps: number;
  /** Neurons of the source: channels times the code's neurons a channel. */
  readonly size: number;
  /** The cell of a population of `size` source neurons. */
  readonly sources: SpikeArraySource;
  /** The spikes themselves and, for codes of change, what their decoder needs. */
  readonly code: SpikeCode;
}

/**
 * Encodes samples over time (rows) of channels (columns).
 * @throws {SeamountError} `E_USAGE`, naming at once everything that is wrong with the text, the values of its options
 * and the signal.
 */
export function encodeSignal(signal: SignalLike, options: EncodeSignalOptions): EncodedSignal {
  const { name, options: given, problems } = codeFromText(options.code);
  const subject = `--code ${name}`;
  if (!isCode(name)) {
    const message = `there is no code ${JSON.stringify(name)}`;
    const hint = suggestion(name, CODE_NAMES);
    throw new ViolationsError('E_USAGE', [{ subject, message, hint }, ...problems]);
  }
  const violations = new Violations();
  violations.addAll(problems);
  const chosen: NamedCode = CODES[name];
  const known: Record<string, number | string> = {};
  for (const [key, value] of given) {
    if (chosen.options.includes(key)) known[key] = value;
    else violations.add(subject, `there is no option ${key}`, suggestion(key, chosen.options));
  }
  if (options.seed !== undefined && chosen.options.includes('seed')) known.seed ??= options.seed;
  const code = chosen.encode(subject, signal, known, violations);
  return { name, steps: code.duration, size: code.size, sources: sources.spikeArray(code), code };
}

function suggestion(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === undefined ? `choose from ${words.join(', ')}` : `did you mean ${meant}?`;
}
