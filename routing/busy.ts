/**
 * How long each shard is busy with its part of a step, of the time its legs take, which is how one sees whether
 * the cores are shared out well. Host time, for reports only: nothing on the chip can see it.
 *
 * Two looks at the clock are 0.08 us, a step of the smallest chip in two threads 3 us: so only some steps are measured.
 */
import { SHARD_TIMES, shardWord } from './control.js';
import type { Tick } from './tick.js';

/** One step of so many is measured: a prime, so that few rhythms of a network fall in step with it. */
const MEASURED_EVERY = 7;

/** Milliseconds in the steps that were measured, and in legs. */
const BUSY = 0;
const LEGS = 1;

export interface BusyTime {
  /** Milliseconds in steps so far, reckoned from every 7th. */
  readonly busyMs: number;
  /** Milliseconds its thread was in legs but not in its steps: it waited, or ran those of other shards; 0 for shards without threads. */
  readonly waitedMs: number;
}

/** One shard has nobody to be compared with. */
export const isMeasured = (step: number, shards: number): boolean =>
  shards > 1 && step % MEASURED_EVERY === 0;

/** Where a shard keeps its times, in the control block at the start of `buffer`. */
export const timesOf = (buffer: ArrayBufferLike, shard: number): Float64Array =>
  new Float64Array(buffer, shardWord(shard, SHARD_TIMES) * 4, 2);

/** The part of step `t` of all shards of a thread, with the time it takes. */
export function measuredStep(ticks: readonly Tick[], t: number): void {
  let from = performance.now();
  for (const tick of ticks) {
    tick.step(t);
    const to = performance.now();
    tick.times[BUSY]! += to - from;
    from = to;
  }
}

/** Runs a leg of a thread's only shard, with the time it takes. */
export function measuredLeg<Result>({ times }: Tick, leg: () => Result): Result {
  const from = performance.now();
  const result = leg();
  times[LEGS]! += performance.now() - from;
  return result;
}

/** null when no step was measured. */
export function busyTime(buffer: ArrayBufferLike, shard: number): BusyTime | null {
  const times = timesOf(buffer, shard);
  const busyMs = times[BUSY]! * MEASURED_EVERY;
  return busyMs > 0 ? { busyMs, waitedMs: Math.max(0, times[LEGS]! - busyMs) } : null;
}
