/** The two ways to run a core's step, bit for bit the same: scalar TypeScript or SIMD kernels. */
import type { Core } from './core.js';
import { deliver } from './delivery.js';
import { integrate } from './soma.js';
import { createWasmBackend } from './wasm-backend.js';

export type BackendKind = 'scalar' | 'wasm';

export interface Backend {
  readonly name: BackendKind;
  /** Empties the inbox into the delay line: what the messages of step t weigh, at steps t + delay. */
  deliver(core: Core, t: number): void;
  /** Consumes the inputs of step t, updates all compartments, fills `core.fired`; returns how many fired. */
  integrate(core: Core, t: number): number;
}

const SCALAR: Backend = { name: 'scalar', deliver, integrate };

/** A backend for cores in `memory`. Throws E_USAGE where the wasm kernels cannot run. */
export async function createBackend(memory: WebAssembly.Memory, kind: BackendKind): Promise<Backend> {
  return kind === 'scalar' ? SCALAR : createWasmBackend(memory);
}
