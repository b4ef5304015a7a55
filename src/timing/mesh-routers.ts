/**
 * The routers of a mesh: who waits for which output, and what moves. Messages go x first, then y.
 *
 * Within an instant, all that is due comes first: arrivals, links that get free, cores that are done. These touch
 * a buffer each and commute. Then the lowest-numbered port that can act does, again and again until none can.
 * Numbers of ports: receivers by core, outputs by lane, senders by core.
 */
import { NORTH } from './links.js';
import type { MeshClock } from './mesh-clock.js';
import type { MeshLanes } from './mesh-lanes.js';
import type { MeshMessages } from './mesh-messages.js';
import type { PortSet } from './mesh-ports.js';
import * as W from './mesh-words.js';
import { NONE } from './mesh-words.js';
import type { MeshGeometry } from './step-messages.js';

export class MeshRouters {
  readonly cores: number;
  readonly links: number;
  /** Tile of each core. */
  readonly #x: Uint32Array;
  readonly #y: Uint32Array;
  readonly #clock: MeshClock;
  readonly #now: Float64Array;
  readonly #ports: PortSet;
  readonly #messages: MeshMessages;
  readonly #capacity: number;
  /** Of lanes. */
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  /** Links whose FREE_AT is not 0. */
  #touched = new Int32Array(64);
  #touchedCount = 0;

  constructor(
    { cores, x, y }: MeshGeometry,
    linkBuffer: number,
    shared: { lanes: MeshLanes; clock: MeshClock; ports: PortSet; messages: MeshMessages },
  ) {
    this.cores = cores;
    this.links = shared.lanes.links;
    this.#x = x;
    this.#y = y;
    this.#clock = shared.clock;
    this.#now = shared.clock.now;
    this.#ports = shared.ports;
    this.#messages = shared.messages;
    // counts are below 2^31; an integer here spares a comparison of doubles
    this.#capacity = Math.min(linkBuffer, 2 ** 31 - 1) | 0;
    this.#words = shared.lanes.words;
    this.#times = shared.lanes.times;
  }

  /** What the clock says is due on links now. */
  settle(): void {
    const { arrivals, releases } = this.#clock;
    const now = this.#now[0]!;
    for (let i = 0; i < arrivals.length; i++) {
      const line = arrivals[i]!;
      while (line.due[0] === now) this.#arrive(line.shift());
    }
    while (releases !== null && releases.due[0] === now) this.callOutput(releases.shift());
  }

  /**
   * One arrival on that line is all that is due. What arrival, start and all between come to when nobody waits: most
   * hops of a mesh that is not crowded are such. The message if its core is to take it in, else NONE.
   */
  settleOne(line: number): number {
    const link = this.#clock.arrivals[line]!.shift();
    const lane = link << W.LANE_WORDS;
    const words = this.#words;
    const message = words[lane + W.FIRST]!;
    const output = this.#outputOf(message, words[lane + W.ROUTER]!);
    const port = output << W.LANE_WORDS;
    const others =
      words[lane + W.HERE]! | (words[lane + W.FIRST_WAITING]! + 1) | (words[port + W.FIRST_WAITING]! + 1);
    const isEjection = output >= this.links;
    const isOpen =
      words[port + (isEjection ? W.QUEUED : W.OCCUPIED)]! < this.#capacity &&
      this.#times[(output << W.LANE_TIMES) + W.FREE_AT]! <= this.#now[0]!;
    if (others !== 0 || !isOpen) {
      this.#arrive(link);
      return NONE;
    }
    words[lane + W.FIRST] = this.#messages.words[(message << W.MESSAGE_WORDS) + W.NEXT]!;
    words[lane + W.OCCUPIED]!--;
    words[lane + W.LEFT_BY] = output;
    if (isEjection) return message;
    this.#go(output, message);
    return NONE;
  }

  /** Whether the injection buffer of a core has room. */
  hasRoom(core: number): boolean {
    return this.#words[((this.links + core) << W.LANE_WORDS) + W.OCCUPIED]! < this.#capacity;
  }

  /** Puts a message into the injection buffer of a core, which has room. */
  inject(core: number, message: number): void {
    const { words, times, to } = this.#messages;
    const destination = to[message]!;
    const at = message << W.MESSAGE_WORDS;
    words[at + W.GO_EAST] = this.#x[destination]! - this.#x[core]!;
    words[at + W.GO_NORTH] = this.#y[destination]! - this.#y[core]!;
    times[(message << W.MESSAGE_TIMES) + W.SINCE] = this.#now[0]!;
    this.#append(this.links + core, message);
    this.#appear(this.links + core);
  }

  /** Calls the output of a lane if a message waits for it. */
  callOutput(lane: number): void {
    if (this.#words[(lane << W.LANE_WORDS) + W.FIRST_WAITING] !== NONE) this.#ports.call(this.cores + lane);
  }

  /** Whether a message waits for ejection to a core. */
  isWanted(core: number): boolean {
    return this.#words[((this.links + core) << W.LANE_WORDS) + W.FIRST_WAITING] !== NONE;
  }

  /** Port of a link: starts the message that has been first of its buffer for longest, if it is free and the buffer behind has room. */
  start(link: number): void {
    const lane = link << W.LANE_WORDS;
    const timing = link << W.LANE_TIMES;
    const words = this.#words;
    const times = this.#times;
    const now = this.#now[0]!;
    if (words[lane + W.FIRST_WAITING] === NONE) return;
    if (times[timing + W.FREE_AT]! > now || words[lane + W.OCCUPIED]! >= this.#capacity) return;
    const message = this.take(link);
    this.#go(link, message);
  }

  /** Takes the message that has been first of its buffer for longest of those that wait for an output; there is one. */
  take(output: number): number {
    const words = this.#words;
    const port = output << W.LANE_WORDS;
    const buffer = words[port + W.FIRST_WAITING]!;
    const lane = buffer << W.LANE_WORDS;
    const after = words[lane + W.AFTER]!;
    words[port + W.FIRST_WAITING] = after;
    if (after === NONE) words[port + W.LAST_WAITING] = NONE;
    else words[(after << W.LANE_WORDS) + W.BEFORE] = NONE;

    const message = words[lane + W.FIRST]!;
    const behind = words[lane + W.HERE]! - 1;
    words[lane + W.HERE] = behind;
    words[lane + W.FIRST] = this.#messages.words[(message << W.MESSAGE_WORDS) + W.NEXT]!;
    if (this.#now[0]! > this.#messages.times[(message << W.MESSAGE_TIMES) + W.SINCE]!) {
      this.#account(buffer, message, output, behind);
    }
    words[lane + W.LEFT_BY] = output;
    const occupied = words[lane + W.OCCUPIED]!;
    words[lane + W.OCCUPIED] = occupied - 1;
    if (occupied === this.#capacity) this.#madeRoom(buffer);
    if (behind > 0) {
      this.#times[(buffer << W.LANE_TIMES) + W.BEHIND_SINCE] = (behind - 1) * this.#now[0]!;
      this.#queue(buffer);
    }
    return message;
  }

  /** Readies all links for a step that begins at 0; no message is left. */
  reset(): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      this.#times[(this.#touched[i]! << W.LANE_TIMES) + W.FREE_AT] = 0;
    }
    this.#touchedCount = 0;
  }

  /** The message that has been longest on its way over a link enters the buffer behind it. */
  #arrive(link: number): void {
    this.#appear(link);
    if (this.#times[(link << W.LANE_TIMES) + W.FREE_AT]! <= this.#now[0]!) this.callOutput(link);
  }

  /** A message starts over a link. */
  #go(link: number, message: number): void {
    const timing = link << W.LANE_TIMES;
    const times = this.#times;
    const now = this.#now[0]!;
    const { words: ahead, times: entered } = this.#messages;
    const direction = link & 3;
    const axis = (message << W.MESSAGE_WORDS) + (direction < NORTH ? W.GO_EAST : W.GO_NORTH);
    // east and north count down, west and south up
    ahead[axis]! += ((direction & 1) << 1) - 1;
    const occupation = times[timing + W.OCCUPATION]!;
    if (occupation > 0) {
      if (times[timing + W.FREE_AT] === 0) this.#touch(link);
      times[timing + W.FREE_AT] = now + occupation;
    }
    times[timing + W.CARRIED]!++;
    entered[(message << W.MESSAGE_TIMES) + W.SINCE] = now + times[timing + W.LATENCY]!;
    this.#append(link, message);
    if (!this.#clock.depart(link)) this.#arrive(link);
    else if (occupation === 0) this.callOutput(link);
  }

  #append(buffer: number, message: number): void {
    const words = this.#words;
    const lane = buffer << W.LANE_WORDS;
    const occupied = words[lane + W.OCCUPIED]! + 1;
    if (occupied === 1) words[lane + W.FIRST] = message;
    else this.#messages.words[(words[lane + W.LAST]! << W.MESSAGE_WORDS) + W.NEXT] = message;
    words[lane + W.LAST] = message;
    words[lane + W.OCCUPIED] = occupied;
    if (occupied > words[lane + W.FULLEST]!) words[lane + W.FULLEST] = occupied;
  }

  /** One more message of a buffer is there. */
  #appear(buffer: number): void {
    const here = (buffer << W.LANE_WORDS) + W.HERE;
    const count = this.#words[here]! + 1;
    this.#words[here] = count;
    if (count === 1) this.#queue(buffer);
    else this.#times[(buffer << W.LANE_TIMES) + W.BEHIND_SINCE]! += this.#now[0]!;
  }

  /** The first message of a buffer has just become so: it waits for its output. Among equals the lower buffer goes first. */
  #queue(buffer: number): void {
    const words = this.#words;
    const times = this.#times;
    const lane = buffer << W.LANE_WORDS;
    const now = this.#now[0]!;
    const output = this.#outputOf(words[lane + W.FIRST]!, words[lane + W.ROUTER]!);
    const port = output << W.LANE_WORDS;
    times[(buffer << W.LANE_TIMES) + W.HEAD_SINCE] = now;
    let before = words[port + W.LAST_WAITING]!;
    this.#ports.call(this.cores + output);
    if (before === NONE) {
      words[lane + W.BEFORE] = words[lane + W.AFTER] = NONE;
      words[port + W.FIRST_WAITING] = words[port + W.LAST_WAITING] = buffer;
      return;
    }
    while (before > buffer && times[(before << W.LANE_TIMES) + W.HEAD_SINCE] === now) {
      before = words[(before << W.LANE_WORDS) + W.BEFORE]!;
    }
    const ahead = before === NONE ? port + W.FIRST_WAITING : (before << W.LANE_WORDS) + W.AFTER;
    const after = words[ahead]!;
    words[ahead] = buffer;
    words[after === NONE ? port + W.LAST_WAITING : (after << W.LANE_WORDS) + W.BEFORE] = buffer;
    words[lane + W.BEFORE] = before;
    words[lane + W.AFTER] = after;
  }

  #outputOf(message: number, router: number): number {
    const { words } = this.#messages;
    const east = words[(message << W.MESSAGE_WORDS) + W.GO_EAST]!;
    const north = words[(message << W.MESSAGE_WORDS) + W.GO_NORTH]!;
    // the sign is the direction along an axis; no branch, since which way a message goes cannot be foretold
    const alongX = (east | -east) >> 31;
    if ((east | north) !== 0)
      return router + ((alongX & (east >>> 31)) | (~alongX & (NORTH | (north >>> 31))));
    return this.links + this.#messages.to[message]!;
  }

  /** A message leaves a buffer, in which it waited, with others behind it. */
  #account(buffer: number, message: number, output: number, behind: number): void {
    const times = this.#times;
    const now = this.#now[0]!;
    const headSince = times[(buffer << W.LANE_TIMES) + W.HEAD_SINCE]!;
    const since = this.#messages.time(message, W.SINCE);
    if (headSince > since) {
      this.#messages.wait(message, headSince - since, this.#words[(buffer << W.LANE_WORDS) + W.LEFT_BY]!);
    }
    const asFirst = now - headSince;
    if (asFirst === 0) return;
    this.#messages.wait(message, asFirst, output);
    const ofOthers = behind > 0 ? behind * now - times[(buffer << W.LANE_TIMES) + W.BEHIND_SINCE]! : 0;
    const at = output << W.LANE_TIMES;
    times[at + W.WAITED]! += asFirst + ofOthers;
    if (asFirst > times[at + W.LONGEST]!) times[at + W.LONGEST] = asFirst;
  }

  /** A full buffer has room: what feeds it may go on. */
  #madeRoom(buffer: number): void {
    if (buffer < this.links) this.callOutput(buffer);
    else this.#ports.call(this.cores + this.cores + buffer);
  }

  #touch(link: number): void {
    if (this.#touchedCount === this.#touched.length) {
      const larger = new Int32Array(2 * this.#touchedCount);
      larger.set(this.#touched);
      this.#touched = larger;
    }
    this.#touched[this.#touchedCount++] = link;
  }
}
