/**
 * The routers of a mesh, as ../mesh-routers.ts. Unlike there, a port that cannot act yet is not called: what it waits
 * for calls it when it comes. Many visits would find nothing to do.
 */
import {
  AFTER,
  BEFORE,
  BEHIND_SINCE,
  CAPACITY,
  CARRIED,
  CORES,
  CORE_X,
  CORE_Y,
  FIRST,
  FIRST_WAITING,
  FREE_AT,
  FULLEST,
  GO_EAST,
  GO_NORTH,
  HAS_RELEASES,
  HEAD_SINCE,
  HERE,
  LAST,
  LAST_WAITING,
  LATENCY,
  LEFT_BY,
  LINES,
  LINKS,
  LONGEST,
  LONGEST_AT,
  LONGEST_WAIT,
  NEXT,
  NONE,
  OCCUPATION,
  OCCUPIED,
  QUEUED,
  READY,
  ROUTER,
  SINCE,
  TOUCHED,
  TOUCHED_AT,
  TO_AT,
  WAITED,
  WAITED_SO_FAR,
} from '../mesh-words';
import { depart, isDue, lineOf, shift } from './clock';
import { call } from './ports';
import { coreOf, head, laneOf, messageOf, now, setHead, wordIn } from './words';

/** Direction of ../links.ts. */
const NORTH: i32 = 2;

/** What the clock says is due on links now. */
export function settleLinks(): void {
  const lines = head(LINES);
  for (let i = 0; i < lines; i++) {
    const line = lineOf(i);
    while (isDue(line)) arrive(shift(line));
  }
  if (head(HAS_RELEASES) == 0) return;
  const releases = lineOf(lines);
  while (isDue(releases)) callLink(shift(releases));
}

/** One arrival is all that is due. The message if its core is to take it in, else NONE. */
export function settleOne(number: i32): i32 {
  const link = shift(lineOf(number));
  const lane = laneOf(link);
  const message = load<i32>(lane, FIRST << 2);
  const output = outputOf(message, load<i32>(lane, ROUTER << 2));
  const port = laneOf(output);
  const others =
    load<i32>(lane, HERE << 2) | (load<i32>(lane, FIRST_WAITING << 2) + 1) | (load<i32>(port, FIRST_WAITING << 2) + 1);
  if (others != 0 || !isOpen(output, port)) {
    arrive(link);
    return NONE;
  }
  store<i32>(lane, load<i32>(messageOf(message), NEXT << 2), FIRST << 2);
  store<i32>(lane, load<i32>(lane, OCCUPIED << 2) - 1, OCCUPIED << 2);
  store<i32>(lane, output, LEFT_BY << 2);
  if (output >= head(LINKS)) return message;
  occupy(output, port);
  go(output, port, message);
  return NONE;
}

/** Puts a message into the injection buffer of a core, which has room. */
export function inject(core: i32, message: i32): void {
  const from = coreOf(core);
  const to = coreOf(load<i32>(wordIn(TO_AT, message)));
  const at = messageOf(message);
  const buffer = head(LINKS) + core;
  store<i32>(at, load<i32>(to, CORE_X << 2) - load<i32>(from, CORE_X << 2), GO_EAST << 2);
  store<i32>(at, load<i32>(to, CORE_Y << 2) - load<i32>(from, CORE_Y << 2), GO_NORTH << 2);
  store<f64>(at, now(), SINCE << 3);
  append(laneOf(buffer), message);
  appear(buffer, laneOf(buffer));
}

/** Whether a message waits for an output. */
@inline
export function isWanted(lane: usize): bool {
  return load<i32>(lane, FIRST_WAITING << 2) != NONE;
}

@inline
export function hasRoom(buffer: usize): bool {
  return load<i32>(buffer, OCCUPIED << 2) < head(CAPACITY);
}

/** Port of a link: starts the message that has been first of its buffer for longest, if it still can. */
@inline
export function start(link: i32): void {
  const lane = laneOf(link);
  if (!isWanted(lane) || !isFree(lane)) return;
  // before the next of its buffer looks whether the link is free
  occupy(link, lane);
  go(link, lane, take(link, lane));
}

/** A link is busy with a message from now on. */
@inline
function occupy(link: i32, lane: usize): void {
  const occupation = load<f64>(lane, OCCUPATION << 3);
  if (occupation == 0) return;
  if (load<f64>(lane, FREE_AT << 3) == 0) touch(link);
  store<f64>(lane, now() + occupation, FREE_AT << 3);
}

/** Readies all links for a step that begins at 0; no message is left. */
export function resetLinks(): void {
  for (let i = head(TOUCHED) - 1; i >= 0; i--) {
    store<f64>(laneOf(load<i32>(wordIn(TOUCHED_AT, i))), 0, FREE_AT << 3);
  }
  setHead(TOUCHED, 0);
}

@inline
function touch(link: i32): void {
  const touched = head(TOUCHED);
  store<i32>(wordIn(TOUCHED_AT, touched), link);
  setHead(TOUCHED, touched + 1);
}

@inline
function isFree(link: usize): bool {
  return hasRoom(link) && load<f64>(link, FREE_AT << 3) <= now();
}

/** Whether a message may leave by an output: it is free, and there is room behind. */
@inline
function isOpen(output: i32, lane: usize): bool {
  const room = <usize>(output >= head(LINKS) ? QUEUED << 2 : OCCUPIED << 2);
  // an ejection is always free
  return load<i32>(lane + room) < head(CAPACITY) && load<f64>(lane, FREE_AT << 3) <= now();
}

@inline
function callLink(link: i32): void {
  const lane = laneOf(link);
  if (isWanted(lane) && isFree(lane)) call(head(CORES) + link);
}

/** Takes the message that has been first of its buffer for longest of those that wait for an output; there is one. */
export function take(output: i32, port: usize): i32 {
  const buffer = load<i32>(port, FIRST_WAITING << 2);
  const lane = laneOf(buffer);
  const after = load<i32>(lane, AFTER << 2);
  store<i32>(port, after, FIRST_WAITING << 2);
  if (after == NONE) store<i32>(port, NONE, LAST_WAITING << 2);
  else store<i32>(laneOf(after), NONE, BEFORE << 2);

  const message = load<i32>(lane, FIRST << 2);
  const at = messageOf(message);
  const behind = load<i32>(lane, HERE << 2) - 1;
  store<i32>(lane, behind, HERE << 2);
  store<i32>(lane, load<i32>(at, NEXT << 2), FIRST << 2);
  if (now() > load<f64>(at, SINCE << 3)) account(lane, at, output, port, behind);
  store<i32>(lane, output, LEFT_BY << 2);
  const occupied = load<i32>(lane, OCCUPIED << 2);
  store<i32>(lane, occupied - 1, OCCUPIED << 2);
  if (occupied == head(CAPACITY)) madeRoom(buffer);
  if (behind > 0) {
    store<f64>(lane, <f64>(behind - 1) * now(), BEHIND_SINCE << 3);
    queue(buffer, lane);
  }
  return message;
}

@inline
function arrive(link: i32): void {
  appear(link, laneOf(link));
  callLink(link);
}

/** A message starts over a link, which it occupies. */
function go(link: i32, lane: usize, message: i32): void {
  const at = messageOf(message);
  const axis = at + <usize>(GO_EAST << 2) + (<usize>(link & NORTH) << 1);
  // east and north count down, west and south up
  store<i32>(axis, load<i32>(axis) + ((link & 1) << 1) - 1);
  store<f64>(lane, load<f64>(lane, CARRIED << 3) + 1, CARRIED << 3);
  store<f64>(at, now() + load<f64>(lane, LATENCY << 3), SINCE << 3);
  append(lane, message);
  if (!depart(link)) arrive(link);
  else if (load<f64>(lane, OCCUPATION << 3) == 0) callLink(link);
}

@inline
function append(lane: usize, message: i32): void {
  const occupied = load<i32>(lane, OCCUPIED << 2) + 1;
  if (occupied == 1) store<i32>(lane, message, FIRST << 2);
  else store<i32>(messageOf(load<i32>(lane, LAST << 2)), message, NEXT << 2);
  store<i32>(lane, message, LAST << 2);
  store<i32>(lane, occupied, OCCUPIED << 2);
  store<i32>(lane, max(occupied, load<i32>(lane, FULLEST << 2)), FULLEST << 2);
}

/** One more message of a buffer is there. */
@inline
function appear(buffer: i32, lane: usize): void {
  const count = load<i32>(lane, HERE << 2) + 1;
  store<i32>(lane, count, HERE << 2);
  if (count == 1) queue(buffer, lane);
  else store<f64>(lane, load<f64>(lane, BEHIND_SINCE << 3) + now(), BEHIND_SINCE << 3);
}

/** The first message of a buffer has just become so: it waits for its output. Among equals the lower buffer goes first. */
function queue(buffer: i32, lane: usize): void {
  const output = outputOf(load<i32>(lane, FIRST << 2), load<i32>(lane, ROUTER << 2));
  const port = laneOf(output);
  store<f64>(lane, now(), HEAD_SINCE << 3);
  if (isOpen(output, port)) call(head(CORES) + output);
  let before = load<i32>(port, LAST_WAITING << 2);
  if (before == NONE) {
    store<i32>(lane, NONE, BEFORE << 2);
    store<i32>(lane, NONE, AFTER << 2);
    store<i32>(port, buffer, FIRST_WAITING << 2);
    store<i32>(port, buffer, LAST_WAITING << 2);
    return;
  }
  while (before > buffer && load<f64>(laneOf(before), HEAD_SINCE << 3) == now()) {
    before = load<i32>(laneOf(before), BEFORE << 2);
  }
  const ahead = before == NONE ? port + (FIRST_WAITING << 2) : laneOf(before) + (AFTER << 2);
  const after = load<i32>(ahead);
  store<i32>(ahead, buffer);
  if (after == NONE) store<i32>(port, buffer, LAST_WAITING << 2);
  else store<i32>(laneOf(after), buffer, BEFORE << 2);
  store<i32>(lane, before, BEFORE << 2);
  store<i32>(lane, after, AFTER << 2);
}

@inline
function outputOf(message: i32, router: i32): i32 {
  const at = messageOf(message);
  const east = load<i32>(at, GO_EAST << 2);
  const north = load<i32>(at, GO_NORTH << 2);
  // the sign is the direction along an axis; no branch, since which way a message goes cannot be foretold
  const alongX = (east | -east) >> 31;
  if ((east | north) != 0) {
    return router + ((alongX & (east >>> 31)) | (~alongX & (NORTH | (north >>> 31))));
  }
  return head(LINKS) + load<i32>(wordIn(TO_AT, message));
}

/** A message leaves a buffer, in which it waited, with others behind it. */
@inline
function account(lane: usize, message: usize, output: i32, port: usize, behind: i32): void {
  const headSince = load<f64>(lane, HEAD_SINCE << 3);
  const since = load<f64>(message, SINCE << 3);
  if (headSince > since) wait(message, headSince - since, load<i32>(lane, LEFT_BY << 2));
  const asFirst = now() - headSince;
  if (asFirst == 0) return;
  wait(message, asFirst, output);
  const ofOthers = behind > 0 ? <f64>behind * now() - load<f64>(lane, BEHIND_SINCE << 3) : 0;
  store<f64>(port, load<f64>(port, WAITED << 3) + (asFirst + ofOthers), WAITED << 3);
  if (asFirst > load<f64>(port, LONGEST << 3)) store<f64>(port, asFirst, LONGEST << 3);
}

/** Adds a wait of `time` ps for the output of a lane. */
@inline
function wait(message: usize, time: f64, lane: i32): void {
  store<f64>(message, load<f64>(message, WAITED_SO_FAR << 3) + time, WAITED_SO_FAR << 3);
  if (time > load<f64>(message, LONGEST_WAIT << 3)) {
    store<f64>(message, time, LONGEST_WAIT << 3);
    store<i32>(message, lane, LONGEST_AT << 2);
  }
}

/** A full buffer has room: what feeds it may go on. */
@inline
function madeRoom(buffer: i32): void {
  const links = head(LINKS);
  if (buffer < links) callLink(buffer);
  else if (load<i32>(coreOf(buffer - links), READY << 2) != 0) call(2 * head(CORES) + buffer);
}
