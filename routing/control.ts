/**
 * The control block at the start of the chip's memory: barrier, legs, and how a run ends. Word indices of
 * an Int32Array over it. Words written by different threads sit on different cache lines (16 words).
 */
import type { ErrorCode } from '../cores/index.js';

/** Words between two that may be written at the same time by different threads. */
const LINE = 16;

/** Shards that have arrived at the barrier. */
export const BARRIER_COUNT = 0;
/** Counts barriers passed; waiters wait for it to change. */
export const BARRIER_GENERATION = LINE;
/** Shards asleep at the barrier. */
export const BARRIER_WAITERS = 2 * LINE;
/** 0, or how the run ended: see `packCause`. The first cause stays. */
export const ABORT = 3 * LINE;
/** Flags (below) raised in steps of even and odd number. Two words, so that none is read and cleared at once. */
export const FLAGS = 4 * LINE;
export const FLAGS_ODD = 5 * LINE;
/** Number of the leg the host asks for; shards wait for it to change. */
export const LEG = 6 * LINE;
/** 0 = run the leg, or COMMAND_CLOSE. */
export const COMMAND = 6 * LINE + 1;
/** The leg starts after this step. */
export const LEG_START = 6 * LINE + 2;
/** Last step of the leg, unless something ends it sooner. */
export const LEG_TARGET = 6 * LINE + 3;
/** Entries of the host input buffer. */
export const INPUT_COUNT = 6 * LINE + 4;
/** 1 asks for the end of the leg at the next step boundary. */
export const STOP = 7 * LINE;
/** Shards that have finished the leg; the host waits for it. */
export const DONE = 8 * LINE;
/** How often shards were ready in this leg to take over their part from the thread of shard 0 (head-start.ts). */
export const JOINED = 9 * LINE;
/** The last step from which on every shard ran its own part: 0 = none yet in this leg, `OVER` = it has ended without them. */
export const HANDOVER = 10 * LINE;
/** Per shard, a line each: words below. */
const SHARD_LINES = 11 * LINE;

/** The step the shard is in. */
export const SHARD_STEP = 0;
/** Barriers the shard has arrived at, to name who is missing. */
export const SHARD_ARRIVED = 1;
/** Words used of its spike log, of its trace buffer and of its log of activity. */
export const SHARD_LOG_USED = 2;
export const SHARD_TRACE_USED = 3;
export const SHARD_ACTIVITY_USED = 4;
/** The last leg it was done with. */
export const SHARD_LEG = 5;
/** Two f64, from here on: see busy.ts. */
export const SHARD_TIMES = 8;

export const COMMAND_CLOSE = 1;
/** See `HANDOVER`. */
export const OVER = -1;

/** Why a leg ends at this step; shards combine them at the barrier. */
export const FLAG_LOG_FULL = 1;
export const FLAG_TRACE_FULL = 2;
export const FLAG_STOPPED = 4;
export const FLAG_FAULT = 8;
/** Not a reason to end a leg but the end of the run: look at `ABORT`. */
export const FLAG_ABORTED = 16;
/** Nor is this: a thread was waited for in vain, the one of shard 0 goes on alone (head-start.ts). */
export const FLAG_APART = 32;

/** Largest number of shards: the width of a shard's number in `ABORT`. */
export const MAX_SHARDS = 1023;

export const controlBytes = (shards: number): number => (SHARD_LINES + shards * LINE) * 4;
export const shardWord = (shard: number, word: number): number => SHARD_LINES + shard * LINE + word;

export type CauseKind = 'closed' | 'threw' | 'died' | 'stalled';

const CAUSES: readonly CauseKind[] = ['closed', 'threw', 'died', 'stalled'];

export interface Cause {
  readonly kind: CauseKind;
  /** The shard it happened to, or that noticed it. */
  readonly shard: number;
  /** `stalled`: the shard waited for; else equal to `shard`. */
  readonly other: number;
}

/** bits 31..24 = 1 + kind, 23..12 = shard, 11..0 = other */
const packCause = (cause: Cause): number =>
  ((CAUSES.indexOf(cause.kind) + 1) << 24) | (cause.shard << 12) | cause.other;

/** Ends the run: records the cause unless there is one already, and wakes everybody. */
export function abort(words: Int32Array, cause: Cause): void {
  Atomics.compareExchange(words, ABORT, 0, packCause(cause));
  for (const word of [BARRIER_GENERATION, LEG, DONE, HANDOVER]) Atomics.notify(words, word);
}

/** Why the run has ended, or null while it goes on. */
export function causeOf(words: Int32Array): Cause | null {
  const word = Atomics.load(words, ABORT);
  if (word === 0) return null;
  return { kind: CAUSES[(word >>> 24) - 1]!, shard: (word >>> 12) & 0xfff, other: word & 0xfff };
}

/** What a shard hands back when it ends; plain data, because errors lose their class between threads. */
export interface ShardReport {
  readonly shard: number;
  /** `failed` shards carry what they threw; `aborted` ones ended because another did. */
  readonly outcome: 'closed' | 'aborted' | 'failed';
  readonly error: ShardError | null;
}

export interface ShardError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly stack: string;
}
