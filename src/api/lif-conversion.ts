/** Physical units to registers, with every rounding kept. */
import type { Rules, Violation } from '../../cores/index.js';
import type { ConversionReport } from '../compiler/report.js';
import type { LifParameters } from './lif-cell.js';

/** Registers of a converted population, each an array of n. */
export interface LifRegisters {
  readonly du: Int32Array;
  readonly dv: Int32Array;
  readonly vthMant: Int32Array;
  readonly biasMant: Int32Array;
  readonly biasExp: Int32Array;
  readonly refract: Int32Array;
  readonly v0: Int32Array;
}

export interface LifConversion {
  readonly registers: LifRegisters;
  readonly report: ConversionReport;
  /** What does not fit the registers at all. */
  readonly violations: readonly Violation[];
}

export interface LifConversionOptions {
  /** ms per step */
  readonly dt: number;
  readonly rules: Rules;
  /** For the report. Default `neuron`. */
  readonly label?: string;
}

/** Converts n neurons. Nothing is thrown: see `violations`. */
export function convertLif(
  parameters: LifParameters,
  n: number,
  options: LifConversionOptions,
): LifConversion {
  throw new Error(`not yet ${parameters.tau_m} ${n} ${options.dt}`);
}
