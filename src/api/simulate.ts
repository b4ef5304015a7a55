/** Compile and run in one call. */
import type { ChipImage, Recording } from '../../routing/index.js';
import type { CompileOptions } from '../compiler/compile.js';
import type { CompileReport } from '../compiler/report.js';
import type { Network } from './network.js';

export interface SimulateOptions extends CompileOptions {
  readonly steps: number;
  /** Threads. Default 1. */
  readonly workers?: number;
  readonly kernels?: 'wasm' | 'scalar';
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: number) => void;
}

/** Spikes of a population, by step, then neuron. */
export interface PopulationSpikes {
  readonly steps: Uint32Array;
  /** Numbers in the population. */
  readonly neurons: Uint32Array;
  /** -1 or 1 where spikes are ternary, else null. */
  readonly values: Int8Array | null;
}

/** u or v of probed neurons. */
export interface PopulationTrace {
  readonly population: string;
  readonly variable: 'u' | 'v';
  readonly neurons: Uint32Array;
  readonly steps: Uint32Array;
  /** [step][neuron] */
  readonly values: Int32Array;
}

export interface Simulation {
  readonly image: ChipImage;
  /** null when an image was given. */
  readonly report: CompileReport | null;
  readonly steps: number;
  /** By population label. */
  readonly spikes: ReadonlyMap<string, PopulationSpikes>;
  readonly traces: readonly PopulationTrace[];
}

/** Runs a network (or a compiled image) from step 1 and returns all that its probes recorded. */
export async function simulate(target: Network | ChipImage, options: SimulateOptions): Promise<Simulation> {
  throw new Error(`not yet ${options.steps} ${'kind' in target}`);
}

/** As `simulate`, piece by piece: recordings of consecutive steps as the chip hands them out. */
export async function* stream(
  target: Network | ChipImage,
  options: SimulateOptions,
): AsyncGenerator<Recording, void, undefined> {
  throw new Error(`not yet ${options.steps} ${'kind' in target}`);
}
