/** Cores as senders and receivers, as ../mesh-cores.ts. */
import {
  ARRIVED_AT,
  BLOCKED,
  BUSY_FROM,
  BUSY_SINCE,
  BUSY_UNTIL,
  CAPACITY,
  CORES,
  FIRST_AT,
  GENERATION_AT,
  HELD,
  HELD_BY,
  HELD_UP,
  HOST,
  HOST_PROCESSING_AT,
  LAST_RECEIVER,
  LAST_RECEIVER_AT,
  LAST_SENDER,
  LAST_SENDER_AT,
  LEFT_BY,
  LINKS,
  LONGEST_AT,
  LONGEST_HELD,
  LONGEST_QUEUE,
  LONGEST_WAIT,
  MAKING,
  NEXT,
  NOBODY,
  NONE,
  PROCESSED,
  PROCESSING_AT,
  QUEUED,
  QUEUE_FIRST,
  QUEUE_LAST,
  QUEUE_WAITED,
  READY,
  READY_SINCE,
  RECEIVED,
  RECEIVED_AT,
  REST_AT,
  SENT_AT,
  TO_AT,
  WAITED_SO_FAR,
} from '../mesh-words';
import { ring, set } from './clock';
import { call } from './ports';
import { hasRoom, inject, isWanted, take } from './routers';
import { coreOf, head, laneOf, messageOf, now, setHead, timeIn, wordIn } from './words';

/** Sets all cores to work on a step, at time 0. */
export function begin(): void {
  const cores = head(CORES);
  setHead(RECEIVED, 0);
  setHead(LAST_SENDER, 0);
  setHead(LAST_RECEIVER, 0);
  store<f64>((<usize>LAST_SENDER_AT) << 3, 0);
  store<f64>((<usize>LAST_RECEIVER_AT) << 3, 0);
  for (let core = 0; core < cores; core++) {
    const at = coreOf(core);
    const host = load<f64>(timeIn(HOST_PROCESSING_AT, core));
    store<i32>(at, NOBODY, BUSY_FROM << 2);
    store<f64>(at, 0, BUSY_UNTIL << 3);
    if (host > 0) {
      store<i32>(at, HOST, BUSY_FROM << 2);
      store<f64>(at, 0, BUSY_SINCE << 3);
      work(core, at, host);
    }
    const message = load<i32>(wordIn(FIRST_AT, core));
    const rest = load<f64>(timeIn(REST_AT, core));
    if (message < load<i32>(wordIn(FIRST_AT, core + 1))) {
      store<f64>(at, 0, HELD_UP << 3);
      store<f64>(at, 0, LONGEST_HELD << 3);
      store<i32>(at, NONE, HELD_BY << 2);
      store<i32>(at, 0, READY << 2);
      make(core, at, message);
    } else if (rest > 0) later(LAST_SENDER, LAST_SENDER_AT, core, rest);
  }
}

/** Senders and receivers whose time is up. */
export function settleCores(): void {
  const cores = head(CORES);
  for (let timer = ring(); timer >= 0; timer = ring()) {
    if (timer < cores) ready(timer, coreOf(timer));
    else call(timer - cores);
  }
}

@inline
function ready(core: i32, at: usize): void {
  store<i32>(at, 1, READY << 2);
  store<f64>(at, now(), READY_SINCE << 3);
  if (hasRoom(laneOf(head(LINKS) + core))) call(2 * head(CORES) + head(LINKS) + core);
}

/** Port of a sender: hands its message over. */
export function send(core: i32): void {
  const at = coreOf(core);
  const buffer = laneOf(head(LINKS) + core);
  const message = load<i32>(at, MAKING << 2);
  const to = messageOf(message);
  const held = now() - load<f64>(at, READY_SINCE << 3);
  if (held > 0) {
    store<f64>(at, load<f64>(at, BLOCKED << 3) + held, BLOCKED << 3);
    store<f64>(at, load<f64>(at, HELD_UP << 3) + held, HELD_UP << 3);
    if (held > load<f64>(at, LONGEST_HELD << 3)) {
      store<f64>(at, held, LONGEST_HELD << 3);
      store<i32>(at, load<i32>(buffer, LEFT_BY << 2), HELD_BY << 2);
    }
  }
  store<f64>(timeIn(SENT_AT, message), now());
  store<f64>(to, load<f64>(at, HELD_UP << 3), HELD << 3);
  store<f64>(to, load<f64>(at, HELD_UP << 3), WAITED_SO_FAR << 3);
  store<f64>(to, load<f64>(at, LONGEST_HELD << 3), LONGEST_WAIT << 3);
  store<i32>(to, load<i32>(at, HELD_BY << 2), LONGEST_AT << 2);
  inject(core, message);
  store<i32>(at, 0, READY << 2);
  if (message + 1 < load<i32>(wordIn(FIRST_AT, core + 1))) make(core, at, message + 1);
  else later(LAST_SENDER, LAST_SENDER_AT, core, now() + load<f64>(timeIn(REST_AT, core)));
}

/** Port of an ejection: lets in the oldest head that waits for the core, if it still can. */
export function eject(core: i32): void {
  const ejection = head(LINKS) + core;
  const lane = laneOf(ejection);
  if (!isWanted(lane) || isFull(lane)) return;
  accept(take(ejection, lane));
  if (isWanted(lane) && !isFull(lane)) call(head(CORES) + ejection);
}

/** Whether the receive queue is full. */
@inline
function isFull(ejection: usize): bool {
  return load<i32>(ejection, QUEUED << 2) >= head(CAPACITY);
}

/** A message enters the receive queue of its destination, which has room. */
export function accept(message: i32): void {
  const core = load<i32>(wordIn(TO_AT, message));
  const at = coreOf(core);
  const lane = laneOf(head(LINKS) + core);
  const queued = load<i32>(lane, QUEUED << 2) + 1;
  store<i32>(lane, queued, QUEUED << 2);
  store<f64>(timeIn(ARRIVED_AT, message), now());
  if (queued == 1) store<i32>(at, message, QUEUE_FIRST << 2);
  else store<i32>(messageOf(load<i32>(at, QUEUE_LAST << 2)), message, NEXT << 2);
  store<i32>(at, message, QUEUE_LAST << 2);
  if (queued > load<i32>(at, LONGEST_QUEUE << 2)) store<i32>(at, queued, LONGEST_QUEUE << 2);
  const left = load<f64>(at, BUSY_UNTIL << 3) - now();
  if (left <= 0) call(core);
  else if (queued == 1) set(head(CORES) + core, left);
}

/** Port of a receiver: begins the first message of its queue. */
export function receive(core: i32): void {
  const at = coreOf(core);
  const ejection = head(LINKS) + core;
  const lane = laneOf(ejection);
  const queued = load<i32>(lane, QUEUED << 2);
  const until = load<f64>(at, BUSY_UNTIL << 3);
  const message = load<i32>(at, QUEUE_FIRST << 2);
  store<i32>(at, load<i32>(messageOf(message), NEXT << 2), QUEUE_FIRST << 2);
  store<i32>(lane, queued - 1, QUEUED << 2);
  if (queued == head(CAPACITY) && isWanted(lane)) call(head(CORES) + ejection);
  store<f64>(timeIn(RECEIVED_AT, message), now());
  const waited = load<f64>(at, QUEUE_WAITED << 3) + (now() - load<f64>(timeIn(ARRIVED_AT, message)));
  store<f64>(at, waited, QUEUE_WAITED << 3);
  if (now() > until || load<i32>(at, BUSY_FROM << 2) == NOBODY) {
    store<i32>(at, message, BUSY_FROM << 2);
    store<f64>(at, now(), BUSY_SINCE << 3);
  }
  setHead(RECEIVED, head(RECEIVED) + 1);
  const time = load<f64>(timeIn(PROCESSING_AT, message));
  work(core, at, time);
  if (queued == 1) return;
  if (time != 0) set(head(CORES) + core, time);
  else call(core);
}

@inline
function make(core: i32, at: usize, message: i32): void {
  const time = load<f64>(timeIn(GENERATION_AT, message));
  store<i32>(at, message, MAKING << 2);
  if (time != 0) set(core, time);
  else ready(core, at);
}

/** A receiver works; a timer is set only when there is more for it to do then. */
@inline
function work(core: i32, at: usize, time: f64): void {
  const until = now() + time;
  store<f64>(at, until, BUSY_UNTIL << 3);
  store<f64>(at, load<f64>(at, PROCESSED << 3) + time, PROCESSED << 3);
  later(LAST_RECEIVER, LAST_RECEIVER_AT, core, until);
}

/** Among equals the lowest core. */
@inline
function later(last: i32, lastAt: i32, core: i32, time: f64): void {
  const before = load<f64>((<usize>lastAt) << 3);
  if (time > before || (time == before && core < head(last))) {
    setHead(last, core);
    store<f64>((<usize>lastAt) << 3, time);
  }
}
