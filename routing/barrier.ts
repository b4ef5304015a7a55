/**
 * The end of a timestep: every shard waits here until all have arrived (on the chip, a wave of barrier
 * messages). A generation counter on Atomics: the last to arrive advances it, the others wait for that.
 *
 * A wait first spins, and only where every shard can have a CPU of its own (two threads: 0.3 us spinning against
 * 25 us asleep; spinning while oversubscribed costs the time slice of the thread waited for). It spins for longer
 * than shards of most networks differ in a step. Whoever is not there by then is probably not running: `takeApart`
 * says so, and the shards may go on in one thread (head-start.ts). A network whose shards do differ by more is not kept from
 * its threads by that: every time it takes twice as many such waits.
 * Then it sleeps in slices, looks at the abort word between them, and gives up after `stallMs`.
 */
import {
  ABORT,
  abort,
  BARRIER_COUNT,
  BARRIER_GENERATION,
  BARRIER_WAITERS,
  SHARD_ARRIVED,
  shardWord,
} from './control.js';

export interface BarrierOptions {
  readonly shard: number;
  readonly shards: number;
  /** Looks at the generation before going to sleep; 0 where shards share CPUs. */
  readonly spins: number;
  /** Milliseconds to wait for the others before the run is given up. */
  readonly stallMs: number;
}

/** Longest sleep without a look at the abort word, in ms. */
const SLICE_MS = 100;
/** So many waits in a row that looking did not end, and it is not tried again for so many barriers. */
const MISSES = 8;
const REST = 512;
/** Waits in vain until shards are said to be apart: at most, and after how many others half as many. */
const MOST_PATIENCE = 512;
const CALM = 4096;

export class Barrier {
  readonly #words: Int32Array;
  readonly #options: BarrierOptions;
  #missed = 0;
  #resting = 0;
  #patience = 1;
  #inVain = 0;
  #calm = 0;

  /** @param words the control block (control.ts) */
  constructor(words: Int32Array, options: BarrierOptions) {
    this.#words = words;
    this.#options = options;
  }

  /** Whether a thread was waited for in vain, often enough to go on without it. Asked once. */
  takeApart(): boolean {
    if (this.#inVain < this.#patience) return false;
    this.#inVain = 0;
    this.#patience = Math.min(MOST_PATIENCE, 2 * this.#patience);
    return true;
  }

  /** Waits for all shards. False when the run was aborted instead, by whomever. */
  meet(): boolean {
    const words = this.#words;
    const { shard, shards, spins } = this.#options;
    const generation = Atomics.load(words, BARRIER_GENERATION);
    Atomics.store(words, shardWord(shard, SHARD_ARRIVED), generation + 1);
    if (Atomics.add(words, BARRIER_COUNT, 1) === shards - 1) {
      Atomics.store(words, BARRIER_COUNT, 0);
      Atomics.store(words, BARRIER_GENERATION, (generation + 1) | 0);
      // a shard that counts itself as a waiter later finds the generation changed and does not sleep
      if (Atomics.load(words, BARRIER_WAITERS) !== 0) Atomics.notify(words, BARRIER_GENERATION);
      return true;
    }
    if (this.#resting > 0) {
      this.#resting--;
      return this.#sleep(generation);
    }
    for (let i = 0; i < spins; i++) {
      if (Atomics.load(words, BARRIER_GENERATION) === generation) continue;
      this.#missed = 0;
      if (++this.#calm === CALM) {
        this.#calm = 0;
        this.#patience = Math.max(1, this.#patience >> 1);
      }
      return true;
    }
    if (spins > 0) this.#inVain++;
    if (++this.#missed === MISSES) {
      this.#missed = 0;
      this.#resting = REST;
    }
    return this.#sleep(generation);
  }

  #sleep(generation: number): boolean {
    const words = this.#words;
    let left = this.#options.stallMs;
    Atomics.add(words, BARRIER_WAITERS, 1);
    while (Atomics.load(words, BARRIER_GENERATION) === generation) {
      if (Atomics.load(words, ABORT) !== 0) break;
      const slice = Math.min(SLICE_MS, left);
      if (Atomics.wait(words, BARRIER_GENERATION, generation, slice) !== 'timed-out') continue;
      left -= slice;
      if (left <= 0) this.#giveUp(generation);
    }
    Atomics.sub(words, BARRIER_WAITERS, 1);
    return Atomics.load(words, BARRIER_GENERATION) !== generation;
  }

  #giveUp(generation: number): void {
    const { shard, shards } = this.#options;
    let other = 0;
    while (other < shards - 1 && this.#hasArrived(other, generation)) other++;
    if (!this.#hasArrived(other, generation)) abort(this.#words, { kind: 'stalled', shard, other });
  }

  #hasArrived(shard: number, generation: number): boolean {
    return Atomics.load(this.#words, shardWord(shard, SHARD_ARRIVED)) !== generation;
  }
}
