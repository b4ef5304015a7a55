/**
 * A leaky integrate-and-fire neuron with exponential current synapses, in physical units; `compile`
 * converts it to registers at the network's dt and reports every rounding (`ConversionReport`).
 *
 *   tau_m dV/dt = v_rest - V + R (I + I_syn),   tau_syn dI_syn/dt = -I_syn
 *
 * With `v_th_step` the threshold adapts (an extension): a spike needs V > v_th + theta and adds v_th_step to
 * theta, which decays, tau_th dtheta/dt = -theta.
 */
import type { Column } from './column.js';

/** Each column is one number or one per neuron. ms, mV, MOhm, nA, nF. */
export interface LifParameters {
  /** Membrane time constant, ms. Default 20, or R * cm when both are given. */
  readonly tau_m?: Column;
  /** Synaptic time constant, ms. Default 0: a spike's current lasts one step. */
  readonly tau_syn?: Column;
  /** mV. Default -65. */
  readonly v_rest?: Column;
  /** mV; the chip's 0. Default v_rest. */
  readonly v_reset?: Column;
  /** mV, above v_reset. Default -50. */
  readonly v_th?: Column;
  /** Membrane resistance, MOhm. Default tau_m / cm. */
  readonly R?: Column;
  /** Membrane capacity, nF. Default 1; not with both R and tau_m. */
  readonly cm?: Column;
  /** Constant current, nA. Default 0. */
  readonly I?: Column;
  /** Held at v_reset after a spike, ms. Default 0. */
  readonly tau_refrac?: Column;
  /** What a spike adds to the threshold, mV. Default 0. Extension: needs a profile with adaptive thresholds. */
  readonly v_th_step?: Column;
  /** Time constant of what spikes added to the threshold, ms. Required with `v_th_step`. */
  readonly tau_th?: Column;
  /** Voltage before step 1, mV. Default v_rest. */
  readonly v0?: Column;
  /** Integer units of v per mV. Default: chosen so that threshold, bias and weights lose least. */
  readonly unitsPerMv?: number;
}

export interface LifCell {
  readonly kind: 'lif';
  readonly parameters: LifParameters;
}

export const lif = (parameters: LifParameters = {}): LifCell => ({ kind: 'lif', parameters });
