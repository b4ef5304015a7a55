/**
 * What synapse lists cost on the chip. Per axon: blocks of up to 64 synapses, each block a header (4 bits
 * format, 6 bits count) and its synapses, rounded up to 64-bit words (nengo-loihi `bits_per_axon`).
 */
export const BLOCK_SYNAPSES = 64;
const FORMAT_BITS = 4;
const COUNT_BITS = 6;
const WORD_BITS = 64;

export interface SynapseListFormat {
  readonly weightBits: number;
  readonly delayBits: number;
  readonly tagBits: number;
  /** Bits of an explicit target index per synapse; 0 for dense rows. */
  readonly indexBits: number;
}

/** Memory bits of one synapse list of `count` synapses, a multiple of 64; 0 for none. */
export function synapseListBits(
  format: SynapseListFormat,
  count: number,
  perBlock: number = BLOCK_SYNAPSES,
): number {
  const each = format.weightBits + format.delayBits + format.tagBits + format.indexBits;
  const block = (k: number): number =>
    Math.ceil((FORMAT_BITS + COUNT_BITS + k * each) / WORD_BITS) * WORD_BITS;
  const rest = count % perBlock;
  return Math.floor(count / perBlock) * block(perBlock) + (rest > 0 ? block(rest) : 0);
}

/** Smallest index width the hardware offers (0, 6..12) for targets 0 .. compartments - 1; wider than 12 only without capacity limits. */
export function indexBitsFor(compartments: number): number {
  if (compartments <= 1) return 0;
  return Math.max(6, 32 - Math.clz32(compartments - 1));
}

/** Delay bits for delays 0 .. maxDelay. */
export const delayBitsFor = (maxDelay: number): number => (maxDelay <= 0 ? 0 : 32 - Math.clz32(maxDelay));

/**
 * Dendritic accumulators one compartment takes: a power of two of slots, 8 at least, with
 * `max delay = slots - 2` (docs/semantics.md, section 6).
 */
export const accumulatorSlots = (maxDelay: number): number => {
  let slots = 8;
  while (slots - 2 < maxDelay) slots *= 2;
  return slots;
};
