/** Writes a core's block of memory from its image. */
import type { CoreImage } from './image.js';
import type { Placement } from './layout.js';

/**
 * Writes the block of `coreBytes(image, placement)` bytes at byte address `base` (a multiple of 64), which
 * then is the address of the core's descriptor. The memory need not be zero. All compartments are awake.
 *
 * Throws E_INPUT for an image no core can hold, E_OVERFLOW when a sum of synaptic inputs could pass 2^31.
 */
export function placeCore(
  memory: ArrayBufferLike,
  base: number,
  image: CoreImage,
  placement: Placement,
): void {
  throw new Error(`stub ${memory.byteLength} ${base} ${image.n} ${placement.seed}`);
}
