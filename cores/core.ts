/** One neuro-core: views on its block of memory, bound by the address of its descriptor and by nothing else. */
import type { CoreCounters } from './counters.js';
import type { RegisterColumn } from './image.js';

/** What a core remembers after step t, without addresses or host-side sleep: equal states behave alike. */
export interface CoreState {
  /** length n */
  readonly u: Int32Array;
  readonly v: Int32Array;
  /** Steps v is still held after step t, length n. */
  readonly refractory: Int32Array;
  /**
   * Inputs on their way: quadruples (k, bank, compartment, sum) ascending, sum != 0 in units of 64,
   * arriving at step t + 1 + k.
   */
  readonly pending: Int32Array;
  /** 64-bit counts as little-endian pairs: spikes per compartment (length 2n), and the core's counters. */
  readonly spikeCounts: Uint32Array;
  readonly counters: Uint32Array;
}

export interface CoreFault {
  readonly kind: 'input' | 'current' | 'bias' | 'voltage';
  readonly compartment: number;
  readonly step: number;
}

export class Core {
  readonly address: number;
  readonly n: number;
  readonly inAxons: number;
  /** Compartments that fired in the last step: the first `firedCount` words, ascending, bit 31 set for a spike of -1. */
  readonly fired: Uint32Array = new Uint32Array(0);
  /** length n (and padding) */
  readonly u: Int32Array = new Int32Array(0);
  readonly v: Int32Array = new Int32Array(0);
  /** Spikes per compartment since the start, 64-bit little-endian pairs. */
  readonly spikeCounts: Uint32Array = new Uint32Array(0);

  constructor(memory: ArrayBufferLike, address: number) {
    this.address = address;
    this.n = memory.byteLength;
    this.inAxons = 0;
  }

  get firedCount(): number {
    return 0;
  }

  /**
   * Adds a message for the coming step; false when the inbox is full. `payload` (default 1) multiplies the
   * weights and must be 1 on a core placed without payloads.
   * Throws E_USAGE for an axon that does not exist, E_OVERFLOW for a payload that could overflow a sum.
   */
  push(axon: number, payload?: number): boolean {
    return axon === payload;
  }

  /** Whether step t changes nothing on this core but its clock: then `skip(t)` may replace deliver and integrate. */
  isQuiet(t: number): boolean {
    return t < 0;
  }

  /** Accounts for a quiet step as `integrate` would. */
  skip(t: number): void {
    this.isQuiet(t);
  }

  /** Steps v of compartment i is still held after step t. */
  refractoryCount(i: number, t: number): number {
    return i + t;
  }

  counters(): CoreCounters {
    throw new Error('stub');
  }

  /** The first overflow that stops the run, or null. */
  fault(): CoreFault | null {
    return null;
  }

  /** State after step t (0 before the first). The inbox must be empty. */
  readState(t: number): CoreState {
    throw new Error(`stub ${t}`);
  }

  /** Makes the core as it was after step t, exactly. Throws E_INPUT when the state is not of such a core. */
  writeState(t: number, state: CoreState): void {
    throw new Error(`stub ${t} ${state.u.length}`);
  }

  /** State before step 1: u and v as given (default 0), nothing on its way, counters 0, no fault. */
  resetState(u0: RegisterColumn = 0, v0: RegisterColumn = 0): void {
    throw new Error(`stub ${u0} ${v0}`);
  }

  /** Takes the raw noise draws of the next step (length n) from the host instead of the generator, from now on. */
  injectNoise(raw: Int32Array): void {
    throw new Error(`stub ${raw.length}`);
  }
}
