/**
 * Physical units to registers, with every rounding kept.
 *
 * One step of the chip is `u = ku u + q; v = kv v + u + bias`, the exact step of the membrane equation for
 * an input constant over the step, with v in `unitsPerMv` above v_reset (the chip resets to 0):
 *
 *   1 - kv = 1 - exp(-dt / tau_m) = (dv + dmOffset) / 4096, rounded; likewise ku with tau_syn and du;
 *   bias = unitsPerMv (v_rest - v_reset + R I) (1 - kv), with the rounded kv, so that the steady voltage holds;
 *   a weight of w nA adds unitsPerMv w R (1 - kv) (1 - ku) tau_syn / dt to u: the mean of the decaying
 *   current over its first step, so that its charge is right;
 *   an adaptive threshold: 1 - kth with tau_th and dth, v_th_step in the units of the threshold.
 */
import { type RegisterColumn, type Rules, STATE_REGISTERS, type Violation } from '../../cores/index.js';
import type { LifParameters } from '../api/lif-cell.js';
import { type LifNeuron, LifPopulation, tauOf } from './lif-population.js';
import { significant } from './number-text.js';
import type { ConversionReport, Rounding } from './report.js';
import { chooseScale, type ScaleDemand, splitNearest } from './voltage-scale.js';

/** Registers of a converted population: one value, or one per neuron. */
export interface LifRegisters {
  readonly du: RegisterColumn;
  readonly dv: RegisterColumn;
  readonly vthMant: RegisterColumn;
  readonly biasMant: RegisterColumn;
  readonly biasExp: RegisterColumn;
  readonly refract: RegisterColumn;
  readonly dth: RegisterColumn;
  readonly vthStep: RegisterColumn;
  readonly v0: RegisterColumn;
}

type RegisterName = keyof LifRegisters;

const NAMES: readonly RegisterName[] = [
  'du',
  'dv',
  'vthMant',
  'biasMant',
  'biasExp',
  'refract',
  'dth',
  'vthStep',
  'v0',
];

export interface LifConversion {
  readonly registers: LifRegisters;
  readonly report: ConversionReport;
  /** What does not fit the registers at all. */
  readonly violations: readonly Violation[];
  /** Were all inputs of a neuron to spike in one step, their sum could leave its register. */
  readonly inputAtRisk: boolean;
}

export interface LifConversionOptions {
  /** ms per step */
  readonly dt: number;
  readonly rules: Rules;
  /** For the report. Default `neuron`. */
  readonly label?: string;
  /** What the projections onto the population ask of the scale. Default nothing. */
  readonly inputs?: Pick<ScaleDemand, 'weights' | 'largestSum'>;
}

/** One neuron's registers, and what became of its parameters. */
interface ConvertedNeuron {
  readonly registers: Readonly<Record<RegisterName, number>>;
  readonly roundings: readonly Omit<Rounding, 'neuron' | 'message'>[];
  readonly problems: readonly { readonly message: string; readonly hint: string }[];
}

/** Spikes whose rise of an adaptive threshold v has room for: those of a few time constants. */
const RISE_STEPS = 16;

/** Bad neurons named one by one before the rest is only counted. */
const NAMED = 8;

/** Converts n neurons. Nothing is thrown: see `violations`. */
export function convertLif(
  parameters: LifParameters,
  n: number,
  options: LifConversionOptions,
): LifConversion {
  const { dt, rules, label = 'neuron', inputs = { weights: [], largestSum: 0 } } = options;
  const population = new LifPopulation(label, parameters, n, dt, rules);
  const { kinds } = population;
  const violations = population.problems(n);
  const columns = new Map(NAMES.map((name) => [name, new Int32Array(kinds)]));
  const worst = new Map<string, Rounding>();
  let scale = { unitsPerMv: parameters.unitsPerMv ?? 0, inputAtRisk: false };
  if (violations.length === 0) {
    if (parameters.unitsPerMv === undefined)
      scale = chooseScale({ ...scaleDemand(population), ...inputs }, rules);
    let bad = 0;
    for (let i = 0; i < kinds; i++) {
      const { registers, roundings, problems } = convertNeuron(population, i, scale.unitsPerMv, rules);
      for (const name of NAMES) columns.get(name)![i] = registers[name];
      for (const rounding of roundings) keepWorst(worst, rounding, i, dt);
      if (problems.length > 0 && bad++ >= NAMED) continue;
      const whose = kinds > 1 ? `neuron ${i}: ` : '';
      for (const { message, hint } of problems)
        violations.push({ subject: `population ${label}`, message: whose + message, hint });
    }
    if (bad > NAMED)
      violations.push({
        subject: `population ${label}`,
        message: `and ${bad - NAMED} more neurons`,
        hint: '',
      });
  }
  const column = (name: RegisterName): RegisterColumn => {
    const values = columns.get(name)!;
    return kinds === 1 ? values[0]! : values;
  };
  return {
    registers: {
      du: column('du'),
      dv: column('dv'),
      vthMant: column('vthMant'),
      biasMant: column('biasMant'),
      biasExp: column('biasExp'),
      refract: column('refract'),
      dth: column('dth'),
      vthStep: column('vthStep'),
      v0: column('v0'),
    },
    report: { population: label, dt, unitsPerMv: scale.unitsPerMv, roundings: [...worst.values()] },
    violations,
    inputAtRisk: scale.inputAtRisk,
  };
}

function convertNeuron(
  population: LifPopulation,
  i: number,
  unitsPerMv: number,
  rules: Rules,
): ConvertedNeuron {
  const neuron = population.neuron(i);
  const { dt } = population;
  const { tau_m, tau_syn, v_reset, v_th, tau_refrac, v_th_step, tau_th } = neuron;
  const { du, dv, dth, lossU, lossV, lossTh } = population.decays(neuron);
  const threshold = v_th - v_reset;
  const drift = population.drift(neuron);
  const { mant, exp } = splitNearest(drift * unitsPerMv, rules);
  const bias = mant * 2 ** exp;
  // A bias that had to drop bits is made exact by bending this neuron's scale: the threshold has 17 bits to follow.
  const scale = exp > 0 ? bias / drift : unitsPerMv;
  const vthMant = Math.round((threshold * scale) / 64);
  const refract = Math.round(tau_refrac / dt) + 1;
  const vthStep = Math.round((v_th_step * scale) / 64);
  const v0 = Math.round((neuron.v0 - v_reset) * scale);
  const registers = { du, dv, vthMant, biasMant: mant, biasExp: exp, refract, dth, vthStep, v0 };

  const mV = (units: number): number => v_reset + units / scale;
  const steady = neuron.v_rest + neuron.R * neuron.I;
  const lost = (
    quantity: string,
    unit: string,
    register: string,
    value: number,
    wanted: number,
    got: number,
    reference: number,
  ) => ({
    quantity,
    unit,
    register,
    value,
    wanted,
    got,
    relativeError: got === wanted ? 0 : (got - wanted) / reference,
  });
  return {
    registers,
    roundings: [
      lost('tau_m', 'ms', 'dv', dv, tau_m, tauOf(lossV, dt), tau_m),
      lost('tau_syn', 'ms', 'du', du, tau_syn, tauOf(lossU, dt), tau_syn || dt),
      lost('v_th', 'mV', 'vthMant', vthMant, v_th, mV(vthMant * 64), threshold),
      lost(
        'v_inf',
        'mV',
        'bias',
        bias,
        steady,
        mV(bias / lossV),
        Math.max(threshold, Math.abs(steady - v_reset)),
      ),
      lost('tau_refrac', 'ms', 'refract', refract, tau_refrac, (refract - 1) * dt, tau_refrac || dt),
      ...(v_th_step === 0
        ? []
        : [
            lost('v_th_step', 'mV', 'vthStep', vthStep, v_th_step, (vthStep * 64) / scale, v_th_step),
            lost('tau_th', 'ms', 'dth', dth, tau_th, tauOf(lossTh, dt), tau_th),
          ]),
      lost('v0', 'mV', 'v0', v0, neuron.v0, mV(v0), threshold),
    ],
    problems: misfits(neuron, registers, steady, dt, rules),
  };
}

/** Registers out of range, in the user's terms. */
function misfits(
  neuron: LifNeuron,
  { vthMant, biasMant, refract, vthStep, v0 }: ConvertedNeuron['registers'],
  steady: number,
  dt: number,
  rules: Rules,
): { message: string; hint: string }[] {
  const list: { message: string; hint: string }[] = [];
  const { bias, vthMantMax, refractMax } = rules;
  const drive = `v_rest + R I = ${significant(steady)} mV, v_reset = ${neuron.v_reset} mV`;
  if (biasMant !== 0 && bias.mantMax === 0)
    list.push({
      message: `needs a bias (${drive}), this profile has none`,
      hint: 'set v_reset = v_rest and I = 0, or take a profile with bias',
    });
  else if (Math.abs(biasMant) > bias.mantMax)
    list.push({
      message: `its bias (${drive}) does not fit ${bias.mantMax} << ${bias.expMax}`,
      hint: 'lower unitsPerMv',
    });
  if (vthMant < 1 || vthMant > vthMantMax)
    list.push({
      message: `v_th ${neuron.v_th} mV becomes vthMant ${vthMant}, which must be 1..${vthMantMax}`,
      hint: 'change unitsPerMv',
    });
  if (neuron.v_th_step > 0 && (vthStep < 1 || vthStep > vthMantMax))
    list.push({
      message: `v_th_step ${neuron.v_th_step} mV becomes vthStep ${vthStep}, which must be 1..${vthMantMax}`,
      hint: 'change unitsPerMv',
    });
  if (refract > Math.max(1, refractMax))
    list.push({
      message: `tau_refrac ${neuron.tau_refrac} ms at dt ${significant(dt)} ms needs refract ${refract}, the profile has ${refractMax}`,
      hint:
        refractMax > 1
          ? `use a dt of ${significant(neuron.tau_refrac / (refractMax - 1))} ms or more`
          : 'use tau_refrac 0, or a profile with a refractory period',
    });
  const { min, max } = STATE_REGISTERS.find(({ name }) => name === 'v')!.range(rules);
  if (v0 < min || v0 > max)
    list.push({
      message: `v0 ${neuron.v0} mV becomes ${v0}, v holds ${min}..${max}`,
      hint: 'lower unitsPerMv',
    });
  return list;
}

function scaleDemand(
  population: LifPopulation,
): Pick<ScaleDemand, 'threshold' | 'start' | 'rise' | 'biases'> {
  let threshold = 0;
  let start = 0;
  let rise = 0;
  const biases = new Set<number>();
  for (let i = 0; i < population.kinds; i++) {
    const neuron = population.neuron(i);
    threshold = Math.max(threshold, neuron.v_th - neuron.v_reset);
    start = Math.max(start, Math.abs(neuron.v0 - neuron.v_reset));
    rise = Math.max(rise, RISE_STEPS * neuron.v_th_step);
    biases.add(population.drift(neuron));
  }
  if (biases.size === 1) return { threshold, start, rise, biases: [...biases] };
  // Of several biases only the largest limits the scale: each neuron bends its own to be exact.
  let largest = 0;
  for (const bias of biases) largest = Math.max(largest, Math.abs(bias));
  return { threshold, start, rise, biases: [largest, -largest] };
}

/** Keeps, per parameter, the neuron that lost most. */
function keepWorst(
  worst: Map<string, Rounding>,
  rounding: ConvertedNeuron['roundings'][number],
  neuron: number,
  dt: number,
): void {
  const { quantity, unit, register, value, wanted, got, relativeError } = rounding;
  const known = worst.get(quantity);
  if (known && Math.abs(known.relativeError) >= Math.abs(relativeError)) return;
  const context =
    quantity === 'v_inf' ? ' (v_rest + R I)' : unit === 'ms' ? ` at dt ${significant(dt)} ms` : '';
  const message = `${quantity} ${significant(wanted)} ${unit}${context}: ${register} = ${value} gives ${significant(got)} ${unit}`;
  worst.set(quantity, { ...rounding, neuron, message });
}
