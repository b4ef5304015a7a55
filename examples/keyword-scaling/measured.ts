/**
 * What was measured: power of one Loihi while networks of 0 to 10 copies ran, from the raw logs of
 * github.com/abr/power_benchmarks at fce95c8 (logs/{running,idle}/loihi_I08O08C*; Blouw et al., arXiv 1812.01739):
 * means of the samples between start and end of a run, then of three runs. VDD is the rail of the core logic,
 * VDDM that of the memories. The only public measurement of Loihi, rail by rail, that we know of.
 */

export interface MeasuredRow {
  readonly copies: number;
  /** µs */
  readonly stepTime: number;
  /** mW while it ran. */
  readonly vdd: number;
  readonly vddm: number;
  /** mW of both rails before it ran. */
  readonly idle: number;
}

export const MEASURED: readonly MeasuredRow[] = [
  { copies: 0, stepTime: 795, vdd: 46.48, vddm: 61.02, idle: 29.54 },
  { copies: 1, stepTime: 872, vdd: 46.46, vddm: 61.49, idle: 29.75 },
  { copies: 2, stepTime: 875, vdd: 47.61, vddm: 62.36, idle: 29.51 },
  { copies: 4, stepTime: 875, vdd: 49.56, vddm: 63.94, idle: 29.66 },
  { copies: 6, stepTime: 875, vdd: 51.77, vddm: 65.54, idle: 29.53 },
  { copies: 8, stepTime: 878, vdd: 53.73, vddm: 67.16, idle: 29.45 },
  { copies: 10, stepTime: 877, vdd: 56.01, vddm: 68.81, idle: 29.54 },
];

/** Those whose steps take the same time: the line is laid through them. Without copies a step is 80 µs shorter. */
export const WITH_COPIES = MEASURED.filter(({ copies }) => copies > 0);

/** µs: what a step takes with copies, one or ten; inputs and outputs set it, not the cores. */
export const STEP_TIME = 875;

/** µJ a step above idle. */
export const dynamicEnergy = ({ vdd, vddm, idle }: MeasuredRow): number =>
  (vdd + vddm - idle) * STEP_TIME * 1e-3;

/** Firing probabilities a step between which a model should reach the measured energy. Rates were not logged. */
export const BAND = [0.06, 0.1] as const;
