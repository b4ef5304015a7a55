/**
 * A shard's log of spikes, read by the host between legs (recorder.ts): for every step with spikes its
 * number, how many there are, and their words (aer.ts).
 */
import { SHARD_LOG_USED, shardWord } from './control.js';
import type { ShardPlan } from './memory-plan.js';

const HEAD = 2;

export class SpikeLog {
  readonly #words: Uint32Array;
  /** By own neuron, then own source: 1 = log it. Null logs all. */
  readonly #recorded: Uint8Array | null;
  readonly #control: Int32Array;
  readonly #usedWord: number;
  readonly #room: number;
  #used = 0;
  #begin = 0;

  /** @param own neurons and sources of the shard */
  constructor(buffer: ArrayBufferLike, control: Int32Array, shard: number, plan: ShardPlan, own: number) {
    this.#words = new Uint32Array(buffer, plan.logAt, plan.logWords);
    this.#recorded = plan.recordedAt === 0 ? null : new Uint8Array(buffer, plan.recordedAt, own);
    this.#control = control;
    this.#usedWord = shardWord(shard, SHARD_LOG_USED);
    this.#room = plan.logWords - plan.logMost;
  }

  /** Takes up what the host left: nothing, or the log of an earlier slice of the leg. */
  resume(): void {
    this.#used = this.#control[this.#usedWord]!;
  }

  /** Starts a step. */
  open(): void {
    this.#begin = this.#used;
    this.#used += HEAD;
  }

  /** Logs one spike of the shard's neuron or source number `own`. */
  add(own: number, word: number): void {
    if (this.#words.length === 0 || (this.#recorded !== null && this.#recorded[own] === 0)) return;
    this.#words[this.#used++] = word;
  }

  /** Byte address of the next word, for those who write in it themselves; 0 when nothing is logged. */
  get nextAt(): number {
    return this.#words.length === 0 ? 0 : this.#words.byteOffset + 4 * this.#used;
  }

  /** Takes up what was written up to byte address `next`. */
  takeUpTo(next: number): void {
    if (next !== 0) this.#used = (next - this.#words.byteOffset) / 4;
  }

  /** Ends step `t`. True when the log might not hold another step. */
  close(t: number): boolean {
    const count = this.#used - this.#begin - HEAD;
    if (count > 0) {
      this.#words[this.#begin] = t;
      this.#words[this.#begin + 1] = count;
    } else {
      this.#used = this.#begin;
    }
    this.#control[this.#usedWord] = this.#used;
    return this.#used > this.#room;
  }
}
