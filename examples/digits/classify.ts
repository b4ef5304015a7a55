/** Digits through a chip, one after the other. */
import type { Chip, Recording } from '../../routing/index.js';
import type { Digits } from './data.js';
import { emptyTrain, encode } from './encode.js';
import { answerOf, DIGIT_STEPS, INPUT_STEPS, PIXELS, VOTES } from './model.js';

export interface Answer {
  /** Number of the digit in `loadDigits`. */
  readonly digit: number;
  readonly answer: number;
  /** Spikes of each vote compartment. */
  readonly votes: Uint32Array;
}

export interface ClassifyOptions {
  /** Stops at the next step boundary. */
  readonly signal?: AbortSignal;
  /** Told all that the chip records, also of a digit that is interrupted. */
  readonly onRecording?: (recording: Recording) => void;
}

/**
 * Shows digits 0 .. count - 1, each for DIGIT_STEPS steps to a chip at rest: `chip.reset()` writes zeros to all u and v
 * between two of them, as the host of a real chip does; steps and counters go on. The chip must hold
 * `digitsNetwork` and record at least the spikes of its votes.
 * Throws E_ABORTED when `signal` fires; the digit it interrupts has no answer then.
 */
export async function* classify(
  chip: Chip,
  digits: Digits,
  count: number,
  { signal, onRecording }: ClassifyOptions = {},
): AsyncGenerator<Answer, void, undefined> {
  const population = (label: string) => {
    const found = chip.image.populations.find((p) => p.label === label);
    if (found === undefined) throw new Error(`the image has no population ${label}`);
    return found;
  };
  const { firstSource } = population('pixels');
  const { firstId } = population('votes');
  const train = emptyTrain(PIXELS);
  const steps = new Uint32Array(train.ids.length);
  for (let digit = 0; digit < count; digit++) {
    if (digit > 0) chip.reset();
    encode(digits.pixels, digit * PIXELS, train);
    const spikes = train.start[INPUT_STEPS]!;
    for (let t = 1; t <= INPUT_STEPS; t++) steps.fill(chip.step + t, train.start[t - 1]!, train.start[t]!);
    for (let s = 0; s < spikes; s++) train.ids[s]! += firstSource;
    chip.send({ sources: train.ids.subarray(0, spikes), steps: steps.subarray(0, spikes) });

    const votes = new Uint32Array(VOTES);
    for await (const recording of chip.legs(DIGIT_STEPS, signal ? { signal } : {})) {
      onRecording?.(recording);
      for (const id of recording.spikes.ids) {
        if (id >= firstId && id < firstId + VOTES) votes[id - firstId]! += 1;
      }
    }
    yield { digit, answer: answerOf(votes), votes };
  }
}
