/**
 * Address-event words: what a spike is while it travels.
 *
 * Spike word, between shards (32 bits): bit 31 = the spike is negative (ternary), bits 30..0 = source key.
 * Keys number the neurons by core and compartment in image order, then the host's sources.
 *
 * Address word, in the tables of a cluster (32 bits): bits `axonBits`.. = core of the cluster, bits below =
 * in-axon of that core. The split is chosen per cluster, because a profile without limits may have one core
 * with millions of axons or thousands of cores with few. A chip would send (chip, core, axon) per message;
 * here the cluster is known, so core and axon are enough.
 */

/** Sign bit of a spike word. */
export const NEGATIVE = 0x8000_0000;
/** Largest source key. */
export const MAX_KEY = 0x7fff_ffff;

export const packSpike = (key: number, negative: boolean): number => (negative ? key | NEGATIVE : key) >>> 0;
export const keyOf = (word: number): number => word & MAX_KEY;
export const isNegative = (word: number): boolean => (word & NEGATIVE) !== 0;

export const packAddress = (core: number, axon: number, axonBits: number): number =>
  ((core << axonBits) | axon) >>> 0;
export const coreOf = (word: number, axonBits: number): number => word >>> axonBits;
export const axonOf = (word: number, axonBits: number): number => word & (2 ** axonBits - 1);

/** Bits that hold the numbers 0 .. count - 1. */
const bitsFor = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/**
 * Bits of the axon part for a cluster of `cores` cores of which the largest has `axons` in-axons,
 * or null when both do not fit 32 bits. At most 31, so that the shift of the core part is defined.
 */
export function axonBitsFor(cores: number, axons: number): number | null {
  const bits = bitsFor(axons);
  return bits <= 31 && bits + bitsFor(cores) <= 32 ? bits : null;
}
