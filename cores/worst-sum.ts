/** The largest sum of synaptic inputs a core's synapses can make in one step. */
import { SeamountError } from './errors.js';
import type { CoreImage } from './image.js';
import type { Placement } from './layout.js';
import { delayOf, INDEX_MAX, indexOf, MANTISSA_SHIFT, mantissaOf } from './synapse.js';

const SUM_LIMIT = 2 ** 31 - 1;

/** Calls `visit` with compartment, delay and weight (units of 64) of every synapse of segment s. */
export function eachSynapse(
  image: CoreImage,
  s: number,
  visit: (compartment: number, delay: number, weight: number) => void,
): void {
  const { formats, format, wide, offset, count, first, delay, words, rows } = image.synapses;
  const { kind, shift } = formats[format[s]!]!;
  const from = offset[s]!;
  const length = count[s]!;
  const base = first[s]!;
  if (kind === 'dense') {
    const late = delay[s]!;
    for (let k = 0; k < length; k++) visit(base + k, late, rows[from + k]! << shift);
  } else if (wide[s] === 1) {
    for (let k = from; k < from + 2 * length; k += 2) {
      const word = words[k]!;
      visit(base + indexOf(word), delayOf(word), words[k + 1]! | 0);
    }
  } else {
    for (let k = from; k < from + length; k++) {
      const word = words[k]!;
      visit(base + indexOf(word), delayOf(word), mantissaOf(word) << shift);
    }
  }
}

/**
 * Largest possible |sum| of any compartment in units of 64, with payloads 1: a synapse takes part in one
 * step's sum only by the messages of one step, so it adds its weight at most `eventsPerAxon` times.
 * Throws E_CAPACITY when that leaves 32 bits.
 */
export function worstSum(image: CoreImage, placement: Placement): number {
  const sums = new Float64Array(image.n);
  addWeights(image, sums);
  let worst = 0;
  for (let i = 1; i < image.n; i++) if (sums[i]! > sums[worst]!) worst = i;
  const sum = sums[worst]! * (placement.eventsPerAxon ?? 1);
  if (sum <= SUM_LIMIT) return sum;
  throw new SeamountError(
    'E_CAPACITY',
    `the synapses of compartment ${worst} of core ${placement.coreId} can sum to ${sum * 64}, beyond the emulator's ${SUM_LIMIT * 64}`,
    'give that compartment fewer synapses or smaller weights',
  );
}

/** Adds |weight| of every synapse to its compartment's sum. Without a call per synapse: images have tens of millions. */
function addWeights({ inAxons, synapses }: CoreImage, sums: Float64Array): void {
  const { formats, axonStart, format, wide, offset, count, first, words, rows } = synapses;
  const segments = axonStart[inAxons]!;
  for (let s = 0; s < segments; s++) {
    const { kind, shift } = formats[format[s]!]!;
    const scale = 2 ** shift;
    const from = offset[s]!;
    const length = count[s]!;
    const base = first[s]!;
    if (kind === 'dense') {
      for (let k = 0; k < length; k++) sums[base + k]! += scale * Math.abs(rows[from + k]!);
    } else if (wide[s] === 1) {
      for (let k = from; k < from + 2 * length; k += 2) {
        sums[base + (words[k]! & INDEX_MAX)]! += Math.abs(words[k + 1]! | 0);
      }
    } else {
      for (let k = from; k < from + length; k++) {
        const word = words[k]!;
        sums[base + (word & INDEX_MAX)]! += scale * Math.abs(word >> MANTISSA_SHIFT);
      }
    }
  }
}
