/**
 * A shard's log of activity: for every step, of each of its cores, how many compartments had work, and, where
 * asked for, which. Read by the host between legs (recorder.ts). Without it nothing here is paid for.
 */
import {
  type ActivityKind,
  type Cluster,
  countActive,
  countResting,
  keepColumns,
  markActive,
} from '../cores/index.js';
import { SHARD_ACTIVITY_USED, shardWord } from './control.js';
import type { ShardPlan } from './memory-plan.js';

/** What of activity a chip records: nothing, a number for each core and step, or a bit for each compartment as well. */
export type ActivityRecord = 'none' | 'counts' | ActivityKind;

export class ActivityLog {
  readonly isOn: boolean;
  /** Whether compartments are marked one by one, before each update. */
  readonly #marks: boolean;
  readonly #kind: ActivityRecord;
  readonly #clusters: readonly Cluster[];
  /** Where they are marked, row of the step at hand: counts of all cores, then their words. */
  readonly #row: Uint32Array;
  /** Per cluster: its first core, and its first word in the row. */
  readonly #firstCore: readonly number[];
  readonly #firstWord: readonly number[];
  readonly #wasQuiet: Uint8Array;
  readonly #log: Uint32Array;
  readonly #control: Int32Array;
  readonly #usedWord: number;
  readonly #room: number;
  #used = 0;

  constructor(
    buffer: ArrayBufferLike,
    control: Int32Array,
    shard: number,
    plan: ShardPlan,
    clusters: readonly Cluster[],
  ) {
    this.#kind = plan.activity;
    this.isOn = plan.activity !== 'none';
    this.#marks = plan.activity === 'compartments' || plan.activity === 'voltages';
    this.#clusters = clusters;
    const cores = clusters.flatMap((cluster) => cluster.cores);
    this.#row = new Uint32Array(plan.activityMost);
    let core = 0;
    let word = cores.length;
    const firstCore: number[] = [];
    const firstWord: number[] = [];
    for (const { cores: own } of clusters) {
      firstCore.push(core);
      firstWord.push(word);
      core += own.length;
      word += own.reduce((sum, { n }) => sum + Math.ceil(n / 32), 0);
    }
    this.#firstCore = firstCore;
    this.#firstWord = firstWord;
    this.#wasQuiet = new Uint8Array(clusters.length);
    this.#log = new Uint32Array(buffer, plan.activityAt, plan.activityWords);
    this.#control = control;
    this.#usedWord = shardWord(shard, SHARD_ACTIVITY_USED);
    this.#room = plan.activityWords - plan.activityMost;
    if (this.#marks) for (const cluster of clusters) keepColumns(cluster);
  }

  /** Takes up what the host left, and forgets what may have changed between legs. */
  resume(): void {
    if (!this.isOn) return;
    this.#used = this.#control[this.#usedWord]!;
    this.#wasQuiet.fill(0);
  }

  /** Takes up cluster i before its update of step t. `quiet`: there will be none. */
  open(i: number, t: number, quiet: boolean): void {
    // at rest nothing changes from step to step
    const same = quiet && this.#wasQuiet[i] === 1;
    this.#wasQuiet[i] = quiet ? 1 : 0;
    if (!this.#marks) this.#count(i, quiet, same);
    else if (!same) this.#mark(i, t);
  }

  /** Counts go into the log where they are made: by the update itself, unless there is none. */
  #count(i: number, quiet: boolean, same: boolean): void {
    const log = this.#log;
    const cluster = this.#clusters[i]!;
    const at = this.#used + this.#firstCore[i]!;
    const before = at - this.#row.length;
    if (same) log.copyWithin(at, before, before + cluster.cores.length);
    else if (quiet) countResting(cluster, log, at);
    else countActive(cluster, log.byteOffset + 4 * at);
  }

  #mark(i: number, t: number): void {
    let core = this.#firstCore[i]!;
    let word = this.#firstWord[i]!;
    for (const each of this.#clusters[i]!.cores) {
      this.#row[core++] = markActive(each, t, this.#kind as ActivityKind, this.#row, word);
      word += Math.ceil(each.n / 32);
    }
  }

  /** Ends the step. True when the log might not hold another step. */
  close(): boolean {
    if (!this.isOn) return false;
    if (this.#marks) this.#log.set(this.#row, this.#used);
    this.#used += this.#row.length;
    this.#control[this.#usedWord] = this.#used;
    return this.#used > this.#room;
  }
}
