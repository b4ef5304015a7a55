/**
 * Steps that the thread of shard 0 runs for all shards, until the other threads are there: the first ones of a leg, and
 * those after a thread was waited for in vain.
 *
 * A thread that is woken may not run for long: it may be put on the processor of another one, although its own is idle,
 * and both would wait for each other in turns until, after some 10 ms, one is moved. So nobody waits: the first thread
 * works as if it were alone, and the others take over their shards at the next step boundary after they have seen it get
 * on while they ran themselves. Until then they mostly sleep: every time a thread wakes, the system may find it a
 * processor of its own. All state of a shard is in the chip's memory, so it does not matter who runs it.
 */
import {
  ABORT,
  FLAG_ABORTED,
  FLAG_APART,
  FLAGS,
  FLAGS_ODD,
  HANDOVER,
  JOINED,
  LEG_TARGET,
  OVER,
  SHARD_STEP,
  shardWord,
} from './control.js';
import { stepAll } from './steps.js';
import type { Tick } from './tick.js';

/**
 * Runs steps of all shards from `first` on, until the leg ends or all others have joined for the `round`th time in it.
 * Returns the step from which every thread runs its own shard, or null when the leg has ended.
 */
export function runAlone(
  ticks: readonly Tick[],
  control: Int32Array,
  { first, last, round }: { readonly first: number; readonly last: number; readonly round: number },
): number | null {
  const joined = round * (ticks.length - 1);
  let flags = 0;
  let t = first;
  for (const tick of ticks) tick.begin(first);
  while (t <= last && flags === 0 && Atomics.load(control, JOINED) < joined) {
    flags = Atomics.load(control, ABORT) === 0 ? stepAll(ticks, t++) & ~FLAG_APART : FLAG_ABORTED;
  }
  for (const tick of ticks) tick.settle(t - 1);
  const isOver = flags !== 0 || t > last;
  // who has joined has seen the flag, and only they could raise it again
  if (!isOver) for (const word of [FLAGS, FLAGS_ODD]) Atomics.and(control, word, ~FLAG_APART);
  Atomics.store(control, HANDOVER, isOver ? OVER : t);
  Atomics.notify(control, HANDOVER);
  return isOver ? null : t;
}

/** The step the first thread is in. */
const FIRST_STEP = shardWord(0, SHARD_STEP);
/**
 * How long it looks whether the first thread gets on: for so many of its steps, within limits in ms, after which it
 * sleeps for so many times as long: on the first thread's processor, looking takes time from it.
 */
const LOOK_STEPS = 3;
const LEAST_LOOK_MS = 0.05;
const MOST_LOOK_MS = 4;
const SLEEPS = 32;
/**
 * But only what keeps wanting the processor of another is moved to an idle one, by one of the system's next ticks. So
 * where the rest of the leg would take longer than `WORTH_MS`, it looks for that long.
 */
const TICKS_MS = 16;
const PAUSE_MS = 32;
const WORTH_MS = 25;
/** Two looks at the clock with more between them: this thread was not running. */
const GAP_MS = 0.05;
/** How long it sleeps before it looks whether the run still exists, in ms. */
const SLICE_MS = 500;

/**
 * Waits until this shard, whose last step was `after`, may run by itself. The step from which it does, or null: the leg
 * or the run has ended without it.
 */
export function join(control: Int32Array, after: number): number | null {
  const old = Atomics.load(control, HANDOVER);
  // what was handed over in this leg before is no news
  const stale = old > 0 && old <= after ? old : 0;
  let at = performance.now();
  let step = Atomics.load(control, FIRST_STEP);
  let look = LEAST_LOOK_MS;
  while (Atomics.load(control, HANDOVER) === stale && !getsOn(control, stale, look)) {
    if (Atomics.load(control, ABORT) !== 0) return null;
    Atomics.wait(control, HANDOVER, stale, look === TICKS_MS ? PAUSE_MS : SLEEPS * look);
    const [now, reached] = [performance.now(), Atomics.load(control, FIRST_STEP)];
    const each = (now - at) / Math.max(1, reached - step);
    look =
      (control[LEG_TARGET]! - reached) * each > WORTH_MS
        ? TICKS_MS
        : Math.min(MOST_LOOK_MS, Math.max(LEAST_LOOK_MS, LOOK_STEPS * each));
    at = now;
    step = reached;
  }
  Atomics.add(control, JOINED, 1);
  let next = Atomics.load(control, HANDOVER);
  for (const until = performance.now() + MOST_LOOK_MS; next === stale && performance.now() < until; )
    next = Atomics.load(control, HANDOVER);
  while (next === stale) {
    if (Atomics.load(control, ABORT) !== 0) return null;
    Atomics.wait(control, HANDOVER, stale, SLICE_MS);
    next = Atomics.load(control, HANDOVER);
  }
  return next === OVER ? null : next;
}

/** Whether the first thread begins a step while this one runs, too, or hands over. */
function getsOn(control: Int32Array, stale: number, ms: number): boolean {
  let step = Atomics.load(control, FIRST_STEP);
  let before = performance.now();
  for (const until = before + ms; before < until; ) {
    const seen = Atomics.load(control, FIRST_STEP);
    const now = performance.now();
    if (seen !== step && now - before < GAP_MS) return true;
    if (Atomics.load(control, HANDOVER) !== stale) return true;
    step = seen;
    before = now;
  }
  return false;
}
