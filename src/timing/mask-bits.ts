/** Rows of `Activity.masks`: a bit for each compartment, 32 to a word. */
import { ones } from '../../cores/index.js';

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
