/** Cores that share one delay line and one synaptic memory: views on a cluster's block of memory. */
import * as C from './cluster-words.js';
import { Core, fillColumn } from './core.js';
import { type CoreState, clearState, readState, settleAll, writeState } from './core-state.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import type { RegisterColumn } from './image.js';
import { payloadLimit } from './payload-limit.js';
import { isResetDue } from './soma.js';

export class Cluster {
  /** Byte address. */
  readonly address: number;
  readonly words: Int32Array;
  readonly cores: readonly Core[];
  readonly rows: number;

  readonly line: Int32Array;
  readonly marks: Uint8Array;
  readonly rowSegments: Uint32Array;
  readonly segments: Int32Array;
  readonly inbox: Int32Array;
  /** Keys of what fired in the last step: the first `firedCount` words, bit 31 set for a spike of -1. */
  readonly fired: Uint32Array;
  /** Synaptic events delivered so far by class (`CLASS_SPARSE` ...), 64-bit little-endian pairs. */
  readonly events: Uint32Array;

  /** The whole memory, in which synapse lists lie. */
  readonly i8: Int8Array;
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;

  /** Binds to a cluster that `placeCluster` wrote at `address`. */
  constructor(memory: ArrayBufferLike, address: number) {
    this.address = address;
    const w = new Int32Array(memory, address, C.CLUSTER_WORDS);
    this.words = w;
    const at = (word: number): number => w[word]! >>> 0;
    this.rows = w[C.ROWS]!;
    this.cores = Array.from(
      { length: w[C.CORES]! },
      (_, i) => new Core(memory, at(C.CORES_AT) + 4 * D.DESCRIPTOR_WORDS * i),
    );
    const size = w[C.LINE_ROWS]! << w[C.LINE_BITS]!;
    this.line = new Int32Array(memory, at(C.LINE_AT), w[C.LINE_BANKS]! * size);
    this.marks = new Uint8Array(memory, at(C.LINE_MARKS_AT), size / D.BLOCK);
    this.rowSegments = new Uint32Array(memory, at(C.ROW_SEGMENTS_AT), this.rows + 1);
    const segments = this.rowSegments[this.rows]!;
    this.segments = new Int32Array(memory, at(C.SEGMENTS_AT), segments * C.SEGMENT_WORDS);
    this.inbox = new Int32Array(memory, at(C.INBOX_AT), 2 * w[C.INBOX_CAPACITY]!);
    this.fired = new Uint32Array(memory, at(C.FIRED_AT), w[C.LANES]!);
    this.events = new Uint32Array(memory, at(C.EVENTS_AT), 2 * C.EVENT_CLASSES);
    this.i8 = new Int8Array(memory);
    this.u8 = new Uint8Array(memory);
    this.i16 = new Int16Array(memory, 0, memory.byteLength / 2);
    this.u16 = new Uint16Array(memory, 0, memory.byteLength / 2);
    this.i32 = new Int32Array(memory, 0, memory.byteLength / 4);
  }

  get firedCount(): number {
    return this.words[C.FIRED_COUNT]!;
  }

  /** Whether some core has a fault, which ends the run. */
  get isFaulty(): boolean {
    return this.words[C.FAULTY] !== 0;
  }

  /** Whether messages to `row` reach anything here. */
  reaches(row: number): boolean {
    return this.rowSegments[row + 1]! > this.rowSegments[row]!;
  }

  /**
   * Adds a message for the coming step; false when the inbox is full. `payload` (an i32, default 1)
   * multiplies the weights and must be 1 in a cluster placed without payloads.
   * Throws E_USAGE for a row that does not exist or a payload where there can be none, E_OVERFLOW for a
   * payload that could carry a sum of inputs out of 32 bits.
   */
  push(row: number, payload = 1): boolean {
    const w = this.words;
    const filled = w[C.INBOX_COUNT]!;
    if (row >>> 0 >= this.rows) {
      throw new SeamountError('E_USAGE', `${this.#name()} has no row ${row} (it has ${this.rows})`);
    }
    if (payload !== 1) this.#checkPayload(row, payload);
    if (filled === w[C.INBOX_CAPACITY]) return false;
    this.inbox[2 * filled] = row;
    this.inbox[2 * filled + 1] = payload;
    w[C.INBOX_COUNT] = filled + 1;
    return true;
  }

  #name(): string {
    const first = this.cores[0]!.descriptor[D.CORE_ID]!;
    return this.cores.length === 1
      ? `core ${first}`
      : `the cluster of cores ${first} to ${first + this.cores.length - 1}`;
  }

  #checkPayload(row: number, payload: number): void {
    const w = this.words;
    if (w[C.PAYLOADS] !== 1 || !Number.isInteger(payload)) {
      const what = w[C.PAYLOADS] === 1 ? 'takes integer payloads' : 'was placed without payloads';
      throw new SeamountError('E_USAGE', `${this.#name()} ${what}, got ${payload}`);
    }
    if (Math.abs(payload) <= w[C.PAYLOAD_LIMIT]!) return;
    const least = payloadLimit(this, row);
    if (least === null || Math.abs(payload) <= least.limit) return;
    throw new SeamountError(
      'E_OVERFLOW',
      `payload ${payload} could carry a sum of inputs of core ${least.core.descriptor[D.CORE_ID]} out of 32 bits; the limit there is ${least.limit}`,
      'send smaller payloads, or use smaller weights on this core',
    );
  }

  /** Whether step t changes nothing here but the clock, so that nothing needs to be done (see `account`). */
  isQuiet(t: number): boolean {
    const w = this.words;
    return (
      w[C.AWAKE_SUM] === 0 &&
      w[C.INBOX_COUNT] === 0 &&
      w[C.LAST_ARRIVAL]! < t &&
      (w[C.RESETTING] === 0 || !this.cores.some((core) => isResetDue(core.descriptor, t)))
    );
  }

  /** Brings the counters of all cores up to step t. */
  account(t: number): void {
    for (const core of this.cores) core.account(t);
  }

  /** State of core i after step t (0 before the first). Throws E_USAGE when messages wait in the inbox. */
  readState(i: number, t: number): CoreState {
    return readState(this, this.cores[i]!, t);
  }

  /** Makes core i as it was after step t, exactly. Throws E_INPUT when the state is not of such a core. */
  writeState(i: number, t: number, state: CoreState): void {
    writeState(this, this.cores[i]!, t, state);
  }

  /** Core i before step 1: u and v as given (default 0), nothing on its way, counters 0, no fault. */
  resetState(i: number, u0: RegisterColumn = 0, v0: RegisterColumn = 0): void {
    const core = this.cores[i]!;
    clearState(this, core, 0);
    fillColumn(core.u, core.n, u0);
    fillColumn(core.v, core.n, v0);
    settleAll(this, core, 0);
  }
}
