/**
 * All shards in the calling thread, taking turns. For small networks, for pages without shared memory, and
 * for closed loops, where a message to another thread would cost more than the step.
 */
import { SeamountError } from '../cores/index.js';
import { FLAGS, FLAGS_ODD, LEG_START, LEG_TARGET, SHARD_STEP, shardWord } from './control.js';
import type { ShardJob } from './job.js';
import type { Crew, Pool } from './pool.js';
import { controlOf, openTick } from './run-shard.js';
import { runSteps } from './steps.js';
import type { Tick } from './tick.js';

/** Between looks at the event loop, so that signals, timers and progress get their turn, in ms. Short legs count together. */
const SLICE_MS = 25;
const FIRST_SLICE_STEPS = 16;
const MAX_SLICE_STEPS = 1 << 20;

export class InlinePool implements Pool {
  readonly threads = false;
  readonly parallelism = 1;

  async open(jobs: readonly ShardJob[]): Promise<Crew> {
    const ticks = await Promise.all(jobs.map((job) => openTick(job, null)));
    return new InlineCrew(ticks, controlOf(jobs[0]!));
  }
}

class InlineCrew implements Crew {
  readonly legNow: () => void;
  readonly #ticks: readonly Tick[];
  readonly #control: Int32Array;
  #sliceSteps = FIRST_SLICE_STEPS;
  #yieldedAt = 0;
  #closed = false;

  constructor(ticks: readonly Tick[], control: Int32Array) {
    this.#ticks = ticks;
    this.#control = control;
    this.legNow = () => {
      this.#run(this.#begin(), control[LEG_TARGET]!);
    };
  }

  async leg(): Promise<void> {
    const target = this.#control[LEG_TARGET]!;
    for (let first = this.#begin(); first <= target; ) {
      const last = Math.min(target, first + this.#sliceSteps - 1);
      const started = performance.now();
      if (this.#run(first, last) !== 0) return;
      const ended = performance.now();
      const took = ended - started;
      if (took < SLICE_MS / 2 && this.#sliceSteps < MAX_SLICE_STEPS) this.#sliceSteps *= 2;
      else if (took > SLICE_MS && this.#sliceSteps > 1) this.#sliceSteps >>= 1;
      first = last + 1;
      if (first > target && ended - this.#yieldedAt < SLICE_MS) return;
      await yieldToEvents();
      this.#yieldedAt = performance.now();
      if (this.#closed) throw new SeamountError('E_USAGE', 'the chip was closed during a run');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #begin(): number {
    const first = this.#control[LEG_START]! + 1;
    this.#control[FLAGS] = 0;
    this.#control[FLAGS_ODD] = 0;
    for (const tick of this.#ticks) tick.begin(first);
    return first;
  }

  #run(first: number, last: number): number {
    try {
      return runSteps(this.#ticks, first, last).flags;
    } catch (cause) {
      if (cause instanceof SeamountError) throw cause;
      const step = this.#control[shardWord(0, SHARD_STEP)];
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new SeamountError('E_WORKER', `step ${step} failed: ${said}`, '', { cause });
    }
  }
}

/** Lets everything that waits in the event loop run once: setImmediate where there is one, else a message to oneself. */
function yieldToEvents(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
