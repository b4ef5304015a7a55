/**
 * Legs: the host asks for steps up to a target; shards run until there, or until a log is full, a stop is
 * asked for or a core faults. What ends a leg is decided from the flags all shards exchange at the barrier,
 * so all of them end it at the same step. The same loop serves a thread with one shard and a thread that
 * runs all shards in turns.
 */
import { measuredLeg } from './busy.js';
import {
  ABORT,
  COMMAND,
  COMMAND_CLOSE,
  DONE,
  FLAG_APART,
  LEG,
  LEG_START,
  LEG_TARGET,
  SHARD_LEG,
  shardWord,
} from './control.js';
import { join, runAlone } from './head-start.js';
import { runSteps } from './steps.js';
import type { Tick } from './tick.js';

/** How long a shard sleeps between legs before it looks whether the run still exists, in ms. */
const SLICE_MS = 500;

/** Tells the host that this shard is where all others are: ready (leg 0), or at the end of the leg. */
export function reportDone(control: Int32Array, { shard, shards }: Tick, leg: number): void {
  Atomics.store(control, shardWord(shard, SHARD_LEG), leg);
  if (Atomics.add(control, DONE, 1) === shards - 1) Atomics.notify(control, DONE);
}

/** Sleeps until the host asks for a leg other than `leg`. Returns its number, or null when the run is over. */
export function awaitLeg(control: Int32Array, leg: number): number | null {
  while (Atomics.load(control, LEG) === leg) {
    if (Atomics.load(control, ABORT) !== 0) return null;
    Atomics.wait(control, LEG, leg, SLICE_MS);
  }
  return Atomics.load(control, COMMAND) === COMMAND_CLOSE ? null : Atomics.load(control, LEG);
}

/** The shards that a thread runs: one, and where threads have processors of their own, all of them for a head start. */
export interface ThreadTicks {
  readonly own: Tick;
  /** Of shard 0 only: all shards, without barrier. */
  readonly all: readonly Tick[] | null;
  /** Whether the thread of shard 0 has a head start. */
  readonly joins: boolean;
}

/** A thread's whole life: leg after leg, until the host closes or the run is aborted (false). */
export function runLegs(ticks: ThreadTicks, control: Int32Array): boolean {
  const { own } = ticks;
  let leg: number | null = 0;
  for (;;) {
    reportDone(control, own, leg);
    leg = awaitLeg(control, leg);
    if (leg === null) return Atomics.load(control, ABORT) === 0;
    measuredLeg(own, () => runPart(ticks, control));
    if (Atomics.load(control, ABORT) !== 0) return false;
  }
}

/** What a thread does in a leg. */
function runPart({ own, all, joins }: ThreadTicks, control: Int32Array): void {
  const last = control[LEG_TARGET]!;
  let after = control[LEG_START]!;
  for (let round = 1; after < last; round++) {
    let first: number | null = after + 1;
    if (all !== null) first = runAlone(all, control, { first, last, round });
    else if (joins) first = join(control, after);
    if (first === null) return;
    own.begin(first);
    const { flags, end } = runSteps([own], first, last);
    if (flags !== FLAG_APART) return;
    after = end;
  }
}
