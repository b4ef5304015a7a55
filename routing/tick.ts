/**
 * One shard's part of a timestep, in the order of docs/architecture.md: spike words of the step before and
 * the host's spikes are delivered to the shard's clusters of cores; every cluster that has work integrates;
 * what fired is logged and handed to the shards it reaches; u and v are sampled.
 *
 * Cost follows spikes: a cluster at rest is not even looked at until a message wakes it, an unreached shard
 * gets no word. Nothing is allocated here.
 */
import { type Backend, Cluster, outboxWords } from '../cores/index.js';
import { ActivityLog } from './activity-log.js';
import { timesOf } from './busy.js';
import {
  controlBytes,
  FLAG_FAULT,
  FLAG_LOG_FULL,
  FLAG_STOPPED,
  FLAG_TRACE_FULL,
  INPUT_COUNT,
  SHARD_STEP,
  STOP,
  shardWord,
} from './control.js';
import type { Exchange } from './exchange.js';
import { reachWords } from './expansion.js';
import type { ShardJob } from './job.js';
import { MembraneLog } from './membrane-log.js';
import type { ShardPlan } from './memory-plan.js';
import { Sampler } from './sampler.js';
import { SourceGenerator } from './source-generator.js';
import { SpikeLog } from './spike-log.js';

export class Tick {
  readonly shard: number;
  /** Of the chip. */
  readonly shards: number;
  /** See busy.ts. */
  readonly times: Float64Array;
  readonly #plan: ShardPlan;
  readonly #backend: Backend;
  readonly #exchange: Exchange;
  readonly #control: Int32Array;
  readonly #clusters: readonly Cluster[];
  readonly #neurons: number;
  /** Key of host source 0. */
  readonly #sourceKey: number;
  readonly #reach: Uint32Array;
  readonly #reachWords: number;
  /** Outbox of the backend (cores/outbox-words.ts), its index among 32-bit words, and where the next word for each shard goes. */
  readonly #outbox: Uint32Array;
  readonly #outboxIndex: number;
  readonly #next: Uint32Array;
  readonly #memory: Uint32Array;
  readonly #input: Int32Array;
  readonly #scheduledSteps: Uint32Array;
  /** Spike words, in order of steps, and the index of the first among 32-bit words. */
  readonly #scheduled: Uint32Array;
  readonly #scheduledIndex: number;
  readonly #generator: SourceGenerator;
  readonly #generatedCount: Uint32Array;
  readonly #generated: Uint32Array;
  readonly #sourceSpikes: Float64Array;
  readonly #log: SpikeLog;
  readonly #sampler: Sampler;
  readonly #activity: ActivityLog;
  readonly #membranes: MembraneLog;
  #inputAt = 0;
  #scheduledAt = 0;

  constructor(job: ShardJob, shard: number, backend: Backend, exchange: Exchange) {
    const { plan } = job;
    const { buffer } = job.memory;
    const own = plan.shards[shard]!;
    const sources = own.sourceHigh - own.sourceLow;
    const words = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
    this.shard = shard;
    this.shards = plan.shards.length;
    this.times = timesOf(buffer, shard);
    this.#plan = own;
    this.#backend = backend;
    this.#exchange = exchange;
    this.#control = new Int32Array(buffer, 0, controlBytes(this.shards) / 4);
    this.#clusters = own.clusters.map(({ at }) => new Cluster(buffer, at));
    this.#neurons = plan.keys.firstOfCore[own.cores.end]! - own.firstKey;
    this.#sourceKey = plan.keys.firstOfCore.at(-1)!;
    this.#reachWords = reachWords(this.shards);
    this.#reach = words(own.reachAt, (this.#neurons + sources) * this.#reachWords);
    this.#outbox = words(own.outboxAt, outboxWords.OUTBOX_WORDS);
    this.#outboxIndex = own.outboxAt / 4;
    this.#outbox[outboxWords.RECORDED_AT] = own.recordedAt;
    this.#outbox[outboxWords.OUT_FIRST_KEY] = own.firstKey;
    this.#outbox[outboxWords.REACH_AT] = own.reachAt;
    this.#outbox[outboxWords.REACH_WORDS] = this.#reachWords;
    this.#outbox[outboxWords.BOXES_AT] = own.boxesAt;
    this.#next = words(own.boxesAt, this.shards);
    this.#memory = new Uint32Array(buffer, 0, buffer.byteLength / 4);
    this.#input = new Int32Array(buffer, plan.inputAt, plan.inputCapacity * 3);
    this.#scheduledSteps = words(plan.scheduledStepsAt, plan.scheduled);
    this.#scheduled = words(plan.scheduledKeysAt, plan.scheduled);
    this.#scheduledIndex = plan.scheduledKeysAt / 4;
    this.#generator = new SourceGenerator(job.schedules, own.sourceLow, own.sourceHigh);
    this.#generatedCount = words(own.generatedAt, 1);
    this.#generated = words(own.generatedAt + 4, own.generatedMost);
    this.#sourceSpikes = new Float64Array(buffer, own.sourceSpikesAt, sources);
    this.#log = new SpikeLog(buffer, this.#control, shard, own, this.#neurons + sources);
    this.#sampler = new Sampler(buffer, this.#control, shard, own, job.traces[shard]!, this.#clusters);
    this.#activity = new ActivityLog(buffer, this.#control, shard, own, this.#clusters);
    this.#membranes = new MembraneLog(buffer, this.#control, own, this.#clusters);
  }

  /** Takes up what the host left between legs, or another thread in the leg, before `step`. */
  begin(step: number): void {
    this.#inputAt = 0;
    while (this.#inputAt < this.#control[INPUT_COUNT]! && this.#input[3 * this.#inputAt]! < step)
      this.#inputAt++;
    this.#scheduledAt = lowerBound(this.#scheduledSteps, step, this.#scheduledAt);
    this.#log.resume();
    this.#sampler.resume();
    this.#activity.resume();
  }

  /** Everything of step `t` up to the barrier. */
  step(t: number): void {
    this.#control[shardWord(this.shard, SHARD_STEP)] = t;
    const exchange = this.#exchange;
    exchange.begin(t);
    exchange.open(this.#next);
    this.#log.open();
    this.#membranes.open(t);
    for (const cluster of this.#clusters) {
      for (let from = 0; from < this.shards; from++) {
        this.#backend.deliverSpikes(cluster, t, exchange.wordsAt(from), exchange.count(from));
      }
    }
    this.#takeHostSpikes(t);
    let flags = this.#runClusters(t);
    this.#generate(t + 1);
    if (this.#log.close(t)) flags |= FLAG_LOG_FULL;
    if (this.#sampler.sample(t)) flags |= FLAG_TRACE_FULL;
    if (this.#activity.close() || this.#membranes.isFull) flags |= FLAG_LOG_FULL;
    if (this.shard === 0 && Atomics.load(this.#control, STOP) !== 0) flags |= FLAG_STOPPED;
    exchange.send(t, this.#next, flags);
  }

  /** Waits for the other shards; the flags of all of them. */
  finish(t: number): number {
    return this.#exchange.receive(t);
  }

  /** Brings the counters of cores at rest up to step `t`, for the host to read. */
  settle(t: number): void {
    for (const cluster of this.#clusters) cluster.account(t);
  }

  /** One spike of the host into the inboxes of the clusters it reaches. */
  #push(key: number, payload: number, t: number): void {
    for (const cluster of this.#clusters) {
      if (!cluster.reaches(key) || cluster.push(key, payload)) continue;
      this.#backend.deliver(cluster, t);
      cluster.push(key, payload);
    }
  }

  /** Spikes the host sent, scheduled by list, or generated in the step before (those came by mailbox). */
  #takeHostSpikes(t: number): void {
    const input = this.#input;
    const sent = this.#control[INPUT_COUNT]!;
    for (; this.#inputAt < sent && input[3 * this.#inputAt] === t; this.#inputAt++) {
      const source = input[3 * this.#inputAt + 1]!;
      this.#recordSource(source);
      this.#push(this.#sourceKey + source, input[3 * this.#inputAt + 2]!, t);
    }
    this.#takeScheduled(t);
    const count = this.#generatedCount[0]!;
    for (let i = 0; i < count; i++) this.#recordSource(this.#generated[i]!);
  }

  /** They lie in memory as spike words, so that kernels read them where they are. */
  #takeScheduled(t: number): void {
    const steps = this.#scheduledSteps;
    const first = this.#scheduledAt;
    let end = first;
    for (; end < steps.length && steps[end] === t; end++)
      this.#recordSource(this.#scheduled[end]! - this.#sourceKey);
    if (end === first) return;
    this.#scheduledAt = end;
    for (const cluster of this.#clusters)
      this.#backend.deliverSpikes(cluster, t, this.#scheduledIndex + first, end - first);
  }

  /** Counts and logs a host spike, once: on the shard that owns the source. */
  #recordSource(source: number): void {
    const { sourceLow, sourceHigh } = this.#plan;
    if (source < sourceLow || source >= sourceHigh) return;
    this.#sourceSpikes[source - sourceLow]! += 1;
    this.#log.add(this.#neurons + source - sourceLow, this.#sourceKey + source);
  }

  #runClusters(t: number): number {
    const backend = this.#backend;
    let flags = 0;
    this.#outbox[outboxWords.LOG_AT] = this.#log.nextAt;
    const clusters = this.#clusters;
    const { isOn } = this.#activity;
    const { isOn: counts } = this.#membranes;
    for (let i = 0; i < clusters.length; i++) {
      const cluster = clusters[i]!;
      const quiet = cluster.isQuiet(t);
      if (!quiet) backend.deliver(cluster, t);
      if (isOn) this.#activity.open(i, t, quiet);
      if (!quiet) {
        if (backend.integrate(cluster, t) > 0) backend.emit(cluster, this.#outboxIndex);
        if (cluster.isFaulty) flags = FLAG_FAULT;
      }
      if (counts) this.#membranes.take(i, t, quiet);
    }
    this.#log.takeUpTo(this.#outbox[outboxWords.LOG_AT]!);
    return flags;
  }

  /** Puts a spike word into the box of every shard that its source reaches. */
  #post(own: number, word: number): void {
    const wide = this.#reachWords;
    for (let w = 0; w < wide; w++) {
      let bits = this.#reach[own * wide + w]!;
      while (bits !== 0) {
        const to = 32 * w + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.#memory[this.#next[to]! >>> 2] = word;
        this.#next[to]! += 4;
      }
    }
  }

  /** Spikes of this shard's Poisson and regular sources at `step`, which is the next one. */
  #generate(step: number): void {
    const generated = this.#generated;
    if (generated.length === 0) return;
    const count = this.#generator.fire(step, generated);
    this.#generatedCount[0] = count;
    const first = this.#neurons - this.#plan.sourceLow;
    for (let i = 0; i < count; i++) this.#post(first + generated[i]!, this.#sourceKey + generated[i]!);
  }
}

/** First index of ascending `steps` that is not before `step`; looks at `guess` first. */
function lowerBound(steps: Uint32Array, step: number, guess: number): number {
  if ((guess === 0 || steps[guess - 1]! < step) && (guess >= steps.length || steps[guess]! >= step)) {
    return guess;
  }
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
