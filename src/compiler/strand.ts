/**
 * A strand: synapses of one projection that share a weight shift, in rows of pre neurons. Almost always a
 * projection is one strand; weights with exponents of their own make several.
 */
import type { SignMode } from '../../cores/index.js';
import type { Projection } from '../api/projection.js';

export interface Strand {
  readonly projection: Projection;
  /** Row r is neuron `projection.pre.from + r`. Length rows + 1. */
  readonly start: Uint32Array;
  /** Neurons of the post population, ascending in a row. */
  readonly post: Uint32Array;
  /** Stored mantissas, -256..255: one for all, or one each. */
  readonly mantissa: number | Int16Array;
  /** Weights in units of 64 that no mantissa and shift hold, or null. */
  readonly wide: Int32Array | null;
  readonly delay: number | Uint8Array;
  readonly maxDelay: number;
  readonly signMode: SignMode;
  readonly weightBits: number;
  readonly shift: number;
  readonly sumShift: number;
  /** Names the sum that `sumShift` applies to: one per projection and delay. 0 when `sumShift` is 0. */
  readonly connection: number;
  /** `dense`, `sparse`: as the user says; `auto`: per axon, the smaller; `conv`: shared lists. */
  readonly layout: 'auto' | 'sparse' | 'dense' | 'conv';
}
