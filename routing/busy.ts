/**
 * How long each shard is busy with its part of a step and how long it waits for the others, which is how one sees
 * whether the cores are shared out well. Host time, for reports only: nothing on the chip can see it.
 *
 * Three looks at the clock are some 0.1 us, a step of a small chip is 1 us: so only some steps are measured.
 */
import { SHARD_TIMES, shardWord } from './control.js';
import type { Tick } from './tick.js';

/** One step of so many is measured: a prime, so that no rhythm of the network falls in step with it. */
const MEASURED_EVERY = 13;

/** Milliseconds in the steps that were measured. */
const BUSY = 0;
const WAITED = 1;

export interface BusyTime {
  /** Milliseconds in steps, and at the barrier, of all steps so far, reckoned from every 13th. */
  readonly busyMs: number;
  readonly waitedMs: number;
}

/** One shard has nobody to be compared with. */
export const isMeasured = (step: number, shards: number): boolean =>
  shards > 1 && step % MEASURED_EVERY === 0;

/** Where a shard keeps its times, in the control block at the start of `buffer`. */
export const timesOf = (buffer: ArrayBufferLike, shard: number): Float64Array =>
  new Float64Array(buffer, shardWord(shard, SHARD_TIMES) * 4, 2);

/** Step `t` of the shards of one thread; returns its flags. */
export function measuredStep(ticks: readonly Tick[], t: number): number {
  let flags = 0;
  let from = performance.now();
  for (const tick of ticks) {
    tick.step(t);
    const to = performance.now();
    tick.times[BUSY]! += to - from;
    from = to;
  }
  for (const tick of ticks) {
    flags = tick.finish(t);
    const to = performance.now();
    tick.times[WAITED]! += to - from;
    from = to;
  }
  return flags;
}

/** null when no step was measured. */
export function busyTime(buffer: ArrayBufferLike, shard: number): BusyTime | null {
  const times = timesOf(buffer, shard);
  const busyMs = times[BUSY]! * MEASURED_EVERY;
  const waitedMs = times[WAITED]! * MEASURED_EVERY;
  return busyMs + waitedMs > 0 ? { busyMs, waitedMs } : null;
}
