/** The same neuron driven by a constant current, and by a weaker one with the noise of its core. */
import { inMilliseconds, interspikeIntervals, trainsOf } from '../../src/coding/index.js';
import { cells, convertLif, LOIHI1, Network, simulate, ViolationsError } from '../../src/index.js';

/** ms, mV, MOhm. It is reset to two thirds of the way down, as one whose dendrites stay depolarised. */
export const NEURON = { tau_m: 20, R: 10, v_rest: -65, v_reset: -60, v_th: -50, tau_refrac: 2 } as const;
/** Integer units of v per mV. */
export const UNITS_PER_MV = 8192;
/** ms */
export const DT = 1;

/** Variance of the uniform draws -127 .. 127. */
const DRAW_VARIANCE = (255 ** 2 - 1) / 12;

/** Standard deviation of voltage noise of exponent `exp`, in mV, of a step and of a membrane that does not fire. */
export function noiseOf(exp: number): { readonly step: number; readonly membrane: number } {
  const step = (Math.sqrt(DRAW_VARIANCE) * 2 ** (exp - 7)) / UNITS_PER_MV;
  return { step, membrane: step / Math.sqrt(1 - Math.exp((-2 * DT) / NEURON.tau_m)) };
}

export interface Drive {
  /** nA */
  readonly current: number;
  /** Exponent of the core's voltage noise; null for none. */
  readonly noise: number | null;
}

export interface Firing {
  /** Spikes per neuron and second. */
  readonly rate: number;
  /** Standard deviation of the intervals between spikes by their mean: 0 is a clock, 1 is chance. */
  readonly cv: number;
  /** Intervals of all neurons, ms. */
  readonly intervals: readonly number[];
  /** Step and neuron of every spike. */
  readonly steps: Uint32Array;
  readonly neurons: Uint32Array;
}

/** `size` copies of the neuron for `steps` steps. Noise of each is its own. */
export async function measureFiring(
  { current, noise }: Drive,
  { size, steps, seed = 1 }: { readonly size: number; readonly steps: number; readonly seed?: number },
): Promise<Firing> {
  const { rules } = LOIHI1;
  const parameters = { ...NEURON, I: current, unitsPerMv: UNITS_PER_MV };
  const { registers, violations } = convertLif(parameters, 1, { dt: DT, rules });
  if (violations.length > 0) throw new ViolationsError('E_INPUT', violations);
  const { dv, vthMant, biasMant, biasExp, refract, v0 } = registers;
  const network = new Network({ label: 'irregular firing', dt: DT, seed });
  const cell = cells.loihi({
    ...{ dv, vthMant, biasMant, biasExp, refract, v0 },
    ...(noise === null ? {} : { noise: { target: 'voltage', exp: noise } }),
  });
  network.population(size, cell, 'neurons');
  const { spikes } = await simulate(network, { steps });
  const { steps: at, neurons } = spikes.get('neurons')!;

  const intervals = trainsOf({ steps: at, neurons }, size).flatMap((train) => [
    ...interspikeIntervals(inMilliseconds(train, DT)),
  ]);
  const mean = intervals.reduce((sum, x) => sum + x, 0) / intervals.length;
  const variance = intervals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / intervals.length;
  return {
    rate: (1000 * at.length) / (size * steps * DT),
    cv: Math.sqrt(variance) / mean,
    intervals,
    steps: at,
    neurons,
  };
}

/** The constant current, in nA, that makes the neuron fire at `rate`: the closed form of the interval, solved for I. */
export function currentFor(rate: number): number {
  const { tau_m, R, v_rest, v_reset, v_th, tau_refrac } = NEURON;
  const growth = Math.exp((1000 / rate - tau_refrac) / tau_m);
  return (growth * (v_th - v_rest) - (v_reset - v_rest)) / (growth - 1) / R;
}
