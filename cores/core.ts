/** One neuro-core: views on its part of a cluster's memory, bound by the address of its descriptor and by nothing else. */
import { COUNTER_COUNT, STEPS, UPDATES_ACTIVE } from './counter-index.js';
import { type CoreCounters, count, readCounters } from './counters.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import type { RegisterColumn } from './image.js';

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
  readonly theta: Int32Array | null;
  readonly keepTh: Int32Array | null;
  readonly vthStep: Int32Array | null;

  /** The core's lanes of the delay line: compartment i of row r and bank b is at `b * size + (r << strideBits) + i`. */
  readonly acc: Int32Array;
  readonly marks: Uint8Array;
  readonly bankShift: Int32Array;
  readonly awake: Uint8Array;
  readonly restActive: Uint8Array;

  /** Spikes per compartment since the start, 64-bit little-endian pairs. */
  readonly spikeCounts: Uint32Array;
  readonly counterWords: Uint32Array;

  /** Binds to the core whose descriptor is at `address` (place-cluster.ts). */
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
    this.theta = optional(D.THETA_AT);
    this.keepTh = optional(D.KEEP_TH_AT);
    this.vthStep = optional(D.VTH_STEP_AT);

    const size = d[D.SLOTS]! << d[D.STRIDE_BITS]!;
    const blocks = padded / D.BLOCK;
    const lane = d[D.FIRST_LANE]!;
    this.acc = new Int32Array(memory, at(D.ACC_AT), d[D.BANKS]! * size - lane);
    this.marks = new Uint8Array(memory, at(D.MARKS_AT), (size - lane) / D.BLOCK);
    this.bankShift = new Int32Array(memory, at(D.BANK_SHIFT_AT), d[D.BANKS]!);
    this.awake = new Uint8Array(memory, at(D.AWAKE_AT), blocks);
    this.restActive = new Uint8Array(memory, at(D.REST_ACTIVE_AT), blocks);
    this.spikeCounts = new Uint32Array(memory, at(D.SPIKE_COUNT_AT), 2 * padded);
    this.counterWords = new Uint32Array(memory, at(D.COUNTERS_AT), 2 * COUNTER_COUNT);
  }

  /** Accounts for the quiet steps after the last accounted one, up to step t, as updating them would have. */
  account(t: number): void {
    const d = this.descriptor;
    const steps = t - d[D.ACCOUNTED]!;
    if (steps <= 0) return;
    const active = d[D.REST_ACTIVE_TOTAL]!;
    d[D.ACCOUNTED] = t;
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
