/** Samples u and v of a shard's probed neurons into its trace buffer, read by the host between legs. */
import type { Core } from '../cores/index.js';
import { SHARD_TRACE_USED, shardWord } from './control.js';
import { isDue, type TraceJob } from './job.js';
import type { ShardPlan } from './memory-plan.js';

export class Sampler {
  readonly #jobs: readonly TraceJob[];
  readonly #cores: readonly Core[];
  readonly #memory: Int32Array;
  readonly #samples: Int32Array;
  readonly #control: Int32Array;
  readonly #usedWord: number;
  readonly #room: number;
  #used = 0;

  constructor(
    buffer: ArrayBufferLike,
    control: Int32Array,
    shard: number,
    plan: ShardPlan,
    jobs: readonly TraceJob[],
    cores: readonly Core[],
  ) {
    this.#jobs = jobs;
    this.#cores = cores;
    this.#memory = new Int32Array(buffer);
    this.#samples = new Int32Array(buffer, plan.traceAt, plan.traceWords);
    this.#control = control;
    this.#usedWord = shardWord(shard, SHARD_TRACE_USED);
    this.#room = plan.traceWords - plan.traceMost;
  }

  /** Takes up what the host left: nothing, or the samples of an earlier slice of the leg. */
  resume(): void {
    this.#used = this.#control[this.#usedWord]!;
  }

  /** Samples what is due after step `t`. True when the buffer might not hold another step. */
  sample(t: number): boolean {
    if (this.#jobs.length === 0) return false;
    const memory = this.#memory;
    const samples = this.#samples;
    let used = this.#used;
    for (const job of this.#jobs) {
      if (!isDue(job, t)) continue;
      const { words } = job;
      for (let i = 0; i < words.length; i++) samples[used + i] = memory[words[i]!]!;
      if (job.countdown !== null) this.#readCountdown(job.countdown, t, used);
      used += words.length;
    }
    this.#used = used;
    this.#control[this.#usedWord] = used;
    return used > this.#room;
  }

  /** Where v reads as a countdown while refractory, the register alone does not tell. */
  #readCountdown(at: NonNullable<TraceJob['countdown']>, t: number, start: number): void {
    for (let i = 0; i < at.cores.length; i++) {
      const core = this.#cores[at.cores[i]!]!;
      this.#samples[start + i] = core.voltage(at.compartments[i]!, t, 'countdown');
    }
  }
}
