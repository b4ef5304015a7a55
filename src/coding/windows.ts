/**
 * The frame all codes share: sample k of a signal is held for `window` steps, k * window + 1 .. (k + 1) * window,
 * and channel c owns a row of neighbouring neurons. Checks of whole calls are made here, all violations at once.
 */
import { Violations } from '../compiler/violations.js';
import { Demands, STEPS_MAX } from './demands.js';
import { checkedSignal, type Signal, type SignalLike } from './signal.js';
import type { SpikeCode } from './spikes.js';

/** What every code can say about its frame once its options are read. */
export interface Frame {
  /** Steps a sample is held for. */
  readonly window: number;
  readonly neuronsPerChannel: number;
}

/** The signal and the settings of an encoder. Used by the public calls and by `encodeSignal`, which adds findings. */
export function checkedEncoding<S extends Frame>(
  subject: string,
  signal: SignalLike,
  settingsOf: (demands: Demands) => S,
  violations = new Violations(),
): { readonly signal: Signal; readonly settings: S } {
  const settings = settingsOf(new Demands(subject, violations));
  const checked = checkedSignal(signal, violations, subject);
  const [samples, channels] = checked.shape;
  const size = channels * settings.neuronsPerChannel;
  if (samples * settings.window > STEPS_MAX)
    violations.add(
      subject,
      `${samples} samples of ${settings.window} steps are more than ${STEPS_MAX} steps`,
      'encode a part of the signal, or fewer steps a sample',
    );
  else if (samples * settings.window * size > Number.MAX_SAFE_INTEGER)
    violations.add(subject, `${size} neurons over ${samples * settings.window} steps are too many to number`);
  violations.throwIfAny('E_USAGE');
  return { signal: checked, settings };
}

export interface Decoding<S extends Frame> {
  readonly settings: S;
  readonly samples: number;
  readonly channels: number;
}

/** The settings of a decoder and the shape of what it gives. */
export function checkedDecoding<S extends Frame>(
  subject: string,
  code: SpikeCode,
  settingsOf: (demands: Demands) => S,
): Decoding<S> {
  const violations = new Violations();
  const settings = settingsOf(new Demands(subject, violations));
  violations.throwIfAny('E_USAGE');
  const { window, neuronsPerChannel } = settings;
  const samples = code.duration / window;
  if (!Number.isInteger(samples))
    violations.add(
      subject,
      `${code.duration} steps are no whole number of windows of ${window} steps`,
      'give a duration that is a multiple of window',
    );
  const channels = code.size / neuronsPerChannel;
  if (!Number.isInteger(channels))
    violations.add(subject, `${code.size} neurons are no whole number of channels of ${neuronsPerChannel}`);
  checkSpikes(subject, code, violations);
  violations.throwIfAny('E_USAGE');
  return { settings, samples, channels };
}

function checkSpikes(subject: string, { steps, neurons, size, duration }: SpikeCode, violations: Violations) {
  if (steps.length !== neurons.length)
    violations.add(subject, `${steps.length} steps for ${neurons.length} neurons`);
  const late = steps.findIndex((step, k) => step < 1 || step > duration || (k > 0 && step < steps[k - 1]!));
  if (late >= 0)
    violations.add(
      subject,
      `spike ${late} is of step ${steps[late]}; steps are 1..${duration} and ascend`,
      'say the duration of the recording, and sort spikes by step',
    );
  const stranger = neurons.findIndex((neuron) => neuron >= size);
  if (stranger >= 0)
    violations.add(subject, `spike ${stranger} is of neuron ${neurons[stranger]}, there are ${size}`);
}

/** Calls `visit` for every sample and channel, time outermost. */
export function eachSample(
  { data, shape: [samples, channels] }: Signal,
  visit: (value: number, sample: number, channel: number) => void,
): void {
  for (let k = 0; k < samples; k++) for (let c = 0; c < channels; c++) visit(data[k * channels + c]!, k, c);
}

/** How many spikes every neuron has in every window, [window][neuron]. */
export function countsByWindow({ steps, neurons, size, duration }: SpikeCode, window: number): Float64Array {
  const counts = new Float64Array(Math.ceil(duration / window) * size);
  for (let k = 0; k < steps.length; k++) counts[Math.floor((steps[k]! - 1) / window) * size + neurons[k]!]!++;
  return counts;
}

/** Offset 0..window - 1 of every neuron's first spike in every window, -1 where it has none, [window][neuron]. */
export function firstSpikes({ steps, neurons, size, duration }: SpikeCode, window: number): Int32Array {
  const offsets = new Int32Array(Math.ceil(duration / window) * size).fill(-1);
  for (let k = 0; k < steps.length; k++) {
    const at = Math.floor((steps[k]! - 1) / window) * size + neurons[k]!;
    if (offsets[at]! < 0) offsets[at] = (steps[k]! - 1) % window;
  }
  return offsets;
}

/** A decoded signal whose samples `sampleOf` gives. */
export function signalFrom(
  { samples, channels }: Pick<Decoding<Frame>, 'samples' | 'channels'>,
  sampleOf: (sample: number, channel: number) => number,
): Signal {
  const data = new Float64Array(samples * channels);
  for (let k = 0; k < samples; k++)
    for (let c = 0; c < channels; c++) data[k * channels + c] = sampleOf(k, c);
  return { data, shape: [samples, channels] };
}
