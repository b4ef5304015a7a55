/**
 * A compartment in hardware registers. Nothing is converted: what is given is what the chip holds, and
 * `compile` refuses what the profile's registers cannot hold.
 */
import type { ResetMode } from '../../cores/index.js';
import type { Column } from './column.js';

export interface NoiseParameters {
  /** Added to the synaptic input (before its wrap) or to current plus bias. One choice for a core. */
  readonly target: 'current' | 'voltage';
  /** noise = trunc((x + 64 mantOffset) * 2^(exp - 7)), x uniform in the profile's range. */
  readonly exp: number;
  readonly mantOffset?: number;
  /** 0 or 1 per neuron. Default 1. */
  readonly enable?: Column;
}

/** Each column is one number or one per neuron. */
export interface LoihiParameters {
  /** Current decay register; the decay per step is (du + dsOffset) / 4096. Default 4095: input lasts one step. */
  readonly du?: Column;
  /** Voltage decay register, (dv + dmOffset) / 4096 per step. Default 0: a perfect integrator. */
  readonly dv?: Column;
  /** Threshold mantissa 0..131071; a spike needs v > vthMant << 6. Required, here or as `vth`. */
  readonly vthMant?: Column;
  /** Another name of `vthMant`. */
  readonly vth?: Column;
  /** Bias added every step is biasMant << biasExp. Default 0. */
  readonly biasMant?: Column;
  readonly biasExp?: Column;
  /** The whole bias instead of mantissa and exponent; refused unless a pair gives it exactly. */
  readonly bias?: Column;
  /** Steps from a spike to the next integration; `refract - 1` steps are held at 0. Default 1. */
  readonly refract?: Column;
  /** Range of v: vmin = -(2^k) + 1, vmax = 2^(9 + 2m) - 1; one value for a core. Default +-(2^23 - 1). */
  readonly vmin?: Column;
  readonly vmax?: Column;
  readonly noise?: NoiseParameters;
  /** What a spike does to v. Loihi 1 has `zero` only; `value` needs `value`. */
  readonly reset?: { readonly mode: ResetMode; readonly value?: Column };
  /** Extension: spikes of value -1 below vthLoMant << 6 (vthLoMant <= 0). */
  readonly ternary?: { readonly vthLoMant: Column };
  /** Extension: a spike raises the threshold by vthStep << 6; the rise loses dth / 4096 a step. Not with `ternary`. */
  readonly adaptive?: { readonly vthStep: Column; readonly dth: Column };
  /** Extension: u and v are cleared before integration when t % interval == offset % interval. */
  readonly periodicReset?: { readonly interval: number; readonly offset?: number };
  /** State before step 1. Default 0. */
  readonly v0?: Column;
  readonly u0?: Column;
}

export interface LoihiCell {
  readonly kind: 'loihi';
  readonly parameters: LoihiParameters;
}

export const loihi = (parameters: LoihiParameters): LoihiCell => ({ kind: 'loihi', parameters });
