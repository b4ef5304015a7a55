/** Reads the shards' logs and trace buffers at the end of a leg, and empties them. */
import { isNegative, keyOf } from './aer.js';
import { SHARD_ACTIVITY_USED, SHARD_LOG_USED, SHARD_TRACE_USED, shardWord } from './control.js';
import { isDue } from './job.js';
import { mergeRuns } from './merge-runs.js';
import type { PlacedChip } from './place-chip.js';
import { idsOfKeys, NO_ID, type TracePlan } from './probes.js';
import { type Activity, activityWords, type Recording, type Spikes, type Trace } from './recording.js';

/** Step that no chunk has: the end of a log. */
const END = 2 ** 32;

export class Recorder {
  readonly #chip: PlacedChip;
  readonly #ids: Uint32Array;
  readonly #ternary: boolean;
  readonly #logs: readonly Uint32Array[];
  readonly #traces: readonly Int32Array[];
  /** See `activityWords`. */
  readonly #firstWord: Uint32Array;
  /** Per log: words read, and words filled. */
  readonly #cursors: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(chip: PlacedChip) {
    const { buffer } = chip.memory;
    this.#chip = chip;
    this.#firstWord = activityWords(chip.image.cores);
    this.#ids = idsOfKeys(chip.image, chip.plan.keys);
    this.#ternary = chip.image.cores.some((core) => core.registers.ternary);
    this.#logs = chip.plan.shards.map(({ logAt, logWords }) => new Uint32Array(buffer, logAt, logWords));
    this.#cursors = new Uint32Array(this.#logs.length);
    this.#ends = new Uint32Array(this.#logs.length);
    this.#traces = chip.plan.shards.map(
      ({ traceAt, traceWords }) => new Int32Array(buffer, traceAt, traceWords),
    );
  }

  /** What steps `from .. to` logged, in order of step and network id whatever the shards. */
  collect(from: number, to: number): Recording {
    const recording = {
      from,
      to,
      spikes: this.#spikes(),
      traces: this.#samples(from, to),
      activity: this.#activity(from, to),
      membraneUpdates: this.#membraneUpdates(from, to),
    };
    this.clear();
    return recording;
  }

  /** Empties logs and traces. */
  clear(): void {
    const { control } = this.#chip;
    for (let shard = 0; shard < this.#logs.length; shard++) {
      control[shardWord(shard, SHARD_LOG_USED)] = 0;
      control[shardWord(shard, SHARD_TRACE_USED)] = 0;
      control[shardWord(shard, SHARD_ACTIVITY_USED)] = 0;
    }
  }

  #spikes(): Spikes {
    const logs = this.#logs;
    const cursors = this.#cursors.fill(0);
    const room = this.#measure();
    const steps = new Uint32Array(room);
    // id and sign in one word while they are sorted, where there are signs
    const spikes = new Uint32Array(room);
    let end = 0;
    for (;;) {
      let step = END;
      for (let i = 0; i < logs.length; i++) {
        if (cursors[i]! < this.#ends[i]!) step = Math.min(step, logs[i]![cursors[i]!]!);
      }
      if (step === END) break;
      const begin = end;
      for (let i = 0; i < logs.length; i++) {
        const log = logs[i]!;
        if (cursors[i]! === this.#ends[i] || log[cursors[i]!] !== step) continue;
        const first = cursors[i]! + 2;
        const last = first + log[first - 1]!;
        end = this.#translate(log, first, last, spikes, end);
        cursors[i] = last;
      }
      steps.fill(step, begin, end);
      mergeRuns(spikes, begin, end);
    }
    if (!this.#ternary) return { steps: trim(steps, end), ids: trim(spikes, end), values: null };
    return {
      steps: trim(steps, end),
      ids: spikes.subarray(0, end).map((word) => word >>> 1),
      values: Int8Array.from(spikes.subarray(0, end), (word) => ((word & 1) === 0 ? 1 : -1)),
    };
  }

  /** Looks up how far each log is filled; returns how many spikes that is. */
  #measure(): number {
    let spikes = 0;
    for (let i = 0; i < this.#ends.length; i++) {
      const log = this.#logs[i]!;
      const end = this.#chip.control[shardWord(i, SHARD_LOG_USED)]!;
      this.#ends[i] = end;
      for (let at = 0; at < end; at += 2 + log[at + 1]!) spikes += log[at + 1]!;
    }
    return spikes;
  }

  /** Network ids of log words `first .. last - 1`, appended to `out` at `at`; returns the end. */
  #translate(log: Uint32Array, first: number, last: number, out: Uint32Array, at: number): number {
    const ids = this.#ids;
    const ternary = this.#ternary;
    let end = at;
    for (let i = first; i < last; i++) {
      const word = log[i]!;
      const id = ids[keyOf(word)]!;
      if (id === NO_ID) continue;
      out[end++] = ternary ? 2 * id + (isNegative(word) ? 1 : 0) : id;
    }
    return end;
  }

  /** Rows of all shards side by side: their cores follow each other. */
  #activity(from: number, to: number): Activity | null {
    const { image, plan, memory } = this.#chip;
    const { activity } = plan.shards[0]!;
    if (activity === 'none') return null;
    const steps = to - from + 1;
    const cores = image.cores.length;
    // a log that holds what is asked for and nothing else
    const { activityAt: logAt, activityMost: width } = plan.shards[0]!;
    if (width === cores && activity === 'counts')
      return { counts: new Uint32Array(memory.buffer, logAt, steps * cores).slice(), masks: null };
    const first = this.#firstWord;
    const words = first[cores]!;
    const counts = new Uint32Array(steps * cores);
    const masks = activity === 'counts' ? null : new Uint32Array(steps * words);
    for (const { cores: range, activityAt, activityMost } of plan.shards) {
      const own = range.end - range.first;
      const log = new Uint32Array(memory.buffer, activityAt, steps * activityMost);
      for (let step = 0; step < steps; step++) {
        const row = step * activityMost;
        const at = step * cores + range.first;
        // one by one: a row is short
        for (let core = 0; core < own; core++) counts[at + core] = log[row + core]!;
        masks?.set(log.subarray(row + own, row + activityMost), step * words + first[range.first]!);
      }
    }
    return { counts, masks };
  }

  /** Rows of all shards added up: populations lie across shards. */
  #membraneUpdates(from: number, to: number): Uint32Array | null {
    const { plan, memory } = this.#chip;
    const { membraneMost: width } = plan.shards[0]!;
    if (width === 0) return null;
    const sums = new Uint32Array((to - from + 1) * width);
    for (const { membraneAt } of plan.shards) {
      const log = new Uint32Array(memory.buffer, membraneAt, sums.length);
      for (let i = 0; i < log.length; i++) sums[i]! += log[i]!;
    }
    return sums;
  }

  #samples(from: number, to: number): Trace[] {
    const { traces } = this.#chip;
    const out = traces.map((plan) => emptyTrace(plan, from, to));
    this.#traces.forEach((buffer, shard) => {
      let at = 0;
      const rows = new Uint32Array(traces.length);
      for (let t = traces.length === 0 ? to + 1 : from; t <= to; t++) {
        for (let i = 0; i < traces.length; i++) {
          const { window, columns, neurons } = traces[i]!;
          if (!isDue(window, t)) continue;
          const { samples, steps } = out[i]!;
          const own = columns[shard]!;
          const row = rows[i]!;
          rows[i] = row + 1;
          steps[row] = t;
          for (let k = 0; k < own.length; k++) samples[row * neurons.length + own[k]!] = buffer[at++]!;
        }
      }
    });
    return out;
  }
}

/** A copy of the first `length` words, or the array itself when that is all of it. */
const trim = (words: Uint32Array, length: number): Uint32Array =>
  length === words.length ? words : words.slice(0, length);

/** Room for the samples of `plan` that fall into steps `from .. to`. */
function emptyTrace({ probe, variable, window, neurons }: TracePlan, from: number, to: number): Trace {
  const upTo = (step: number): number =>
    step < window.from ? 0 : Math.floor((Math.min(step, window.to) - window.from) / window.every) + 1;
  const rows = Math.max(0, upTo(to) - upTo(from - 1));
  return {
    probe,
    variable,
    neurons,
    steps: new Uint32Array(rows),
    samples: new Int32Array(rows * neurons.length),
  };
}
