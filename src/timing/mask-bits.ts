/** Rows of `Activity.masks`: a bit for each compartment, 32 to a word. */
import { ones, SeamountError } from '../../cores/index.js';
import type { Activity, Recording } from '../../routing/index.js';

/** Bits set among bits `from` .. `to - 1` of the core whose words begin at `words[first]`. */
export function countBits(words: Uint32Array, first: number, from: number, to: number): number {
  let sum = 0;
  let low = from;
  while (low < to) {
    const word = low >>> 5;
    const high = Math.min((word + 1) << 5, to);
    let bits = words[first + word]! >>> (low & 31);
    if (high - low < 32) bits &= (1 << (high - low)) - 1;
    sum += ones(bits);
    low = high;
  }
  return sum;
}

/**
 * The activity of a recording that was made with masks.
 *
 * @throws {SeamountError} E_USAGE without masks, E_INPUT for a recording of another image
 */
export function markedActivity(
  { from, to, activity }: Recording,
  { cores, words }: { readonly cores: number; readonly words: number },
): Activity & { readonly masks: Uint32Array } {
  if (activity === null || activity.masks === null)
    throw new SeamountError(
      'E_USAGE',
      'the times of messages need to know which compartments had work',
      "run the chip with activity 'compartments', or 'voltages' for updates by arrivals; the sums of model simple need 'counts' alone",
    );
  const steps = to - from + 1;
  const { masks, counts } = activity;
  if (masks.length !== steps * words || counts.length !== steps * cores)
    throw new SeamountError(
      'E_INPUT',
      `activity of ${steps} steps has ${masks.length} words and ${counts.length} counts, not what the image has cores and compartments for`,
      'use the image that was run',
    );
  return { counts, masks };
}
