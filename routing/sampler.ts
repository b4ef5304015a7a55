/** Samples u and v of a shard's probed neurons into its trace buffer, read by the host between legs. */
import { type Cluster, currentOf, heldUntil, voltageOf } from '../cores/index.js';
import { SHARD_TRACE_USED, shardWord } from './control.js';
import { isDue, type TraceJob } from './job.js';
import type { ShardPlan } from './memory-plan.js';

/** A register of a refractory compartment reads so much for each step left, where a profile says so. */
const COUNTDOWN = 128;

export class Sampler {
  readonly #jobs: readonly TraceJob[];
  readonly #clusters: readonly Cluster[];
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
    clusters: readonly Cluster[],
  ) {
    this.#jobs = jobs;
    this.#clusters = clusters;
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
    const samples = this.#samples;
    let used = this.#used;
    for (const job of this.#jobs) {
      if (!isDue(job, t)) continue;
      for (let i = 0; i < job.places.length; i += 3) samples[used++] = this.#read(job, i, t);
    }
    this.#used = used;
    this.#control[this.#usedWord] = used;
    return used > this.#room;
  }

  #read({ variable, countdown, places }: TraceJob, i: number, t: number): number {
    const cluster = this.#clusters[places[i]!]!;
    const core = cluster.cores[places[i + 1]!]!;
    const compartment = places[i + 2]!;
    if (variable === 'u') return currentOf(cluster, core, compartment);
    const left = countdown ? heldUntil(cluster, core, compartment) - t : 0;
    return left > 0 ? COUNTDOWN * left : voltageOf(cluster, core, compartment);
  }
}
