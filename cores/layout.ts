/** Where everything of a core goes in its block of memory: sizes and offsets from its image. */
import type { CoreImage } from './image.js';
import type { ChipProfile } from './profile.js';

/** How a core is put on the emulated chip. */
export interface Placement {
  readonly profile: ChipProfile;
  /** Index in the chip's list of cores; noise streams differ by it. */
  readonly coreId: number;
  readonly seed: number;
  /** Whether messages carry a payload that multiplies weights. */
  readonly payloads: boolean;
  /** Messages one step may bring, an upper bound. */
  readonly inboxCapacity: number;
  /** The most messages one in-axon may get in a step; bounds the sums. Default 1. */
  readonly eventsPerAxon?: number;
}

/** Alignment of a core's block; its size is a multiple of it. */
export const CORE_ALIGNMENT = 64;

/** Bytes of a core's block, a multiple of 64. Throws E_CAPACITY when the core is larger than a block can be. */
export function coreBytes(image: CoreImage, placement: Placement): number {
  return image.n + placement.seed;
}
