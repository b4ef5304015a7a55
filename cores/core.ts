/** One neuro-core: views on its block of memory, bound by the address of its descriptor and by nothing else. */
import { type CoreState, clearState, readState, writeState } from './core-state.js';
import { COUNTER_COUNT, STEPS, UPDATES_ACTIVE } from './counter-index.js';
import { type CoreCounters, count, readCounters } from './counters.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import type { RegisterColumn } from './image.js';
import type { Rules } from './profile.js';
import { isResetDue } from './soma.js';

export interface CoreFault {
  readonly kind: 'input' | 'current' | 'bias' | 'voltage';
  readonly compartment: number;
  readonly step: number;
}

const FAULT_KINDS = ['input', 'current', 'bias', 'voltage'] as const;

/**
 * Columns of compartments have length N_PADDED; the lanes beyond `n` hold zeros. Columns that the core's
 * registers make pointless are null (descriptor.ts says when).
 */
export class Core {
  /** Byte address of the descriptor. */
  readonly address: number;
  readonly descriptor: Int32Array;
  /** Compartments. */
  readonly n: number;
  readonly inAxons: number;

  readonly u: Int32Array;
  readonly v: Int32Array;
  readonly refractUntil: Int32Array;
  readonly keepU: Int32Array;
  readonly keepV: Int32Array;
  readonly vth: Int32Array;
  readonly bias: Int32Array;
  readonly refract: Int32Array;
  readonly noiseEnable: Int32Array | null;
  readonly noiseRaw: Int32Array | null;
  readonly vreset: Int32Array | null;
  readonly vthLo: Int32Array | null;

  readonly acc: Int32Array;
  readonly touched: Uint8Array;
  readonly bankShift: Int32Array;
  readonly awake: Uint8Array;
  readonly restActive: Uint8Array;

  readonly axonSegments: Uint32Array;
  readonly segments: Int32Array;
  readonly inbox: Int32Array;
  /** Compartments that fired in the last step: the first `firedCount` words, ascending, bit 31 set for a spike of -1. */
  readonly fired: Uint32Array;
  /** Spikes per compartment since the start, 64-bit little-endian pairs. */
  readonly spikeCounts: Uint32Array;
  readonly counterWords: Uint32Array;

  /** The whole memory, in which synapse lists lie. */
  readonly i8: Int8Array;
  readonly i16: Int16Array;
  readonly i32: Int32Array;

  /** Binds to a core that `placeCore` wrote at `address`. */
  constructor(memory: ArrayBufferLike, address: number) {
    this.address = address;
    const d = new Int32Array(memory, address, D.DESCRIPTOR_WORDS);
    this.descriptor = d;
    this.n = d[D.N]!;
    this.inAxons = d[D.IN_AXONS]!;
    const padded = d[D.N_PADDED]!;
    const at = (word: number): number => d[word]! >>> 0;
    const column = (word: number): Int32Array => new Int32Array(memory, at(word), padded);
    const optional = (word: number): Int32Array | null => (at(word) === 0 ? null : column(word));

    this.u = column(D.U_AT);
    this.v = column(D.V_AT);
    this.refractUntil = column(D.REFRACT_UNTIL_AT);
    this.keepU = column(D.KEEP_U_AT);
    this.keepV = column(D.KEEP_V_AT);
    this.vth = column(D.VTH_AT);
    this.bias = column(D.BIAS_AT);
    this.refract = column(D.REFRACT_AT);
    this.noiseEnable = optional(D.NOISE_ENABLE_AT);
    this.noiseRaw = optional(D.NOISE_RAW_AT);
    this.vreset = optional(D.VRESET_AT);
    this.vthLo = optional(D.VTH_LO_AT);

    const size = d[D.SLOTS]! << d[D.STRIDE_BITS]!;
    const blocks = padded / D.BLOCK;
    this.acc = new Int32Array(memory, at(D.ACC_AT), d[D.BANKS]! * size);
    this.touched = new Uint8Array(memory, at(D.TOUCHED_AT), size / D.BLOCK);
    this.bankShift = new Int32Array(memory, at(D.BANK_SHIFT_AT), d[D.BANKS]!);
    this.awake = new Uint8Array(memory, at(D.AWAKE_AT), blocks);
    this.restActive = new Uint8Array(memory, at(D.REST_ACTIVE_AT), blocks);

    this.axonSegments = new Uint32Array(memory, at(D.AXON_SEGMENTS_AT), this.inAxons + 1);
    const segments = this.axonSegments[this.inAxons]!;
    this.segments = new Int32Array(memory, at(D.SEGMENTS_AT), segments * D.SEGMENT_WORDS);
    const inboxWords = d[D.INBOX_CAPACITY]! * (d[D.PAYLOADS]! + 1);
    this.inbox = new Int32Array(memory, at(D.INBOX_AT), inboxWords);
    this.fired = new Uint32Array(memory, at(D.FIRED_AT), padded);
    this.spikeCounts = new Uint32Array(memory, at(D.SPIKE_COUNT_AT), 2 * padded);
    this.counterWords = new Uint32Array(memory, at(D.COUNTERS_AT), 2 * COUNTER_COUNT);

    this.i8 = new Int8Array(memory);
    this.i16 = new Int16Array(memory, 0, memory.byteLength >>> 1);
    this.i32 = new Int32Array(memory, 0, memory.byteLength >>> 2);
  }

  get firedCount(): number {
    return this.descriptor[D.FIRED_COUNT]!;
  }

  /**
   * Adds a message for the coming step; false when the inbox is full. `payload` (an i32, default 1)
   * multiplies the weights and must be 1 on a core placed without payloads.
   * Throws E_USAGE for an axon that does not exist or a payload where there can be none, E_OVERFLOW for a
   * payload that could carry a sum of inputs out of 32 bits.
   */
  push(axon: number, payload = 1): boolean {
    const d = this.descriptor;
    const filled = d[D.INBOX_COUNT]!;
    if (axon >>> 0 >= this.inAxons) {
      throw new SeamountError(
        'E_USAGE',
        `core ${d[D.CORE_ID]} has no in-axon ${axon} (it has ${this.inAxons})`,
      );
    }
    if (payload !== 1) this.#checkPayload(axon, payload);
    if (filled === d[D.INBOX_CAPACITY]) return false;
    if (d[D.PAYLOADS] === 1) {
      this.inbox[2 * filled] = axon;
      this.inbox[2 * filled + 1] = payload;
    } else {
      this.inbox[filled] = axon;
    }
    d[D.INBOX_COUNT] = filled + 1;
    return true;
  }

  #checkPayload(axon: number, payload: number): void {
    const d = this.descriptor;
    if (d[D.PAYLOADS] !== 1 || !Number.isInteger(payload)) {
      const what = d[D.PAYLOADS] === 1 ? 'takes integer payloads' : 'was placed without payloads';
      throw new SeamountError('E_USAGE', `core ${d[D.CORE_ID]} ${what}, got ${payload}`);
    }
    const limit = d[D.PAYLOAD_LIMIT]!;
    if (Math.abs(payload) <= limit) return;
    throw new SeamountError(
      'E_OVERFLOW',
      `payload ${payload} at in-axon ${axon} of core ${d[D.CORE_ID]} could carry a sum of inputs out of 32 bits; the limit there is ${limit}`,
      'send smaller payloads, or use smaller weights on this core',
    );
  }

  /** Whether step t changes nothing on this core but its clock: then `skip(t)` may replace deliver and integrate. */
  isQuiet(t: number): boolean {
    const d = this.descriptor;
    return (
      d[D.AWAKE_BLOCKS] === 0 &&
      d[D.INBOX_COUNT] === 0 &&
      d[D.LAST_TOUCHED]! < t &&
      (d[D.REST_ACTIVE_TOTAL] === 0 || !isResetDue(d, t))
    );
  }

  /** Whether every step from t on is quiet, until a message arrives. */
  isResting(t: number): boolean {
    const d = this.descriptor;
    return this.isQuiet(t) && (d[D.REST_ACTIVE_TOTAL] === 0 || d[D.RESET_INTERVAL] === 0);
  }

  /** Accounts for quiet steps t .. t + steps - 1 as `integrate` would. */
  skip(_t: number, steps = 1): void {
    const active = this.descriptor[D.REST_ACTIVE_TOTAL]!;
    this.descriptor[D.FIRED_COUNT] = 0;
    count(this.counterWords, STEPS, steps);
    // `count` takes 32 bits at a time
    const most = active === 0 ? steps : Math.floor(0xffff_ffff / active);
    for (let left = steps; left > 0; left -= most) {
      count(this.counterWords, UPDATES_ACTIVE, active * Math.min(left, most));
    }
  }

  /** Steps v of compartment i is still held after step t. */
  refractoryCount(i: number, t: number): number {
    return Math.max(0, this.refractUntil[i]! - t - 1);
  }

  /**
   * v of compartment i as a probe reads it after step t. With `countdown` a compartment that fired reads
   * 128 x the steps until it integrates again, as the chip's register does.
   */
  voltage(i: number, t: number, readout: Rules['refractoryReadout']): number {
    const remaining = this.refractUntil[i]! - t;
    return readout === 'countdown' && remaining > 0 ? 128 * remaining : this.v[i]!;
  }

  counters(): CoreCounters {
    return readCounters(this.counterWords, this.n);
  }

  /** The first overflow that stops the run, or null. */
  fault(): CoreFault | null {
    const d = this.descriptor;
    const code = d[D.FAULT]!;
    if (code === 0) return null;
    return { kind: FAULT_KINDS[code - 1]!, compartment: d[D.FAULT_COMPARTMENT]!, step: d[D.FAULT_STEP]! };
  }

  /** State after step t (0 before the first). The inbox must be empty. */
  readState(t: number): CoreState {
    return readState(this, t);
  }

  /** Makes the core as it was after step t, exactly. Throws E_INPUT when the state is not of such a core. */
  writeState(t: number, state: CoreState): void {
    writeState(this, t, state);
  }

  /** State before step 1: u and v as given (default 0), nothing on its way, counters 0, no fault. */
  resetState(u0: RegisterColumn = 0, v0: RegisterColumn = 0): void {
    clearState(this);
    fillColumn(this.u, this.n, u0);
    fillColumn(this.v, this.n, v0);
  }

  /**
   * Takes the raw noise draws of the next step (length n) from the host instead of the generator, from now
   * on. Throws E_USAGE on a core without noise or for draws the profile's generator could not make.
   */
  injectNoise(raw: ArrayLike<number>): void {
    const d = this.descriptor;
    if (this.noiseRaw === null || raw.length !== this.n) {
      throw new SeamountError(
        'E_USAGE',
        `core ${d[D.CORE_ID]} cannot take ${raw.length} noise draws: it has ${this.noiseRaw === null ? 'no noise' : `${this.n} compartments`}`,
      );
    }
    const min = d[D.NOISE_MIN]!;
    const max = min + d[D.NOISE_SPAN]! - 1;
    for (let i = 0; i < this.n; i++) {
      const draw = raw[i]!;
      if (!(draw >= min && draw <= max)) {
        throw new SeamountError('E_USAGE', `noise draw ${draw} is outside ${min}..${max}`);
      }
      this.noiseRaw[i] = draw;
    }
    d[D.NOISE_INJECTED] = 1;
  }
}

/** Writes a register column into the first n lanes. */
export function fillColumn(target: Int32Array, n: number, column: RegisterColumn): void {
  if (typeof column === 'number') target.fill(column, 0, n);
  else target.set(column.subarray(0, n));
}
