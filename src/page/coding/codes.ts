/** The five codes of the panel: how each makes spikes of samples, reads them back, and how far it may be off. */
import { decodeBurst, encodeBurst } from '../../coding/burst-code.js';
import { encodeDelta } from '../../coding/delta-code.js';
import { decodeLatency, encodeLatency } from '../../coding/latency-code.js';
import { decodeOnOff } from '../../coding/on-off.js';
import { decodePopulation, encodePopulation } from '../../coding/population-code.js';
import { decodeRate, encodePoisson, encodeRegular } from '../../coding/rate-code.js';
import type { Signal } from '../../coding/signal.js';
import type { SpikeCode } from '../../coding/spikes.js';
import { encodeStepForward } from '../../coding/step-forward-code.js';
import type { CodeOptions } from './settings.js';

export const CODE_NAMES = ['rate', 'latency', 'burst', 'population', 'change'] as const;

export type CodeName = (typeof CODE_NAMES)[number];

export interface Code {
  readonly name: CodeName;
  /** Steps a sample is held for. */
  readonly window: number;
  encode(samples: Float64Array): SpikeCode;
  /** Of the spikes of the chip; `sent` is what `encode` gave. */
  decode(spikes: SpikeCode, sent: SpikeCode): Signal;
  /** Largest error that decoding may make (docs/coding.md); null where there is no bound, or its demands are not met. */
  bound(samples: Float64Array): number | null;
}

/** Steps between the spikes of a burst, for values of 1 and of nearly 0: as dense as its window allows. */
function intervals(window: number, maxSpikes: number): { minInterval: number; maxInterval: number } {
  const maxInterval = Math.max(1, Math.floor((window - 1) / (maxSpikes - 1)));
  return { minInterval: Math.max(1, Math.floor(maxInterval / 3)), maxInterval };
}

/** The type of what `encode` gives is known to `decode` alone. */
function coded<C extends SpikeCode>(code: {
  readonly name: CodeName;
  readonly window: number;
  readonly encode: (samples: Float64Array) => C;
  readonly decode: (code: C) => Signal;
  readonly bound: (samples: Float64Array) => number | null;
}): Code {
  const { decode, ...rest } = code;
  return { ...rest, decode: (spikes, sent) => decode({ ...(sent as C), ...spikes }) };
}

/** Windows and peak from which the population code keeps its bound. */
const POPULATION_WINDOW = 50;
const MARGIN = 2;

export function codesOf(options: CodeOptions): readonly Code[] {
  const { window, rate, maxSpikes, neurons, peak, change, threshold } = options;
  const burst = { window, maxSpikes, ...intervals(window, maxSpikes) };
  const population = { window, neurons, peak, margin: MARGIN };
  return [
    coded({
      name: 'rate',
      window,
      encode: (x) =>
        rate === 'poisson' ? encodePoisson(x, { window, seed: 1 }) : encodeRegular(x, { window }),
      decode: (code) => decodeRate(code, { window }),
      bound: () => (rate === 'poisson' ? null : 1 / window),
    }),
    coded({
      name: 'latency',
      window,
      encode: (x) => encodeLatency(x, { window }),
      decode: (code) => decodeLatency(code, { window }),
      bound: () => 1 / (2 * (window - 1)),
    }),
    coded({
      name: 'burst',
      window,
      encode: (x) => encodeBurst(x, burst),
      decode: (code) => decodeBurst(code, burst),
      bound: () => 1 / (2 * maxSpikes),
    }),
    coded({
      name: 'population',
      window,
      encode: (x) => encodePopulation(x, population),
      decode: (code) => decodePopulation(code, population),
      bound: () => (peak === 1 && window >= POPULATION_WINDOW ? 1 / (2 * (neurons - 1 - 2 * MARGIN)) : null),
    }),
    coded({
      name: 'change',
      window: 1,
      encode: (x) =>
        change === 'delta' ? encodeDelta(x, { threshold }) : encodeStepForward(x, { threshold }),
      decode: decodeOnOff,
      bound: (x) => (change === 'step-forward' && largestMove(x) <= threshold ? threshold : null),
    }),
  ];
}

function largestMove(samples: Float64Array): number {
  let most = 0;
  for (let k = 1; k < samples.length; k++) most = Math.max(most, Math.abs(samples[k]! - samples[k - 1]!));
  return most;
}
