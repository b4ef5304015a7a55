/** What is due when, as ../mesh-clock.ts: delay lines of links, and a heap of the timers of cores. */
import {
  HAS_RELEASES,
  LINES,
  LINES_BASE,
  LINE_BYTES,
  LINE_DELAY,
  LINE_DUE,
  LINE_OF,
  NOW,
  RING_AT,
  RING_HEAD,
  RING_MASK,
  RING_TAIL,
  TIMERS,
  TIMERS_AT,
} from '../mesh-words';
import { head, now, place, setHead } from './words';

/** Answers of `advance`. */
export const MANY: i32 = -1;
export const NOTHING: i32 = -2;

const NEVER: f64 = Infinity;

/** Number of the line of releases. */
@inline
export function lineOf(line: i32): usize {
  return (<usize>LINES_BASE) + (<usize>line) * LINE_BYTES;
}

@inline
export function isDue(line: usize): bool {
  return load<f64>(line, LINE_DUE << 3) == now();
}

@inline
function push(line: usize, link: i32): void {
  const ring = load<usize>(line, RING_AT << 2);
  const tail = load<usize>(line, RING_TAIL << 2);
  const next = (tail + 16) & load<usize>(line, RING_MASK << 2);
  const time = now() + load<f64>(line, LINE_DELAY << 3);
  if (tail == load<usize>(line, RING_HEAD << 2)) store<f64>(line, time, LINE_DUE << 3);
  store<f64>(ring + tail, time);
  store<i32>(ring + tail, link, 8);
  store<f64>(ring + next, NEVER);
  store<usize>(line, next, RING_TAIL << 2);
}

@inline
export function shift(line: usize): i32 {
  const ring = load<usize>(line, RING_AT << 2);
  const first = load<usize>(line, RING_HEAD << 2);
  const next = (first + 16) & load<usize>(line, RING_MASK << 2);
  store<usize>(line, next, RING_HEAD << 2);
  store<f64>(line, load<f64>(ring + next), LINE_DUE << 3);
  return load<i32>(ring + first, 8);
}

/** A message starts over a link now. False when it is there at once. */
@inline
export function depart(link: i32): bool {
  if (head(HAS_RELEASES) != 0) push(lineOf(head(LINES)), link);
  const line = head(LINE_OF + (link & 3));
  if (line < 0) return false;
  push(lineOf(line), link);
  return true;
}

/** Goes on to the next instant at which something is due: the line if that is one arrival and nothing else. */
@inline
export function advance(): i32 {
  const lines = head(LINES);
  let next = load<f64>(place(TIMERS_AT));
  let source = MANY;
  if (head(HAS_RELEASES) != 0) {
    const due = load<f64>(lineOf(lines), LINE_DUE << 3);
    if (due < next) next = due;
  }
  for (let i = 0; i < lines; i++) {
    const due = load<f64>(lineOf(i), LINE_DUE << 3);
    if (due > next) continue;
    source = due < next ? i : MANY;
    next = due;
  }
  if (!(next < NEVER)) return NOTHING;
  store<f64>((<usize>NOW) << 3, next);
  if (source < 0) return MANY;
  const line = lineOf(source);
  const second = (load<usize>(line, RING_HEAD << 2) + 16) & load<usize>(line, RING_MASK << 2);
  return load<f64>(load<usize>(line, RING_AT << 2) + second) == next ? MANY : source;
}

/** Sets a timer that is due `delay` ps from now. */
export function set(timer: i32, delay: f64): void {
  const timers = place(TIMERS_AT);
  const time = now() + delay;
  const count = head(TIMERS);
  setHead(TIMERS, count + 1);
  rise(timers, <usize>count << 4, time, timer);
}

/** Takes a timer that is due now; -1 when there is none. */
@inline
export function ring(): i32 {
  const timers = place(TIMERS_AT);
  if (load<f64>(timers) > now() || head(TIMERS) == 0) return -1;
  return take(timers);
}

function take(timers: usize): i32 {
  const timer = load<i32>(timers, 8);
  const count = head(TIMERS) - 1;
  const last = (<usize>count) << 4;
  const time = load<f64>(timers + last);
  const moved = load<i32>(timers + last, 8);
  setHead(TIMERS, count);
  store<f64>(timers + last, NEVER);
  if (last == 0) return timer;
  let at: usize = 0;
  for (let child: usize = 16; child < last; child = 2 * at + 16) {
    const left = load<f64>(timers + child);
    const right = load<f64>(timers + child, 16);
    child += (<usize>(right < left)) << 4;
    store<f64>(timers + at, load<f64>(timers + child));
    store<i32>(timers + at, load<i32>(timers + child, 8), 8);
    at = child;
  }
  rise(timers, at, time, moved);
  return timer;
}

/** Puts a timer into the hole at offset `at`, or above. */
@inline
function rise(timers: usize, at: usize, time: f64, timer: i32): void {
  while (at > 0) {
    const parent = ((at - 16) >> 1) & ~15;
    const above = load<f64>(timers + parent);
    if (above <= time) break;
    store<f64>(timers + at, above);
    store<i32>(timers + at, load<i32>(timers + parent, 8), 8);
    at = parent;
  }
  store<f64>(timers + at, time);
  store<i32>(timers + at, timer, 8);
}

/** To 0, with nothing due. */
export function reset(): void {
  store<f64>((<usize>NOW) << 3, 0);
  const timers = place(TIMERS_AT);
  for (let i = head(TIMERS); i >= 0; i--) store<f64>(timers + ((<usize>i) << 4), NEVER);
  setHead(TIMERS, 0);
  const lines = head(LINES) + head(HAS_RELEASES);
  for (let i = 0; i < lines; i++) {
    const line = lineOf(i);
    store<usize>(line, 0, RING_HEAD << 2);
    store<usize>(line, 0, RING_TAIL << 2);
    store<f64>(line, NEVER, LINE_DUE << 3);
    store<f64>(load<usize>(line, RING_AT << 2), NEVER);
  }
}
