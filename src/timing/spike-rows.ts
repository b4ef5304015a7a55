/**
 * What one spike of each neuron costs its own core and every core it reaches, as one row of whole ps for each network
 * id: its core, what it costs there, then what it costs each core. For networks whose sources differ and reach
 * many cores, as the 100,000 of W2 that reach all of 8: a spike is then one cache line and a loop without branches.
 */
import type { MessageTable } from '../../routing/index.js';
import { NO_SOURCE } from './source-keys.js';

/** Words before the costs: core, or one of those below, and cost of sending. */
const HEAD = 2;
const NO_CORE = -1;
const NOBODY = -2;
/** 64 MB, more than is worth it. */
const MOST_WORDS = 1 << 24;
const INT_LIMIT = 2 ** 31;

export interface SpikeCosts {
  readonly keyOfId: Uint32Array;
  /** By key: its core or NO_SOURCE, and ps of sending. */
  readonly core: Uint32Array;
  readonly sending: Float64Array;
  /** By message of the table: ps where it ends. */
  readonly processing: Float64Array;
}

export class SpikeRows {
  readonly #rows: Int32Array;
  readonly #stride: number;
  readonly #cores: number;

  private constructor(rows: Int32Array, stride: number, cores: number) {
    this.#rows = rows;
    this.#stride = stride;
    this.#cores = cores;
  }

  /** Null where rows would be mostly zeros or large, or a cost does not fit 32 bits. */
  static of({ start, to }: MessageTable, cores: number, costs: SpikeCosts): SpikeRows | null {
    const { keyOfId, core, sending, processing } = costs;
    const stride = 2 ** Math.ceil(Math.log2(HEAD + cores));
    if (keyOfId.length * stride > MOST_WORDS || 4 * to.length < keyOfId.length * cores) return null;
    const rows = new Int32Array(keyOfId.length * stride);
    for (let id = 0; id < keyOfId.length; id++) {
      const key = keyOfId[id]!;
      const at = id * stride;
      rows[at] = NOBODY;
      if (key === NO_SOURCE) continue;
      rows[at] = core[key] === NO_SOURCE ? NO_CORE : core[key]!;
      if (sending[key]! >= INT_LIMIT) return null;
      rows[at + 1] = sending[key]!;
      for (let m = start[key]!; m < start[key + 1]!; m++) {
        const cost = rows[at + HEAD + to[m]!]! + processing[m]!;
        if (cost >= INT_LIMIT) return null;
        rows[at + HEAD + to[m]!] = cost;
      }
    }
    return new SpikeRows(rows, stride, cores);
  }

  /** Adds spikes `begin .. end - 1`; returns the index of one whose neuron does not exist, or -1. */
  add(ids: Uint32Array, begin: number, end: number, sent: Float64Array, received: Float64Array): number {
    const rows = this.#rows;
    const cores = this.#cores;
    for (let i = begin; i < end; i++) {
      let at = ids[i]! * this.#stride;
      const core = at < rows.length ? rows[at]! : NOBODY;
      if (core === NOBODY) return i;
      if (core !== NO_CORE) sent[core]! += rows[at + 1]!;
      at += HEAD;
      for (let k = 0; k < cores; k++) received[k]! += rows[at + k]!;
    }
    return -1;
  }
}
