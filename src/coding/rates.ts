/** How much neurons fire: rates of trains, neurons and populations. Per step, or in Hz where `dt` (ms) is given. */
import { SeamountError } from '../../cores/index.js';
import type { SpikeCode, Train } from './spikes.js';

export interface RateWindow {
  /** First and last step counted. */
  readonly from: number;
  readonly to: number;
  /** ms a step: rates are then in Hz. */
  readonly dt?: number;
}

/**
 * Spikes of a train from step `from` to step `to`, over the number of these steps.
 * @throws {SeamountError} `E_USAGE` when `to` is before `from`.
 */
export function meanRate(train: Train, { from, to, dt }: RateWindow): number {
  const steps = stepsBetween('meanRate', from, to);
  let spikes = 0;
  for (let k = 0; k < train.length; k++) if (train[k]! >= from && train[k]! <= to) spikes++;
  return (spikes / steps) * perStep(dt);
}

/** Rate of every neuron over steps `from`..`to`; by default over all of them. */
export function ratesPerNeuron(code: SpikeCode, window: Partial<RateWindow> = {}): Float64Array {
  const { from = 1, to = code.duration, dt } = window;
  const steps = stepsBetween('ratesPerNeuron', from, to);
  const rates = new Float64Array(code.size);
  for (let k = 0; k < code.steps.length; k++)
    if (code.steps[k]! >= from && code.steps[k]! <= to) rates[code.neurons[k]!]!++;
  return rates.map((spikes) => (spikes / steps) * perStep(dt));
}

export interface PopulationRate {
  /** First step of each bin. */
  readonly steps: Uint32Array;
  /** Mean over the neurons, per step or in Hz. The last bin may be shorter, and is taken for what it is. */
  readonly rates: Float64Array;
}

/**
 * The population's activity in time, A(t) of Gerstner, Kistler, Naud and Paninski, "Neuronal dynamics" (2014),
 * chapter 7: spikes of all neurons in a bin of `bin` steps, over neurons and steps.
 * @throws {SeamountError} `E_USAGE` when `bin` is no whole number of 1 or more.
 */
export function populationRate(
  code: SpikeCode,
  { bin, dt }: { readonly bin: number; readonly dt?: number },
): PopulationRate {
  if (!Number.isInteger(bin) || bin < 1)
    throw new SeamountError(
      'E_USAGE',
      `populationRate: bin is ${bin}; it must be a whole number of at least 1`,
    );
  const bins = Math.ceil(code.duration / bin);
  const rates = new Float64Array(bins);
  for (let k = 0; k < code.steps.length; k++) rates[Math.floor((code.steps[k]! - 1) / bin)]!++;
  for (let b = 0; b < bins; b++) {
    const length = Math.min(bin, code.duration - b * bin);
    rates[b] = code.size === 0 ? 0 : (rates[b]! / (length * code.size)) * perStep(dt);
  }
  return { steps: Uint32Array.from(rates, (_, b) => b * bin + 1), rates };
}

const perStep = (dt: number | undefined): number => (dt === undefined ? 1 : 1000 / dt);

function stepsBetween(call: string, from: number, to: number): number {
  if (!(to >= from))
    throw new SeamountError('E_USAGE', `${call}: steps ${from}..${to} hold nothing`, 'give to >= from');
  return to - from + 1;
}
