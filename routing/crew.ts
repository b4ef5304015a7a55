/** The host's side of shards in threads, whatever kind of thread: start of a leg, its end, and what can go wrong. */
import { SeamountError } from '../cores/index.js';
import {
  abort,
  type Cause,
  COMMAND,
  COMMAND_CLOSE,
  causeOf,
  DONE,
  FLAGS,
  FLAGS_ODD,
  HANDOVER,
  JOINED,
  LEG,
  SHARD_LEG,
  SHARD_STEP,
  type ShardReport,
  STOP,
  shardWord,
} from './control.js';
import type { Crew } from './pool.js';

/** How often the host looks for progress while it waits, in ms. Ends of legs wake it at once. */
const LOOK_MS = 200;
/** For threads to start, and to end after an abort, in ms. */
const START_MS = 30_000;
const END_MS = 2_000;

export class ThreadCrew implements Crew {
  readonly legNow = null;
  readonly #control: Int32Array;
  readonly #reports: readonly Promise<ShardReport>[];
  readonly #terminate: () => Promise<void>;
  readonly #stallMs: number;
  #ended: Promise<void> | null = null;

  /**
   * @param threads one promise per shard: its report, or a rejection when its thread died without one
   * @param terminate ends all threads by force
   */
  constructor(
    control: Int32Array,
    threads: readonly Promise<ShardReport>[],
    terminate: () => Promise<void>,
    stallMs: number,
  ) {
    this.#control = control;
    this.#terminate = terminate;
    this.#stallMs = stallMs;
    this.#reports = threads.map((thread, shard) =>
      thread.catch((error: unknown): ShardReport => {
        abort(control, { kind: 'died', shard, other: shard });
        const message = error instanceof Error ? error.message : String(error);
        return { shard, outcome: 'failed', error: { code: 'E_WORKER', message, hint: '', stack: '' } };
      }),
    );
  }

  /** Waits until all shards are ready. */
  async start(): Promise<this> {
    await this.#done(START_MS);
    return this;
  }

  async leg(): Promise<void> {
    const control = this.#control;
    control[FLAGS] = 0;
    control[FLAGS_ODD] = 0;
    control[JOINED] = 0;
    control[HANDOVER] = 0;
    Atomics.store(control, DONE, 0);
    Atomics.add(control, LEG, 1);
    Atomics.notify(control, LEG);
    await this.#done(this.#stallMs);
  }

  async close(): Promise<void> {
    const control = this.#control;
    const idle = Atomics.load(control, DONE) === this.#reports.length;
    if (idle) {
      Atomics.store(control, COMMAND, COMMAND_CLOSE);
      Atomics.add(control, LEG, 1);
      Atomics.notify(control, LEG);
    } else {
      Atomics.store(control, STOP, 1);
      abort(control, { kind: 'closed', shard: 0, other: 0 });
    }
    await this.#end();
  }

  /** Resolves when all shards are done with what they were asked; rejects when the run has ended or stands still. */
  async #done(stallMs: number): Promise<void> {
    const control = this.#control;
    const shards = this.#reports.length;
    let progress = this.#progress();
    let standing = 0;
    for (;;) {
      const done = Atomics.load(control, DONE);
      if (causeOf(control) !== null) break;
      if (done === shards) return;
      if (await changed(control, DONE, done, LOOK_MS)) continue;
      const now = this.#progress();
      standing = now === progress ? standing + LOOK_MS : 0;
      progress = now;
      if (standing >= stallMs) {
        const slowest = this.#slowest();
        abort(control, { kind: 'stalled', shard: slowest, other: slowest });
      }
    }
    await this.#end();
    throw await this.#failure(causeOf(control)!);
  }

  /** Changes whenever any shard gets on. */
  #progress(): number {
    return this.#reports.reduce((sum, _, shard) => sum + this.#stepOf(shard), 0);
  }

  #stepOf(shard: number): number {
    return Atomics.load(this.#control, shardWord(shard, SHARD_STEP));
  }

  /** Of those that are not done with the leg, the one in the lowest step. */
  #slowest(): number {
    const control = this.#control;
    const leg = Atomics.load(control, LEG);
    const late = [...this.#reports.keys()].filter(
      (shard) => Atomics.load(control, shardWord(shard, SHARD_LEG)) !== leg,
    );
    return late.reduce((least, i) => (this.#stepOf(i) < this.#stepOf(least) ? i : least), late[0] ?? 0);
  }

  /** Gives shards a moment to end by themselves, then ends their threads. */
  #end(): Promise<void> {
    this.#ended ??= (async () => {
      await within(END_MS, Promise.all(this.#reports));
      await this.#terminate();
    })();
    return this.#ended;
  }

  async #failure(cause: Cause): Promise<SeamountError> {
    const { kind, shard, other } = cause;
    const step = this.#stepOf(other);
    if (kind === 'closed') return new SeamountError('E_USAGE', 'the chip was closed during a run');
    if (kind === 'stalled') {
      const seconds = `${this.#stallMs / 1000} s`;
      const message =
        shard === other
          ? `shard ${shard} has not got beyond step ${step} for ${seconds}`
          : `shard ${shard} waited ${seconds} at the end of step ${this.#stepOf(shard)} for shard ${other}, which is in step ${step}`;
      return new SeamountError('E_STALL', message, 'if steps of this network take that long, raise stallMs');
    }
    const report = await within(END_MS, this.#reports[shard]!);
    const error = report?.error ?? null;
    const said = error?.message ?? 'it ended without a word';
    if (error !== null && error.code !== 'E_WORKER') {
      return new SeamountError(error.code, `shard ${shard}, step ${step}: ${said}`, error.hint);
    }
    return new SeamountError(
      'E_WORKER',
      `shard ${shard} ${kind === 'died' ? 'died' : 'failed'} in step ${step}: ${said}`,
      '',
      { cause: error?.stack || said },
    );
  }
}

/** What `promise` gives, or undefined after `ms`. Leaves no timer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** ES2024, in Node 20 and current browsers; not in the library our target has. */
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
  timeout: number,
) => { readonly async: false } | { readonly async: true; readonly value: Promise<'ok' | 'timed-out'> };

const POLL_MS = 1;

/** Whether a word has changed from `value`, waiting up to `ms` without blocking the event loop. */
async function changed(words: Int32Array, index: number, value: number, ms: number): Promise<boolean> {
  const waitAsync = (Atomics as { readonly waitAsync?: WaitAsync }).waitAsync;
  if (waitAsync !== undefined) {
    const wait = waitAsync(words, index, value, ms);
    if (wait.async) await wait.value;
  } else {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return Atomics.load(words, index) !== value;
}
