/** The two ways to run a cluster's step, bit for bit the same: scalar TypeScript or SIMD kernels. */
import type { Cluster } from './cluster.js';
import { deliver, deliverSpikes } from './delivery.js';
import { emit } from './outbox.js';
import { integrate } from './soma.js';
import { createWasmBackend } from './wasm-backend.js';

export type BackendKind = 'scalar' | 'wasm';

export interface Backend {
  readonly name: BackendKind;
  /** Empties the inbox into the delay line: what the messages of step t weigh, at steps t + delay. */
  deliver(cluster: Cluster, t: number): void;
  /** The same for `count` spike words (a row, bit 31 set for a spike of -1) at index `at` of the memory's 32-bit words. */
  deliverSpikes(cluster: Cluster, t: number, at: number, count: number): void;
  /** Consumes the inputs of step t, updates all compartments, fills `cluster.fired`; returns how many fired. */
  integrate(cluster: Cluster, t: number): number;
  /** Hands what fired to the log and the boxes of the outbox at index `outbox` of the memory's 32-bit words. */
  emit(cluster: Cluster, outbox: number): void;
}

const SCALAR: Backend = { name: 'scalar', deliver, deliverSpikes, integrate, emit };

/** A backend for clusters in `memory`. Throws E_USAGE where the wasm kernels cannot run. */
export async function createBackend(memory: WebAssembly.Memory, kind: BackendKind): Promise<Backend> {
  return kind === 'scalar' ? SCALAR : createWasmBackend(memory);
}
