/** Hardware registers of `cells.loihi`: checked, aliases resolved, nothing rounded. */
import {
  type ChipProfile,
  type CompartmentRegisterName,
  type CoreRegisters,
  checkCompartmentRegister,
  checkCoreRegister,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type RegisterColumn,
  type Rules,
  STATE_REGISTERS,
} from '../../cores/index.js';
import { type Column, valueAt } from '../api/column.js';
import type { LoihiParameters } from '../api/loihi-cell.js';
import type { Population } from '../api/population.js';
import { NO_ADAPTATION, type QuantisedCells, WITHOUT_ADAPTATION } from './quantised-cells.js';
import type { Violations } from './violations.js';

/** Reads columns of one population and says what is wrong with them: each column once, at its first bad neuron. */
class ColumnReader {
  readonly #population: Population;
  readonly #violations: Violations;

  constructor(population: Population, violations: Violations) {
    this.#population = population;
    this.#violations = violations;
  }

  get subject(): string {
    return `population ${this.#population.label}`;
  }

  complain(message: string, hint = ''): void {
    this.#violations.add(this.subject, message, hint);
  }

  read(name: string, column: Column, problem: (value: number) => string | null): RegisterColumn {
    const n = this.#population.size;
    if (typeof column === 'number') {
      const message = problem(column);
      if (message !== null) this.complain(message);
      return column;
    }
    if (column.length !== n) {
      this.complain(
        `${name} has ${column.length} values for ${n} neurons`,
        'give one value, or one per neuron',
      );
      return 0;
    }
    let bad = 0;
    let first = '';
    for (let i = 0; i < n; i++) {
      const message = problem(column[i]!);
      if (message === null) continue;
      if (bad++ === 0) first = `neuron ${i}: ${message}`;
    }
    if (bad > 0) this.complain(bad === 1 ? first : `${first} (and ${bad - 1} more neurons)`);
    return Int32Array.from(column);
  }
}

export function quantiseLoihi(
  population: Population,
  given: LoihiParameters,
  profile: ChipProfile,
  violations: Violations,
): QuantisedCells {
  const { rules } = profile;
  const reader = new ColumnReader(population, violations);
  const compartment = (name: CompartmentRegisterName, column: Column): RegisterColumn =>
    reader.read(name, column, (value) => checkCompartmentRegister(name, value, rules));
  const state = (name: 'u' | 'v', column: Column): RegisterColumn => {
    const { min, max } = STATE_REGISTERS.find((register) => register.name === name)!.range(rules);
    return reader.read(`${name}0`, column, (value) =>
      Number.isInteger(value) && value >= min && value <= max
        ? null
        : `${name}0 is ${value}; it must be an integer ${min}..${max}`,
    );
  };
  if (given.vth !== undefined && given.vthMant !== undefined)
    reader.complain('vth and vthMant are two names of one register: give one of them');
  const threshold = given.vthMant ?? given.vth;
  if (threshold === undefined)
    reader.complain(
      'vthMant is missing',
      'give vthMant (threshold v > vthMant << 6); 131071 for a neuron that should not spike',
    );
  const adaptive = resolveAdaptation(given, rules, reader);
  const bias = resolveBias(given, population.size, rules, reader);
  const core = resolveCore(given, population.size, profile, reader);
  return {
    population,
    registers: {
      du: compartment('du', given.du ?? DEFAULT_COMPARTMENT.du),
      dv: compartment('dv', given.dv ?? DEFAULT_COMPARTMENT.dv),
      vthMant: compartment('vthMant', threshold ?? DEFAULT_COMPARTMENT.vthMant),
      biasMant: compartment('biasMant', bias.mant),
      biasExp: compartment('biasExp', bias.exp),
      refract: compartment('refract', given.refract ?? DEFAULT_COMPARTMENT.refract),
      noiseEnable: compartment('noiseEnable', given.noise ? (given.noise.enable ?? 1) : 0),
      vreset: compartment('vreset', given.reset?.value ?? DEFAULT_COMPARTMENT.vreset),
      vthLoMant: compartment('vthLoMant', given.ternary?.vthLoMant ?? DEFAULT_COMPARTMENT.vthLoMant),
      dth: compartment('dth', adaptive?.dth ?? DEFAULT_COMPARTMENT.dth),
      vthStep: compartment('vthStep', adaptive?.vthStep ?? DEFAULT_COMPARTMENT.vthStep),
    },
    u0: state('u', given.u0 ?? 0),
    v0: state('v', given.v0 ?? 0),
    ...core,
  };
}

/** Smallest exponent >= 0 (else the largest below) that gives the bias exactly, or null. */
export function splitBias(bias: number, { bias: range }: Rules): { mant: number; exp: number } | null {
  for (let exp = Math.max(0, range.expMin); exp <= range.expMax; exp++) {
    const mant = bias / 2 ** exp;
    if (Number.isInteger(mant) && mant >= range.mantMin && mant <= range.mantMax) return { mant, exp };
  }
  return null;
}

function resolveBias(
  given: LoihiParameters,
  n: number,
  rules: Rules,
  reader: ColumnReader,
): { mant: Column; exp: Column } {
  const { bias, biasMant = 0, biasExp = 0 } = given;
  if (bias === undefined) return { mant: biasMant, exp: biasExp };
  if (given.biasMant !== undefined || given.biasExp !== undefined)
    reader.complain('bias is the whole bias: give it, or biasMant and biasExp, not both');
  const { mantMin, mantMax, expMax } = rules.bias;
  const problem = (value: number): string | null =>
    splitBias(value, rules)
      ? null
      : `bias ${value} is no mantissa ${mantMin}..${mantMax} times 2^0..2^${expMax}`;
  const checked = reader.read('bias', bias, problem);
  const split = (value: number) => splitBias(value, rules) ?? { mant: 0, exp: 0 };
  if (typeof checked === 'number') return split(checked);
  const mant = new Int32Array(n);
  const exp = new Int32Array(n);
  for (let i = 0; i < n; i++) ({ mant: mant[i], exp: exp[i] } = split(checked[i]!));
  return { mant, exp };
}

/** What of the adaptive threshold can be checked register by register; null when all there is to say has been said. */
function resolveAdaptation(
  { adaptive, ternary }: LoihiParameters,
  rules: Rules,
  reader: ColumnReader,
): LoihiParameters['adaptive'] | null {
  if (adaptive === undefined) return null;
  if (rules.adaptiveThreshold !== true) {
    reader.complain(`adaptive is given, but ${NO_ADAPTATION}`, WITHOUT_ADAPTATION);
    return null;
  }
  if (adaptive.vthStep === undefined || adaptive.dth === undefined) {
    reader.complain(
      'an adaptive threshold needs both vthStep and dth',
      'a threshold with dth 0 never comes back',
    );
    return null;
  }
  if (ternary !== undefined)
    reader.complain('thresholds of ternary spikes do not adapt', 'leave out adaptive or ternary');
  return adaptive;
}

type CoreSettings = Pick<QuantisedCells, 'coreRegisters' | 'coreRegisterOf'>;

function resolveCore(
  given: LoihiParameters,
  n: number,
  { name, rules }: ChipProfile,
  reader: ColumnReader,
): CoreSettings {
  const plain = DEFAULT_CORE(rules);
  const check = (register: keyof CoreRegisters, value: number | string | boolean): void => {
    const problem = checkCoreRegister(register, value, rules);
    if (problem !== null) reader.complain(problem);
  };
  const { noise, reset, ternary, periodicReset } = given;
  const shared: CoreRegisters = {
    ...plain,
    noiseTarget: noise?.target ?? 'off',
    noiseExp: noise?.exp ?? 0,
    noiseMantOffset: noise?.mantOffset ?? 0,
    resetMode: reset?.mode ?? 'zero',
    ternary: ternary !== undefined,
    resetInterval: periodicReset?.interval ?? 0,
    resetOffset: periodicReset?.offset ?? 0,
  };
  check('noiseTarget', shared.noiseTarget);
  check('noiseExp', shared.noiseExp);
  check('noiseMantOffset', shared.noiseMantOffset);
  check('resetMode', shared.resetMode);
  check('ternary', shared.ternary);
  check('resetInterval', shared.resetInterval);
  check('resetOffset', shared.resetOffset);
  if (reset?.value !== undefined && reset.mode !== 'value')
    reader.complain(`reset.value is given, but the reset mode is ${reset.mode}`, 'set reset.mode to value');
  const range = (register: 'vmin' | 'vmax', column: Column): RegisterColumn =>
    reader.read(register, column, (value) => {
      if (rules.voltage !== 'registers' && value !== plain[register])
        return `${register} is ${value}, but profile ${name} has no voltage range registers`;
      return checkCoreRegister(register, value, rules);
    });
  const vmin = range('vmin', given.vmin ?? plain.vmin);
  const vmax = range('vmax', given.vmax ?? plain.vmax);
  if (typeof vmin === 'number' && typeof vmax === 'number')
    return { coreRegisters: [{ ...shared, vmin, vmax }], coreRegisterOf: null };
  const settings = new Map<string, number>();
  const coreRegisters: CoreRegisters[] = [];
  const coreRegisterOf = new Uint16Array(n);
  for (let i = 0; i < n; i++) {
    const low = valueAt(vmin, i);
    const high = valueAt(vmax, i);
    const key = `${low} ${high}`;
    let setting = settings.get(key);
    if (setting === undefined) {
      setting = coreRegisters.push({ ...shared, vmin: low, vmax: high }) - 1;
      settings.set(key, setting);
    }
    coreRegisterOf[i] = setting;
  }
  return coreRegisters.length === 1
    ? { coreRegisters, coreRegisterOf: null }
    : { coreRegisters, coreRegisterOf };
}
