/**
 * The SIMD kernels behind the `Backend` interface. The module comes as base64 in a generated file
 * (scripts/build-kernels.mjs), once for shared and once for plain memory, and is compiled once per realm;
 * every memory gets its own instance, which has no state of its own.
 */
import { condense, dissolve } from './active-set.js';
import type { Backend } from './backend.js';
import { Cluster } from './cluster.js';
import { SeamountError } from './errors.js';
import { PLAIN_KERNELS, SHARED_KERNELS } from './kernels.wasm.js';

/** What the module exports; all take the byte address of a cluster. */
interface Kernels {
  readonly deliver: (cluster: number, t: number) => void;
  readonly deliverSpikes: (cluster: number, t: number, at: number, count: number) => void;
  readonly integrate: (cluster: number, t: number) => number;
  readonly emit: (cluster: number, outbox: number) => void;
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * The backend for clusters in `memory`, shared or not. Throws E_USAGE where WebAssembly or its SIMD
 * instructions are missing.
 */
export async function createWasmBackend(memory: WebAssembly.Memory): Promise<Backend> {
  const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const module = await compile(isShared ? SHARED_KERNELS : PLAIN_KERNELS);
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  if (++backends === 2) await forgetTargets(module, isShared);
  return new WasmBackend(instance.exports as unknown as Kernels);
}

let backends = 0;

/**
 * Calls the methods of `WasmBackend` once for another instance. As long as they have called one instance only, its
 * functions are compiled in as constants: fastest, but that code is thrown away with the instance, over and
 * over in a program that opens chip after chip: each run of W3 took 20 ms instead of 11.
 */
async function forgetTargets(module: WebAssembly.Module, shared: boolean): Promise<void> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const backend = new WasmBackend(instance.exports as unknown as Kernels);
  const nobody = new Cluster(memory.buffer, 0);
  backend.deliver(nobody, 1);
  backend.deliverSpikes(nobody, 1, 0, 0);
  backend.integrate(nobody, 1);
  backend.emit(nobody, 0);
}

/** The exports of one instance, which is bound to one memory. */
class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly #kernels: Kernels;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  deliver(cluster: Cluster, t: number): void {
    this.#kernels.deliver(cluster.address, t);
  }

  deliverSpikes(cluster: Cluster, t: number, at: number, count: number): void {
    this.#kernels.deliverSpikes(cluster.address, t, 4 * at, count);
  }

  integrate(cluster: Cluster, t: number): number {
    condense(cluster, t);
    const fired = this.#kernels.integrate(cluster.address, t);
    if (fired >= 0) return fired;
    dissolve(cluster, t);
    return this.#kernels.integrate(cluster.address, t);
  }

  emit(cluster: Cluster, outbox: number): void {
    this.#kernels.emit(cluster.address, 4 * outbox);
  }
}

function compile(base64: string): Promise<WebAssembly.Module> {
  const known = compiled.get(base64);
  if (known !== undefined) return known;
  const module = compileBase64(base64);
  compiled.set(base64, module);
  return module;
}

async function compileBase64(base64: string): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') throw unsupported('there is no WebAssembly here');
  const binary = atob(base64);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw unsupported('its WebAssembly has no 128-bit SIMD', cause);
  }
}

function unsupported(reason: string, cause?: unknown): SeamountError {
  return new SeamountError(
    'E_USAGE',
    `this environment cannot run the wasm kernels: ${reason}`,
    'use the scalar kernels, which compute the same',
    cause === undefined ? undefined : { cause },
  );
}
