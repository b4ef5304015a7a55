/**
 * One shard's part of a timestep, in the order of docs/architecture.md: spike words of the step before and
 * the host's spikes go through the expansion tables into the cores' inboxes; every core that has work
 * delivers and integrates; what fired is logged and handed to the shards it reaches; u and v are sampled.
 *
 * Cost follows spikes: a core at rest is not even looked at until a message wakes it, an unreached shard
 * gets no word. Nothing is allocated here.
 */
import { type Backend, Core } from '../cores/index.js';
import { keyOf, MAX_KEY } from './aer.js';
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
import type { ShardPlan } from './memory-plan.js';
import { Sampler } from './sampler.js';
import { SourceGenerator } from './source-generator.js';
import { SpikeLog } from './spike-log.js';

/** In `#restsFrom`: the core is looked at in every step. */
const AWAKE = 0;

export class Tick {
  readonly #shard: number;
  readonly #shards: number;
  readonly #plan: ShardPlan;
  readonly #backend: Backend;
  readonly #exchange: Exchange;
  readonly #control: Int32Array;
  readonly #cores: readonly Core[];
  /** Cores to look at, the first `#awakeCount` entries. */
  readonly #awake: Uint32Array;
  /** By core: the first step it has slept through and not accounted for, or AWAKE. */
  readonly #restsFrom: Int32Array;
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
  readonly #generatedCount: Uint32Array;
  readonly #generated: Uint32Array;
  readonly #sourceSpikes: Float64Array;
  readonly #log: SpikeLog;
  readonly #sampler: Sampler;
  #awakeCount = 0;
  #inputAt = 0;
  #scheduledAt = 0;

  constructor(job: ShardJob, backend: Backend, exchange: Exchange) {
    const { plan, shard } = job;
    const { buffer } = job.memory;
    const own = plan.shards[shard]!;
    const { first, end } = own.cores;
    const sources = own.sourceHigh - own.sourceLow;
    const words = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
    this.#shard = shard;
    this.#shards = plan.shards.length;
    this.#plan = own;
    this.#backend = backend;
    this.#exchange = exchange;
    this.#control = new Int32Array(buffer, 0, controlBytes(this.#shards) / 4);
    this.#cores = Array.from(plan.coreAt.subarray(first, end), (address) => new Core(buffer, address));
    this.#awake = new Uint32Array(end - first);
    this.#restsFrom = new Int32Array(end - first);
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
    this.#generatedCount = words(own.generatedAt, 1);
    this.#generated = words(own.generatedAt + 4, own.generatedMost);
    this.#sourceSpikes = new Float64Array(buffer, own.sourceSpikesAt, sources);
    this.#log = new SpikeLog(buffer, this.#control, shard, own, this.#neurons + sources);
    this.#sampler = new Sampler(buffer, this.#control, shard, own, job.traces, this.#cores);
  }

  /** Takes up what the host left between legs; `step` is the first of the leg. */
  begin(step: number): void {
    this.#awakeCount = this.#cores.length;
    for (let c = 0; c < this.#awakeCount; c++) this.#awake[c] = c;
    this.#restsFrom.fill(AWAKE);
    this.#inputAt = 0;
    this.#scheduledAt = lowerBound(this.#scheduledSteps, step, this.#scheduledAt);
    this.#log.resume();
    this.#sampler.resume();
  }

  /** Everything of step `t` up to the barrier. */
  step(t: number): void {
    this.#control[shardWord(this.#shard, SHARD_STEP)] = t;
    const exchange = this.#exchange;
    exchange.begin(t);
    this.#sent.fill(0);
    this.#log.open();
    for (let from = 0; from < this.#shards; from++) {
      this.#receive(exchange.words(from), exchange.count(from), t);
    }
    this.#takeHostSpikes(t);
    let flags = this.#runCores(t);
    this.#generate(t + 1);
    if (this.#log.close(t)) flags |= FLAG_LOG_FULL;
    if (this.#sampler.sample(t)) flags |= FLAG_TRACE_FULL;
    if (this.#shard === 0 && Atomics.load(this.#control, STOP) !== 0) flags |= FLAG_STOPPED;
    exchange.send(t, this.#sent, flags);
  }

  /** Waits for the other shards; the flags of all of them. */
  finish(t: number): number {
    return this.#exchange.receive(t);
  }

  /** Brings the cores at rest up to step `t`, so that the host finds their clocks and counters right. */
  settle(t: number): void {
    for (let c = 0; c < this.#cores.length; c++) {
      if (this.#restsFrom[c] === AWAKE) continue;
      this.#catchUp(c, t);
      this.#restsFrom[c] = t + 1;
    }
  }

  /** Accounts for the steps core `c` has slept through, `t` the last of them. */
  #catchUp(c: number, t: number): void {
    const from = this.#restsFrom[c]!;
    if (t >= from) this.#cores[c]!.skip(from, t + 1 - from);
  }

  #wake(c: number, t: number): void {
    this.#catchUp(c, t - 1);
    this.#restsFrom[c] = AWAKE;
    this.#awake[this.#awakeCount++] = c;
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
      const c = entry >>> this.#axonBits;
      const axon = entry & this.#axonMask;
      const core = this.#cores[c]!;
      if (this.#restsFrom[c] !== AWAKE) this.#wake(c, t);
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
    const count = this.#generatedCount[0]!;
    for (let i = 0; i < count; i++) this.#recordSource(this.#generated[i]!);
  }

  /** Counts and logs a host spike, once: on the shard that owns the source. */
  #recordSource(source: number): void {
    const { sourceLow, sourceHigh } = this.#plan;
    if (source < sourceLow || source >= sourceHigh) return;
    this.#sourceSpikes[source - sourceLow]! += 1;
    this.#log.add(this.#neurons + source - sourceLow, this.#sourceKey + source);
  }

  #runCores(t: number): number {
    const awake = this.#awake;
    const backend = this.#backend;
    let flags = 0;
    let kept = 0;
    for (let k = 0; k < this.#awakeCount; k++) {
      const c = awake[k]!;
      const core = this.#cores[c]!;
      if (core.isQuiet(t)) {
        core.skip(t);
      } else {
        backend.deliver(core, t);
        const fired = backend.integrate(core, t);
        if (fired > 0) this.#emit(core.fired, fired, this.#firstKeys[c]!);
        if (core.fault() !== null) flags = FLAG_FAULT;
      }
      if (core.isResting(t + 1)) this.#restsFrom[c] = t + 1;
      else awake[kept++] = c;
    }
    this.#awakeCount = kept;
    return flags;
  }

  /** Logs what a core fired and puts it into the mailboxes of the shards it reaches. */
  #emit(fired: Uint32Array, count: number, firstKey: number): void {
    const own = firstKey - this.#plan.firstKey;
    this.#log.addFired(fired, count, own, firstKey);
    if (this.#shards > 1) {
      for (let i = 0; i < count; i++) this.#post(own + keyOf(fired[i]!), fired[i]! + firstKey);
      return;
    }
    const out = this.#exchange.out(0);
    const reach = this.#reach;
    let sent = this.#sent[0]!;
    for (let i = 0; i < count; i++) {
      const word = fired[i]!;
      if (reach[own + keyOf(word)] !== 0) out[sent++] = word + firstKey;
    }
    this.#sent[0] = sent;
  }

  /** Puts a spike word into the box of every shard that its source reaches. */
  #post(own: number, word: number): void {
    const wide = this.#reachWords;
    for (let w = 0; w < wide; w++) {
      let bits = this.#reach[own * wide + w]!;
      while (bits !== 0) {
        const to = 32 * w + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.#exchange.out(to)[this.#sent[to]!] = word;
        this.#sent[to]! += 1;
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
