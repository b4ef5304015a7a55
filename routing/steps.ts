/** Steps of shards that take turns in one thread: all of a chip, or one whose barrier waits for the others. */
import { isMeasured, measuredStep } from './busy.js';
import type { Tick } from './tick.js';

export interface Stretch {
  /** What ended it; 0 where it was run to its end. */
  readonly flags: number;
  /** Its last step. */
  readonly end: number;
}

/** Runs steps `first .. last` of the given shards, or fewer. */
export function runSteps(ticks: readonly Tick[], first: number, last: number): Stretch {
  let flags = 0;
  let t = first;
  for (; t <= last && flags === 0; t++) flags = stepAll(ticks, t);
  for (const tick of ticks) tick.settle(t - 1);
  return { flags, end: t - 1 };
}

/** Runs step `t` of the given shards; the flags of all shards. */
export function stepAll(ticks: readonly Tick[], t: number): number {
  if (isMeasured(t, ticks[0]!.shards)) measuredStep(ticks, t);
  else for (const tick of ticks) tick.step(t);
  let flags = 0;
  for (const tick of ticks) flags = tick.finish(t);
  return flags;
}
