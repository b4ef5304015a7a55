/** One recorded neuron's parameters, and the registers that hold them under a profile. */
import {
  type CompartmentRegisterName,
  type CompartmentRegisters,
  type CoreRegisterName,
  type CoreRegisters,
  checkCompartmentRegister,
  checkCoreRegister,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Rules,
} from '../../cores/index.js';
import type { Complaints } from './complaints.js';
import type { Fields } from './fields.js';

const V_LIMIT = 2 ** 23 - 1;

/** As recorded; `du` and `dv` with the chip's offsets, so that u loses (du + 1)/4096 and v loses dv/4096 a step. */
export interface NeuronRecord {
  readonly path: string;
  /** -1..4095: -1 is a current that does not decay. */
  readonly du: number;
  readonly dv: number;
  readonly vthMant: number;
  readonly biasMant: number;
  readonly biasExp: number;
  readonly refract: number;
  readonly vmin: number;
  readonly vmax: number;
  /** Lower threshold; null where spikes have one sign. */
  readonly vthLoMant: number | null;
  /** 0 = never */
  readonly resetInterval: number;
  readonly resetOffset: number;
}

/** Reads `params` of a `lif` or `lif-variants` case. */
export function readNeuron(params: Fields): NeuronRecord {
  const isTernary = params.has('vthHiMant') || params.has('vthLoMant');
  const record = {
    path: params.path,
    ...readDecays(params),
    vthMant: params.int(isTernary ? 'vthHiMant' : 'vthMant', { min: 0, max: 131_071 }),
    biasMant: params.int('biasMant', { min: -4096, max: 4095 }, 0),
    biasExp: params.int('biasExp', { min: -31, max: 7 }, 0),
    refract: params.int('refract', { min: 0, max: 64 }, 1),
    vmin: params.int('vmin', { max: 0 }, -V_LIMIT),
    vmax: params.int('vmax', { min: 0 }, V_LIMIT),
    vthLoMant: isTernary ? params.int('vthLoMant', { min: -131_071, max: 0 }) : null,
    resetInterval: params.int('resetInterval', { min: 0 }, 0),
    resetOffset: params.int('resetOffset', { min: 0 }, 0),
  };
  params.finish();
  return record;
}

/** `du`/`dv` in the chip's convention, or `decayI`/`decayV` without offsets. */
export function readDecays(params: Fields): { du: number; dv: number } {
  return {
    du: params.has('decayI')
      ? params.int('decayI', { min: 0, max: 4096 }) - 1
      : params.int('du', { min: 0, max: 4095 }),
    dv: params.int(params.has('decayV') ? 'decayV' : 'dv', { min: 0, max: 4096 }),
  };
}

/** Registers of a one-compartment core, or complaints saying which value the profile cannot hold. */
export function neuronRegisters(
  record: NeuronRecord,
  rules: Rules,
  complaints: Complaints,
): { readonly compartments: CompartmentRegisters; readonly registers: CoreRegisters } {
  const compartments: CompartmentRegisters = {
    ...DEFAULT_COMPARTMENT,
    du: record.du + 1 - rules.dsOffset,
    dv: record.dv - rules.dmOffset,
    vthMant: record.vthMant,
    biasMant: record.biasMant,
    biasExp: record.biasExp,
    refract: record.refract,
    ...(record.vthLoMant === null ? {} : { vthLoMant: record.vthLoMant }),
  };
  const registers: CoreRegisters = {
    ...DEFAULT_CORE(rules),
    vmin: record.vmin,
    vmax: record.vmax,
    ternary: record.vthLoMant !== null,
    resetInterval: record.resetInterval,
    resetOffset: record.resetInterval === 0 ? 0 : record.resetOffset % record.resetInterval,
  };
  checkRegisters(compartments, registers, rules, record.path, complaints);
  return { compartments, registers };
}

const HINT = 'the profile has no such register value; --profile names another';

/** Complains of every register the profile cannot hold. Compartment registers are single numbers here. */
export function checkRegisters(
  compartments: CompartmentRegisters,
  registers: CoreRegisters,
  rules: Rules,
  path: string,
  complaints: Complaints,
): void {
  for (const [name, value] of Object.entries(compartments)) {
    if (typeof value !== 'number') continue;
    const problem = checkCompartmentRegister(name as CompartmentRegisterName, value, rules);
    if (problem !== null) complaints.add(path, problem, HINT);
  }
  for (const [name, value] of Object.entries(registers)) {
    const isRange = name === 'vmin' || name === 'vmax';
    const problem =
      isRange && rules.voltage !== 'registers' && Math.abs(Number(value)) !== V_LIMIT
        ? `${name} is ${value}, but the profile has no voltage range registers`
        : checkCoreRegister(name as CoreRegisterName, value, rules);
    if (problem !== null) complaints.add(path, problem, HINT);
  }
}
