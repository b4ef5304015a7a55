/** Signals: samples over time in rows, channels in columns. */
import { SeamountError } from '../../cores/index.js';
import type { Violations } from '../compiler/violations.js';

export interface Signal {
  /** [sample][channel] */
  readonly data: Float64Array;
  /** Samples, channels. */
  readonly shape: readonly [number, number];
}

/** One channel as its samples, or an array in C order of shape [samples] or [samples, channels]. */
export type SignalLike =
  | ArrayLike<number>
  | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

/** What is wrong with a signal goes into `violations`; it is usable only when nothing was. */
export function checkedSignal(signal: SignalLike, violations: Violations, subject: string): Signal {
  const { data, shape } = 'shape' in signal ? signal : { data: signal, shape: [signal.length] };
  const samples = shape[0] ?? 0;
  const channels = shape.length === 1 ? 1 : (shape[1] ?? 0);
  if (shape.length !== 1 && shape.length !== 2)
    violations.add(
      subject,
      `the signal has ${shape.length} dimensions`,
      'give samples in rows and channels in columns',
    );
  else if (samples * channels !== data.length)
    violations.add(subject, `a signal of shape (${shape.join(', ')}) does not hold ${data.length} values`);
  else if (channels === 0) violations.add(subject, 'the signal has no channels');
  let bad = 0;
  let first = -1;
  for (let k = 0; k < data.length; k++) {
    if (Number.isFinite(data[k]!)) continue;
    if (first < 0) first = k;
    bad++;
  }
  if (bad > 0) {
    const where = `sample ${Math.floor(first / channels)} of channel ${first % channels}`;
    const others = bad === 1 ? '' : `, and ${bad - 1} more`;
    violations.add(subject, `${where} is ${data[first]}${others}`, 'fill or leave out what was not measured');
  }
  return { data: Float64Array.from(data), shape: [samples, channels] };
}

/** How far a decoded signal is from its original. */
export interface SignalError {
  /** Root of the mean square. */
  readonly rms: number;
  /** Largest absolute difference. */
  readonly max: number;
  /**
   * Signal to noise, 10 log10(sum x^2 / sum (x - y)^2) in dB, as Petro, Kasabov and Kiss (2020) have it;
   * null where the two are equal or the original is 0 throughout.
   */
  readonly snr: number | null;
}

/**
 * Over all samples and channels. Empty signals: rms and max 0.
 * @throws {SeamountError} `E_USAGE` when the lengths differ.
 */
export function signalError(original: ArrayLike<number>, decoded: ArrayLike<number>): SignalError {
  if (original.length !== decoded.length)
    throw new SeamountError(
      'E_USAGE',
      `signalError: ${original.length} values against ${decoded.length}`,
      'compare as many samples as were decoded',
    );
  let power = 0;
  let noise = 0;
  let max = 0;
  for (let k = 0; k < original.length; k++) {
    const difference = original[k]! - decoded[k]!;
    power += original[k]! ** 2;
    noise += difference ** 2;
    max = Math.max(max, Math.abs(difference));
  }
  return {
    rms: original.length === 0 ? 0 : Math.sqrt(noise / original.length),
    max,
    snr: noise === 0 || power === 0 ? null : 10 * Math.log10(power / noise),
  };
}
