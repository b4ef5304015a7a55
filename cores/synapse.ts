/**
 * Packed synapses. In an image a word holds mantissa (9 bits, signed) << 23 | delay (6 bits) << 17 | index
 * (17 bits); a wide synapse is a pair, the target word (delay and index, mantissa 0) and an i32 weight in
 * units of 64. On a core the same word is repacked so that its lower 23 bits are an address in the delay line.
 */
import { KIND_ONE16, KIND_PACKED, KIND_WIDE } from './cluster-words.js';

export const MANTISSA_MIN = -256;
export const MANTISSA_MAX = 255;
export const MANTISSA_SHIFT = 23;
export const DELAY_SHIFT = 17;
export const DELAY_MAX = 63;
export const INDEX_MAX = (1 << DELAY_SHIFT) - 1;
/** Lower bits of a placed word: `delay << STRIDE_BITS | compartment offset`. */
export const ADDRESS_MASK = (1 << MANTISSA_SHIFT) - 1;

/** mantissa -256..255, delay 0..63, index 0..131071, as an unsigned word. */
export const packSynapse = (mantissa: number, delay: number, index: number): number =>
  ((mantissa << MANTISSA_SHIFT) | (delay << DELAY_SHIFT) | index) >>> 0;
export const mantissaOf = (word: number): number => word >> MANTISSA_SHIFT;
export const delayOf = (word: number): number => (word >>> DELAY_SHIFT) & DELAY_MAX;
export const indexOf = (word: number): number => word & INDEX_MAX;

/** First word of a wide pair; the second is the weight. */
export const packTarget = (delay: number, index: number): number => (delay << DELAY_SHIFT) | index;

/** Word of a placed list: mantissa << 23 | delay << strideBits | index, index < 2^strideBits, strideBits <= 17. */
export const placeSynapse = (word: number, strideBits: number): number =>
  (mantissaOf(word) << MANTISSA_SHIFT) | placeTarget(word, strideBits);
/** Address word of a placed wide pair. */
export const placeTarget = (word: number, strideBits: number): number =>
  (delayOf(word) << strideBits) | indexOf(word);

/** Bits of an address of which three share 64 bits. */
export const PACKED_BITS = 21;
export const ADDRESSES_PER_PACK = 3;
const PACKED_MASK = 2 ** PACKED_BITS - 1;

/** Puts address k of a list of packs, in zeroed words from `first` on. */
export function packAddress(words: Int32Array, first: number, k: number, address: number): void {
  const at = first + 2 * Math.floor(k / ADDRESSES_PER_PACK);
  const place = k % ADDRESSES_PER_PACK;
  if (place === 0) words[at]! |= address;
  else if (place === 2) words[at + 1]! |= address << 10;
  else {
    words[at]! |= address << 21;
    words[at + 1]! |= address >>> 11;
  }
}

/** Address k of a list of packs. */
function packedAddress(words: Int32Array, first: number, k: number): number {
  const at = first + 2 * Math.floor(k / ADDRESSES_PER_PACK);
  const place = k % ADDRESSES_PER_PACK;
  if (place === 0) return words[at]! & PACKED_MASK;
  if (place === 2) return (words[at + 1]! >>> 10) & PACKED_MASK;
  return ((words[at]! >>> 21) | (words[at + 1]! << 11)) & PACKED_MASK;
}

/** Word k of a placed list of that kind at byte address `store` of a memory: its lower 23 bits are the address. */
export function wordOf(
  { i32, u16 }: { readonly i32: Int32Array; readonly u16: Uint16Array },
  kind: number,
  store: number,
  k: number,
): number {
  if (kind === KIND_ONE16) return u16[(store >>> 1) + k]!;
  if (kind === KIND_PACKED) return packedAddress(i32, store >>> 2, k);
  return i32[(store >>> 2) + (kind === KIND_WIDE ? 2 * k : k)]!;
}
