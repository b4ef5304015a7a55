/**
 * Legs: the host asks for steps up to a target; shards run until there, or until a log is full, a stop is
 * asked for or a core faults. What ends a leg is decided from the flags all shards exchange at the barrier,
 * so all of them end it at the same step. The same loop serves a thread with one shard and a thread that
 * runs all shards in turns.
 */
import { isMeasured, measuredLeg, measuredStep } from './busy.js';
import { ABORT, COMMAND, COMMAND_CLOSE, DONE, FLAG_ABORTED, LEG, LEG_START, LEG_TARGET } from './control.js';
import type { Tick } from './tick.js';

/** Runs steps `first .. last` of the given shards, or fewer. Returns the flags that ended it, 0 at `last`. */
export function runSteps(ticks: readonly Tick[], first: number, last: number): number {
  const { shards } = ticks[0]!;
  let flags = 0;
  let t = first;
  for (; t <= last && flags === 0; t++) {
    if (isMeasured(t, shards)) measuredStep(ticks, t);
    else for (const tick of ticks) tick.step(t);
    for (const tick of ticks) flags = tick.finish(t);
  }
  for (const tick of ticks) tick.settle(t - 1);
  return flags;
}

/** How long a shard sleeps between legs before it looks whether the run still exists, in ms. */
const SLICE_MS = 500;

/** Tells the host that this shard is where all others are: ready, or at the end of the leg. */
export function reportDone(control: Int32Array, shards: number): void {
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

/** A thread's whole life: leg after leg, until the host closes or the run is aborted (false). */
export function runLegs(tick: Tick, control: Int32Array, shards: number): boolean {
  let leg: number | null = 0;
  reportDone(control, shards);
  for (;;) {
    leg = awaitLeg(control, leg);
    if (leg === null) return Atomics.load(control, ABORT) === 0;
    const first = control[LEG_START]! + 1;
    tick.begin(first);
    const flags = measuredLeg(tick, () => runSteps([tick], first, control[LEG_TARGET]!));
    if (flags === FLAG_ABORTED) return false;
    reportDone(control, shards);
  }
}
