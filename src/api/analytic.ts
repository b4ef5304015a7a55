/**
 * The leaky integrate-and-fire neuron with a constant current, in closed form: what a measurement is
 * compared with. Steady voltage v_rest + R I; from reset to threshold takes
 * tau_m ln((RI - (v_reset - v_rest)) / (RI - (v_th - v_rest))).
 */

/** ms, mV, MOhm, nA. */
export interface MembraneParameters {
  readonly tau_m: number;
  readonly v_rest: number;
  readonly v_reset: number;
  readonly v_th: number;
  readonly R: number;
  readonly I: number;
  /** ms, default 0 */
  readonly tau_refrac?: number;
}

/** Time between spikes in ms; Infinity when the current never reaches the threshold. */
export function interSpikeInterval(parameters: MembraneParameters): number {
  const { tau_m, v_rest, v_reset, v_th, R, I, tau_refrac = 0 } = parameters;
  const toThreshold = R * I - (v_th - v_rest);
  if (toThreshold <= 0) return Infinity;
  return tau_refrac + tau_m * Math.log((R * I - (v_reset - v_rest)) / toThreshold);
}

/** Spikes per second. */
export function firingRate(parameters: MembraneParameters): number {
  return 1000 / interSpikeInterval(parameters);
}

/** The current in nA above which the neuron fires. */
export function rheobase({ v_th, v_rest, R }: Pick<MembraneParameters, 'v_th' | 'v_rest' | 'R'>): number {
  return (v_th - v_rest) / R;
}

/** Registers of one compartment that decide how it fires without input. Offsets are the core's. */
export interface FiringRegisters {
  readonly dv: number;
  readonly dmOffset: number;
  /** biasMant << biasExp */
  readonly bias: number;
  readonly vthMant: number;
  readonly refract: number;
}

/** What a decay that truncates toward zero loses on average, in units of v a step. */
const TRUNCATED = 0.5;

/**
 * Steps between spikes that the registers predict by the same formula: voltage keeps
 * k = 1 - (dv + dmOffset) / 4096 of itself, loses half a unit to truncation and gains `bias` each step, so
 * after n steps from reset it is (bias - 1/2) (1 - k^n) / (1 - k). A real number; the chip spikes at the first
 * whole step above it. Infinity when the bias never reaches the threshold.
 */
export function predictedSteps({ dv, dmOffset, bias, vthMant, refract }: FiringRegisters): number {
  const held = Math.max(refract, 1) - 1;
  const threshold = vthMant * 64;
  const loss = (dv + dmOffset) / 4096;
  if (bias <= 0) return Number.POSITIVE_INFINITY;
  if (loss === 0) return held + threshold / bias;
  if (loss >= 1) return bias > threshold ? held + 1 : Number.POSITIVE_INFINITY;
  const steady = (bias - TRUNCATED) / loss;
  if (steady <= threshold) return Number.POSITIVE_INFINITY;
  return held + Math.log((steady - threshold) / steady) / Math.log1p(-loss);
}
