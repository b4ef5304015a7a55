/**
 * One shard's part of a timestep, in the order of docs/architecture.md: spike words of the step before and
 * the host's spikes go through the expansion tables into the cores' inboxes; every core that has work
 * delivers and integrates; what fired is logged and handed to the shards it reaches; u and v are sampled.
 *
 * Cost follows spikes: a quiet core is skipped, an unreached shard gets no word. Nothing is allocated here.
 */
import { type Backend, Core } from '../cores/index.js';
import { keyOf, MAX_KEY } from './aer.js';
import {
  FLAG_FAULT,
  FLAG_LOG_FULL,
  FLAG_STOPPED,
  FLAG_TRACE_FULL,
  INPUT_COUNT,
  SHARD_LOG_USED,
  SHARD_STEP,
  SHARD_TRACE_USED,
  STOP,
  shardWord,
} from './control.js';
import type { Exchange } from './exchange.js';
import { reachWords } from './expansion.js';
import { isDue, type ShardJob, type TraceJob } from './job.js';
import type { ShardPlan } from './memory-plan.js';
import { SourceGenerator } from './source-generator.js';

export class Tick {
  readonly #shard: number;
  readonly #shards: number;
  readonly #plan: ShardPlan;
  readonly #backend: Backend;
  readonly #exchange: Exchange;
  readonly #control: Int32Array;
  readonly #cores: readonly Core[];
  /** Key of compartment 0 of each core. */
  readonly #firstKeys: Uint32Array;
  readonly #neurons: number;
  /** Key of host source 0. */
  readonly #sourceKey: number;
  readonly #axonBits: number;
  readonly #axonMask: number;
  readonly #start: Uint32Array;
  readonly #entries: Uint32Array;
  readonly #reach: Uint32Array;
  readonly #reachWords: number;
  /** Words in this step's box for each shard. */
  readonly #sent: Uint32Array;
  readonly #input: Int32Array;
  readonly #scheduledSteps: Uint32Array;
  readonly #scheduledSources: Uint32Array;
  readonly #generator: SourceGenerator;
  readonly #generated: Uint32Array;
  readonly #sourceSpikes: Float64Array;
  readonly #recorded: Uint8Array | null;
  readonly #log: Uint32Array;
  readonly #trace: Int32Array;
  readonly #traces: readonly TraceJob[];
  readonly #words: Int32Array;
  #inputAt = 0;
  #scheduledAt = 0;
  #logUsed = 0;
  #traceUsed = 0;

  constructor(job: ShardJob, backend: Backend, exchange: Exchange) {
    const { plan, shard } = job;
    const buffer = job.memory.buffer;
    const own = plan.shards[shard]!;
    const { first, end } = own.cores;
    const sources = own.sourceHigh - own.sourceLow;
    const words = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
    this.#shard = shard;
    this.#shards = plan.shards.length;
    this.#plan = own;
    this.#backend = backend;
    this.#exchange = exchange;
    this.#control = new Int32Array(buffer, 0, shardWord(this.#shards, 0));
    this.#cores = Array.from(plan.coreAt.subarray(first, end), (address) => new Core(buffer, address));
    this.#firstKeys = plan.keys.firstOfCore.subarray(first, end + 1);
    this.#neurons = plan.keys.firstOfCore[end]! - own.firstKey;
    this.#sourceKey = plan.keys.firstOfCore[plan.coreAt.length]!;
    this.#axonBits = own.axonBits;
    this.#axonMask = 2 ** own.axonBits - 1;
    this.#start = words(own.startAt, plan.keys.count + 1);
    this.#entries = words(own.entriesAt, own.entries);
    this.#reachWords = reachWords(this.#shards);
    this.#reach = words(own.reachAt, (this.#neurons + sources) * this.#reachWords);
    this.#sent = new Uint32Array(this.#shards);
    this.#input = new Int32Array(buffer, plan.inputAt, plan.inputCapacity * 3);
    this.#scheduledSteps = words(plan.scheduledStepsAt, plan.scheduled);
    this.#scheduledSources = words(plan.scheduledSourcesAt, plan.scheduled);
    this.#generator = new SourceGenerator(job.schedules, own.sourceLow, own.sourceHigh);
    this.#generated = words(own.generatedAt, own.generatedMost + 1);
    this.#sourceSpikes = new Float64Array(buffer, own.sourceSpikesAt, sources);
    this.#recorded =
      own.recordedAt === 0 ? null : new Uint8Array(buffer, own.recordedAt, this.#neurons + sources);
    this.#log = words(own.logAt, own.logWords);
    this.#trace = new Int32Array(buffer, own.traceAt, own.traceWords);
    this.#traces = job.traces;
    this.#words = new Int32Array(buffer);
  }

  /** Takes up what the host left between legs; `step` is the first of the leg. */
  begin(step: number): void {
    this.#inputAt = 0;
    this.#scheduledAt = lowerBound(this.#scheduledSteps, step, this.#scheduledAt);
    this.#logUsed = this.#control[shardWord(this.#shard, SHARD_LOG_USED)]!;
    this.#traceUsed = this.#control[shardWord(this.#shard, SHARD_TRACE_USED)]!;
  }

  /** Everything of step `t` up to the barrier. */
  step(t: number): void {
    this.#control[shardWord(this.#shard, SHARD_STEP)] = t;
    const exchange = this.#exchange;
    exchange.begin(t);
    this.#sent.fill(0);
    const logStart = this.#logUsed;
    this.#logUsed += 2;
    for (let from = 0; from < this.#shards; from++) {
      this.#receive(exchange.words(from), exchange.count(from), t);
    }
    this.#takeHostSpikes(t);
    let flags = this.#runCores(t);
    this.#generate(t + 1);
    this.#closeLog(t, logStart);
    if (this.#traces.length > 0) this.#sample(t);
    const { logMost, logWords, traceMost, traceWords } = this.#plan;
    if (this.#logUsed + logMost > logWords) flags |= FLAG_LOG_FULL;
    if (this.#traceUsed + traceMost > traceWords) flags |= FLAG_TRACE_FULL;
    if (this.#shard === 0 && this.#control[STOP] !== 0) flags |= FLAG_STOPPED;
    exchange.send(t, this.#sent, flags);
  }

  /** Waits for the other shards; the flags of all of them. */
  finish(t: number): number {
    return this.#exchange.receive(t);
  }

  #receive(words: Uint32Array, count: number, t: number): void {
    for (let i = 0; i < count; i++) {
      const word = words[i]!;
      this.#expand(keyOf(word), word > MAX_KEY ? -1 : 1, t);
    }
  }

  /** One spike of a source into the inboxes of this shard's cores. */
  #expand(key: number, payload: number, t: number): void {
    const entries = this.#entries;
    const end = this.#start[key + 1]!;
    for (let at = this.#start[key]!; at < end; at++) {
      const entry = entries[at]!;
      const core = this.#cores[entry >>> this.#axonBits]!;
      const axon = entry & this.#axonMask;
      if (!core.push(axon, payload)) {
        this.#backend.deliver(core, t);
        core.push(axon, payload);
      }
    }
  }

  /** Spikes the host sent, scheduled by list, or generated in the step before (those came by mailbox). */
  #takeHostSpikes(t: number): void {
    const input = this.#input;
    const sent = this.#control[INPUT_COUNT]!;
    for (; this.#inputAt < sent && input[3 * this.#inputAt] === t; this.#inputAt++) {
      const source = input[3 * this.#inputAt + 1]!;
      this.#recordSource(source);
      this.#expand(this.#sourceKey + source, input[3 * this.#inputAt + 2]!, t);
    }
    const steps = this.#scheduledSteps;
    for (; this.#scheduledAt < steps.length && steps[this.#scheduledAt] === t; this.#scheduledAt++) {
      const source = this.#scheduledSources[this.#scheduledAt]!;
      this.#recordSource(source);
      this.#expand(this.#sourceKey + source, 1, t);
    }
    const generated = this.#generated;
    const count = generated[0]!;
    for (let i = 1; i <= count; i++) this.#recordSource(generated[i]!);
  }

  /** Counts and logs a host spike, once: on the shard that owns the source. */
  #recordSource(source: number): void {
    const { sourceLow, sourceHigh, logWords } = this.#plan;
    if (source < sourceLow || source >= sourceHigh) return;
    const own = source - sourceLow;
    this.#sourceSpikes[own]! += 1;
    if (logWords === 0 || (this.#recorded !== null && this.#recorded[this.#neurons + own] === 0)) return;
    this.#log[this.#logUsed++] = this.#sourceKey + source;
  }

  #runCores(t: number): number {
    const cores = this.#cores;
    const backend = this.#backend;
    let flags = 0;
    for (let c = 0; c < cores.length; c++) {
      const core = cores[c]!;
      if (core.isQuiet(t)) {
        core.skip(t);
        continue;
      }
      backend.deliver(core, t);
      const fired = backend.integrate(core, t);
      if (fired > 0) this.#emit(core.fired, fired, this.#firstKeys[c]!);
      if (core.fault() !== null) flags = FLAG_FAULT;
    }
    return flags;
  }

  /** Logs what a core fired and puts it into the mailboxes of the shards it reaches. */
  #emit(fired: Uint32Array, count: number, firstKey: number): void {
    const own = firstKey - this.#plan.firstKey;
    const log = this.#log;
    const recorded = this.#recorded;
    let used = this.#logUsed;
    if (log.length > 0) {
      for (let i = 0; i < count; i++) {
        const word = fired[i]!;
        if (recorded === null || recorded[own + keyOf(word)] !== 0) log[used++] = word + firstKey;
      }
      this.#logUsed = used;
    }
    if (this.#shards === 1) {
      const out = this.#exchange.out(0);
      const reach = this.#reach;
      let sent = this.#sent[0]!;
      for (let i = 0; i < count; i++) {
        const word = fired[i]!;
        if (reach[own + keyOf(word)] !== 0) out[sent++] = word + firstKey;
      }
      this.#sent[0] = sent;
      return;
    }
    for (let i = 0; i < count; i++) {
      const word = fired[i]!;
      this.#post(own + keyOf(word), word + firstKey);
    }
  }

  /** Puts a spike word into the box of every shard that its source reaches. */
  #post(own: number, word: number): void {
    const wide = this.#reachWords;
    for (let w = 0; w < wide; w++) {
      let bits = this.#reach[own * wide + w]!;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const to = 32 * w + bit;
        this.#exchange.out(to)[this.#sent[to]!] = word;
        this.#sent[to]! += 1;
      }
    }
  }

  /** Spikes of this shard's Poisson and regular sources at `step`, which is the next one. */
  #generate(step: number): void {
    if (this.#plan.generatedMost === 0) return;
    const generated = this.#generated;
    const count = this.#generator.fire(step, generated.subarray(1));
    generated[0] = count;
    const first = this.#neurons - this.#plan.sourceLow;
    for (let i = 1; i <= count; i++) {
      const source = generated[i]!;
      this.#post(first + source, this.#sourceKey + source);
    }
  }

  #closeLog(t: number, logStart: number): void {
    const count = this.#logUsed - logStart - 2;
    if (count > 0) {
      this.#log[logStart] = t;
      this.#log[logStart + 1] = count;
    } else {
      this.#logUsed = logStart;
    }
    this.#control[shardWord(this.#shard, SHARD_LOG_USED)] = this.#logUsed;
  }

  #sample(t: number): void {
    const words = this.#words;
    const trace = this.#trace;
    let used = this.#traceUsed;
    for (const job of this.#traces) {
      if (!isDue(job, t)) continue;
      const from = job.words;
      for (let i = 0; i < from.length; i++) trace[used++] = words[from[i]!]!;
      if (job.countdown !== null) this.#writeCountdown(job.countdown, t, used - from.length);
    }
    this.#traceUsed = used;
    this.#control[shardWord(this.#shard, SHARD_TRACE_USED)] = used;
  }

  /** The chip keeps the refractory count in the v register, times 128. */
  #writeCountdown(at: NonNullable<TraceJob['countdown']>, t: number, start: number): void {
    for (let i = 0; i < at.cores.length; i++) {
      // steps held after the step before this one: N in the step of the spike, 1 in the last held step
      const count = this.#cores[at.cores[i]!]!.refractoryCount(at.compartments[i]!, t - 1);
      if (count > 0) this.#trace[start + i] = 128 * count;
    }
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
