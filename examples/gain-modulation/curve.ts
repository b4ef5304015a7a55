/** f-I curves of one neuron: under noise of several strengths, and with a threshold that adapts. */
import {
  cells,
  convertLif,
  type Network as Net,
  Network,
  simulate,
  UNLIMITED,
  ViolationsError,
} from '../../src/index.js';

/** ms, mV, MOhm: rheobase is 1 nA. */
export const NEURON = { tau_m: 20, R: 15, v_rest: -65, v_reset: -65, v_th: -50, tau_refrac: 2 } as const;
export const RHEOBASE = (NEURON.v_th - NEURON.v_rest) / NEURON.R;
/** Integer units of v per mV. */
const UNITS_PER_MV = 8192;
/** ms */
export const DT = 1;

/** Variance of the uniform draws -127 .. 127. */
const DRAW_VARIANCE = (255 ** 2 - 1) / 12;

/** Standard deviation, in mV, that voltage noise of exponent `exp` gives a membrane that does not fire. */
export const noiseOf = (exp: number): number =>
  (Math.sqrt(DRAW_VARIANCE) * 2 ** (exp - 7)) /
  UNITS_PER_MV /
  Math.sqrt(1 - Math.exp((-2 * DT) / NEURON.tau_m));

export interface Kind {
  readonly label: string;
  /** Exponent of the core's voltage noise; null for none. */
  readonly noise: number | null;
  /** What a spike adds to the threshold, mV, and how long it lasts, ms; null for none. */
  readonly adaptation: { readonly v_th_step: number; readonly tau_th: number } | null;
}

export interface Curve extends Kind {
  /** nA */
  readonly currents: readonly number[];
  /** Spikes per second at each current. */
  readonly rates: readonly number[];
}

export interface Measurement {
  readonly currents: readonly number[];
  /** Copies of the neuron at each current. */
  readonly copies: number;
  /** Steps before the rates are counted, for thresholds to settle, and steps in all. */
  readonly skip: number;
  readonly steps: number;
}

/** Measures all kinds in a single run; each is a population with a neuron for every copy and current. */
export async function measureCurves(kinds: readonly Kind[], measurement: Measurement): Promise<Curve[]> {
  const { currents, copies, skip, steps } = measurement;
  const network = new Network({ label: 'gain modulation', dt: DT, seed: 1 });
  for (const kind of kinds) addPopulation(network, kind, measurement);
  const { spikes } = await simulate(network, { steps, profile: UNLIMITED });
  return kinds.map((kind) => {
    const counts = new Array<number>(currents.length).fill(0);
    const { steps: at, neurons } = spikes.get(kind.label)!;
    neurons.forEach((neuron, i) => {
      if (at[i]! > skip) counts[Math.floor(neuron / copies)]!++;
    });
    const rates = counts.map((count) => (1000 * count) / (copies * (steps - skip) * DT));
    return { ...kind, currents, rates };
  });
}

function addPopulation(network: Net, kind: Kind, { currents, copies }: Measurement): void {
  const { label, noise, adaptation } = kind;
  const size = currents.length * copies;
  const I = Array.from({ length: size }, (_, i) => currents[Math.floor(i / copies)]!);
  const parameters = { ...NEURON, ...adaptation, I, unitsPerMv: UNITS_PER_MV };
  const options = { dt: DT, rules: UNLIMITED.rules, label };
  const { registers, violations } = convertLif(parameters, size, options);
  if (violations.length > 0) throw new ViolationsError('E_INPUT', violations);
  const { dv, vthMant, biasMant, biasExp, refract, v0, dth, vthStep } = registers;
  const cell = cells.loihi({
    ...{ dv, vthMant, biasMant, biasExp, refract, v0, adaptive: { dth, vthStep } },
    ...(noise === null ? {} : { noise: { target: 'voltage', exp: noise } }),
  });
  network.population(size, cell, label);
}

/** Least squares of rate on current where `low <= current <= high`: Hz per nA, and the share of variance explained. */
export function lineOf({ currents, rates }: Curve, low: number, high: number): { slope: number; r2: number } {
  const within = currents.flatMap((current, i) =>
    current >= low - 1e-9 && current <= high + 1e-9 ? [[current, rates[i]!] as const] : [],
  );
  const mean = (k: 0 | 1): number => within.reduce((sum, point) => sum + point[k], 0) / within.length;
  const [x0, y0] = [mean(0), mean(1)];
  const sum = (f: (x: number, y: number) => number): number =>
    within.reduce((total, [x, y]) => total + f(x - x0, y - y0), 0);
  const [xx, xy, yy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_, y) => y * y)];
  return { slope: xy / xx, r2: (xy * xy) / (xx * yy) };
}

/** Gain: the slope of the curve within a tenth of rheobase on both sides. */
export const gainOf = (curve: Curve): number => lineOf(curve, 0.9 * RHEOBASE, 1.1 * RHEOBASE).slope;

/** How straight the curve is from rheobase to three times rheobase: 1 is a line. */
export const linearityOf = (curve: Curve): number => lineOf(curve, RHEOBASE, 3 * RHEOBASE).r2;

/** The neuron in quiet, under two strengths of noise, and with adaptation in quiet. */
export const KINDS: readonly Kind[] = [
  { label: 'no noise', noise: null, adaptation: null },
  { label: `noise of ${noiseOf(13).toFixed(1)} mV`, noise: 13, adaptation: null },
  { label: `noise of ${noiseOf(14).toFixed(1)} mV`, noise: 14, adaptation: null },
  { label: 'adaptation', noise: null, adaptation: { v_th_step: 5, tau_th: 400 } },
];

export const MEASUREMENT: Measurement = {
  currents: Array.from({ length: 51 }, (_, i) => Number((0.5 + 0.05 * i).toFixed(2))),
  copies: 16,
  skip: 2000,
  steps: 12_000,
};
