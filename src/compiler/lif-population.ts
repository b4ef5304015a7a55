/** `lif` cells neuron by neuron: parameters with defaults, and what of the conversion needs no voltage scale. */
import { DEFAULT_CORE, type Rules, type Violation } from '../../cores/index.js';
import { type Column, valueAt } from '../api/column.js';
import type { LifParameters } from '../api/lif-cell.js';
import { significant } from './number-text.js';
import { NO_ADAPTATION, WITHOUT_ADAPTATION } from './quantised-cells.js';

type Quantity =
  | 'tau_m'
  | 'tau_syn'
  | 'v_rest'
  | 'v_reset'
  | 'v_th'
  | 'R'
  | 'I'
  | 'tau_refrac'
  | 'v_th_step'
  | 'tau_th'
  | 'v0';

/** Parameters of one neuron, defaults filled in. */
export type LifNeuron = Readonly<Record<Quantity, number>>;

/** Registers of one neuron that need no scale. */
export interface Decays {
  readonly du: number;
  readonly dv: number;
  readonly dth: number;
  /** 1 - ku, 1 - kv and 1 - kth as the registers have them. */
  readonly lossU: number;
  readonly lossV: number;
  readonly lossTh: number;
}

/** The register has 12 bits. */
const DTH_MAX = 4095;

/** A population of `lif` cells, read neuron by neuron. `kinds` is 1 when all neurons are alike. */
export class LifPopulation {
  readonly label: string;
  readonly kinds: number;
  readonly dt: number;
  readonly #rules: Rules;
  readonly #given: LifParameters;

  constructor(label: string, parameters: LifParameters, n: number, dt: number, rules: Rules) {
    const columns = Object.values(parameters).filter((value) => value !== undefined);
    this.label = label;
    this.dt = dt;
    this.kinds = columns.every((value) => typeof value === 'number') ? 1 : n;
    this.#rules = rules;
    this.#given = parameters;
  }

  neuron(i: number): LifNeuron {
    const given = this.#given;
    const at = (column: Column | undefined): number | undefined =>
      column === undefined ? undefined : valueAt(column, i);
    const cm = at(given.cm);
    const tau_m = at(given.tau_m) ?? (given.R !== undefined && cm !== undefined ? at(given.R)! * cm : 20);
    const v_rest = at(given.v_rest) ?? -65;
    return {
      tau_m,
      tau_syn: at(given.tau_syn) ?? 0,
      v_rest,
      v_reset: at(given.v_reset) ?? v_rest,
      v_th: at(given.v_th) ?? -50,
      R: at(given.R) ?? tau_m / (cm ?? 1),
      I: at(given.I) ?? 0,
      tau_refrac: at(given.tau_refrac) ?? 0,
      v_th_step: at(given.v_th_step) ?? 0,
      tau_th: at(given.tau_th) ?? 0,
      v0: at(given.v0) ?? v_rest,
    };
  }

  /** What makes a conversion impossible, before any scale is chosen. */
  problems(n: number): Violation[] {
    const list: Violation[] = [];
    const complain = (message: string, hint = '') =>
      list.push({ subject: `population ${this.label}`, message, hint });
    const given = this.#given;
    for (const [name, column] of Object.entries(given) as [keyof LifParameters, Column | undefined][]) {
      if (column === undefined || typeof column === 'number') continue;
      if (column.length !== n)
        complain(`${name} has ${column.length} values for ${n} neurons`, 'give one value, or one per neuron');
    }
    if (list.length > 0) return list;
    if (given.tau_m !== undefined && given.R !== undefined && given.cm !== undefined)
      complain('tau_m, R and cm are all given, but tau_m = R cm', 'leave one of them out');
    if ((given.v_th_step === undefined) !== (given.tau_th === undefined))
      complain('v_th_step and tau_th make an adaptive threshold together', 'give both, or none');
    else if (given.v_th_step !== undefined && this.#rules.adaptiveThreshold !== true)
      complain(`v_th_step is given, but ${NO_ADAPTATION}`, WITHOUT_ADAPTATION);
    if (given.unitsPerMv !== undefined && !(given.unitsPerMv > 0 && Number.isFinite(given.unitsPerMv)))
      complain(`unitsPerMv ${given.unitsPerMv} must be a positive number`);
    for (let i = 0; i < this.kinds && list.length === 0; i++) {
      for (const problem of this.#problemsOf(this.neuron(i)))
        complain(this.kinds > 1 ? `neuron ${i}: ${problem}` : problem);
    }
    return list;
  }

  #problemsOf(neuron: LifNeuron): string[] {
    const problems = problemsOf(neuron);
    if (problems.length > 0) return problems;
    const { lossU, lossV, lossTh } = this.decays(neuron);
    const dt = `at dt ${significant(this.dt)} ms`;
    if (lossV === 0) problems.push(`tau_m ${neuron.tau_m} ms ${dt} needs a decay below 1/4096 per step`);
    if (lossU === 0) problems.push(`tau_syn ${neuron.tau_syn} ms ${dt} needs a decay below 1/4096 per step`);
    if (neuron.v_th_step > 0 && lossTh === 0)
      problems.push(`tau_th ${neuron.tau_th} ms ${dt} needs a decay below 1/4096 per step`);
    return problems;
  }

  decays({ tau_m, tau_syn, tau_th }: LifNeuron): Decays {
    const { dsOffset, dmOffset } = DEFAULT_CORE(this.#rules);
    const du = decayRegister(tau_syn, this.dt, dsOffset, this.#rules.duMax);
    const dv = decayRegister(tau_m, this.dt, dmOffset, this.#rules.dvMax);
    const dth = tau_th === 0 ? 0 : decayRegister(tau_th, this.dt, 0, DTH_MAX);
    return {
      du,
      dv,
      dth,
      lossU: (du + dsOffset) / 4096,
      lossV: (dv + dmOffset) / 4096,
      lossTh: dth / 4096,
    };
  }

  /** What a weight of 1 nA and of 1 mV adds to u, per unit of scale. */
  gains(i: number): { readonly nA: number; readonly mV: number } {
    const neuron = this.neuron(i);
    const { lossU, lossV } = this.decays(neuron);
    if (neuron.tau_syn === 0) return { nA: neuron.R * lossV, mV: 1 };
    const mean = (lossU * neuron.tau_syn) / this.dt;
    return { nA: neuron.R * lossV * mean, mV: lossV * mean };
  }

  /** Bias per unit of scale, mV per step. */
  drift(neuron: LifNeuron): number {
    return (neuron.v_rest - neuron.v_reset + neuron.R * neuron.I) * this.decays(neuron).lossV;
  }
}

function problemsOf(neuron: LifNeuron): string[] {
  const bad = (Object.keys(neuron) as Quantity[]).filter((name) => !Number.isFinite(neuron[name]));
  if (bad.length > 0) return bad.map((name) => `${name} is ${neuron[name]}; it must be a finite number`);
  const { tau_m, tau_syn, v_reset, v_th, R, tau_refrac, v_th_step, tau_th } = neuron;
  const list: string[] = [];
  if (tau_m <= 0) list.push(`tau_m is ${tau_m} ms; it must be positive`);
  if (tau_syn < 0) list.push(`tau_syn is ${tau_syn} ms; it must be 0 or more`);
  if (R <= 0) list.push(`R is ${R} MOhm; it must be positive`);
  if (tau_refrac < 0) list.push(`tau_refrac is ${tau_refrac} ms; it must be 0 or more`);
  if (v_th_step < 0) list.push(`v_th_step is ${v_th_step} mV; it must be 0 or more`);
  if (tau_th < 0 || (v_th_step > 0 && tau_th === 0)) list.push(`tau_th is ${tau_th} ms; it must be positive`);
  if (v_th <= v_reset) list.push(`v_th ${v_th} mV must be above v_reset ${v_reset} mV`);
  return list;
}

/** Register whose decay is nearest to exp(-dt / tau). */
function decayRegister(tau: number, dt: number, offset: number, max: number): number {
  const wanted = tau === 0 ? 4096 : -4096 * Math.expm1(-dt / tau);
  return Math.min(max, Math.max(0, Math.round(wanted - offset)));
}

/** Time constant of a decay, ms. */
export const tauOf = (loss: number, dt: number): number =>
  loss >= 1 ? 0 : loss === 0 ? Infinity : -dt / Math.log1p(-loss);
