/**
 * Synapse types: weight, delay and how the chip stores them.
 */
import type { SignMode } from '../../cores/index.js';

/** Drawn once per synapse from the projection's seeded stream, in synapse order. */
export type Distribution =
  /** Loihi weights and delays: integers low..high inclusive. Physical weights: reals, low <= x < high. */
  | { readonly uniform: readonly [low: number, high: number] }
  /** Sum of twelve uniforms (so at most 6 sd from the mean, and the same on every platform). */
  | { readonly normal: { readonly mean: number; readonly sd: number } };

/**
 * One number; one per synapse (in the order of the connector's list or rows, else by pre, then post); a function
 * of the neurons' numbers in the pre and post population or view; or a distribution.
 */
export type SynapseValue =
  | number
  | ArrayLike<number>
  | ((pre: number, post: number) => number)
  | Distribution;

export type WeightUnit =
  /** Stored mantissa, -256..255 before rounding; effective weight = mantissa * 2^(6 + weightExp). */
  | 'mantissa'
  /** Peak of the synaptic current. */
  | 'nA'
  /** tau_syn > 0: R times the peak current; tau_syn = 0: the jump of v. */
  | 'mV';

export interface StaticParameters {
  /** Default: the connector's own weights (list, matrix, conv2d), else 1. */
  readonly weight?: SynapseValue;
  /** `mantissa` for loihi cells, `nA` for lif cells. */
  readonly unit?: WeightUnit;
  /** Synaptic delay register: a spike of step t arrives at t + 1 + delay. Default 0, or the list's own. */
  readonly delay?: SynapseValue;
  /** One exponent, or one per synapse. Default 0 for mantissas, chosen by the compiler for physical units. */
  readonly weightExp?: number | ArrayLike<number>;
  /** Bits a stored weight has, the sign included in mixed mode. Default 8. */
  readonly weightBits?: number;
  /** `auto`: excitatory or inhibitory when all weights have one sign, else mixed. */
  readonly signMode?: 'auto' | SignMode;
  /** `auto`: per axon, whichever takes less synaptic memory. Dense rows need one delay. */
  readonly format?: 'auto' | 'sparse' | 'dense';
}

export interface StaticSynapse extends StaticParameters {
  readonly kind: 'static';
}

export const synapses = {
  /** Fixed weights. */
  static: (parameters: StaticParameters = {}): StaticSynapse => ({ ...parameters, kind: 'static' }),
} as const;
