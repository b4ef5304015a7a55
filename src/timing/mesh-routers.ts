/**
 * The routers of a mesh: who waits for which output, and what moves. Messages go x first, then y.
 *
 * Within an instant, all that is due comes first: arrivals, links that get free, cores that are done. These touch
 * a buffer each and commute. Then the lowest-numbered port that can act does, again and again until none can.
 * Numbers of ports: receivers by core, outputs by lane, senders by core.
 */
import { NORTH } from './links.js';
import type { MeshClock } from './mesh-clock.js';
import * as L from './mesh-lanes.js';
import { NONE } from './mesh-lanes.js';
import * as M from './mesh-messages.js';
import type { PortSet } from './mesh-ports.js';
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
  readonly #messages: M.MeshMessages;
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
    shared: { lanes: L.MeshLanes; clock: MeshClock; ports: PortSet; messages: M.MeshMessages },
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
    const lane = link << L.WORDS;
    const words = this.#words;
    const message = words[lane + L.FIRST]!;
    const output = this.#outputOf(message, words[lane + L.ROUTER]!);
    const port = output << L.WORDS;
    const others =
      words[lane + L.HERE]! | (words[lane + L.FIRST_WAITING]! + 1) | (words[port + L.FIRST_WAITING]! + 1);
    const isEjection = output >= this.links;
    const isOpen =
      words[port + (isEjection ? L.QUEUED : L.OCCUPIED)]! < this.#capacity &&
      this.#times[(output << L.TIMES) + L.FREE_AT]! <= this.#now[0]!;
    if (others !== 0 || !isOpen) {
      this.#arrive(link);
      return NONE;
    }
    words[lane + L.FIRST] = this.#messages.words[(message << M.MESSAGE_WORDS) + M.NEXT]!;
    words[lane + L.OCCUPIED]!--;
    words[lane + L.LEFT_BY] = output;
    if (isEjection) return message;
    this.#go(output, message);
    return NONE;
  }

  /** Whether the injection buffer of a core has room. */
  hasRoom(core: number): boolean {
    return this.#words[((this.links + core) << L.WORDS) + L.OCCUPIED]! < this.#capacity;
  }

  /** Puts a message into the injection buffer of a core, which has room. */
  inject(core: number, message: number): void {
    const { words, times, to } = this.#messages;
    const destination = to[message]!;
    const at = message << M.MESSAGE_WORDS;
    words[at + M.GO_EAST] = this.#x[destination]! - this.#x[core]!;
    words[at + M.GO_NORTH] = this.#y[destination]! - this.#y[core]!;
    times[(message << M.MESSAGE_TIMES) + M.SINCE] = this.#now[0]!;
    this.#append(this.links + core, message);
    this.#appear(this.links + core);
  }

  /** Calls the output of a lane if a message waits for it. */
  callOutput(lane: number): void {
    if (this.#words[(lane << L.WORDS) + L.FIRST_WAITING] !== NONE) this.#ports.call(this.cores + lane);
  }

  /** Whether a message waits for ejection to a core. */
  isWanted(core: number): boolean {
    return this.#words[((this.links + core) << L.WORDS) + L.FIRST_WAITING] !== NONE;
  }

  /** Port of a link: starts the message that has been first of its buffer for longest, if it is free and the buffer behind has room. */
  start(link: number): void {
    const lane = link << L.WORDS;
    const timing = link << L.TIMES;
    const words = this.#words;
    const times = this.#times;
    const now = this.#now[0]!;
    if (words[lane + L.FIRST_WAITING] === NONE) return;
    if (times[timing + L.FREE_AT]! > now || words[lane + L.OCCUPIED]! >= this.#capacity) return;
    const message = this.take(link);
    this.#go(link, message);
  }

  /** Takes the message that has been first of its buffer for longest of those that wait for an output; there is one. */
  take(output: number): number {
    const words = this.#words;
    const port = output << L.WORDS;
    const buffer = words[port + L.FIRST_WAITING]!;
    const lane = buffer << L.WORDS;
    const after = words[lane + L.AFTER]!;
    words[port + L.FIRST_WAITING] = after;
    if (after === NONE) words[port + L.LAST_WAITING] = NONE;
    else words[(after << L.WORDS) + L.BEFORE] = NONE;

    const message = words[lane + L.FIRST]!;
    const behind = words[lane + L.HERE]! - 1;
    words[lane + L.HERE] = behind;
    words[lane + L.FIRST] = this.#messages.words[(message << M.MESSAGE_WORDS) + M.NEXT]!;
    if (this.#now[0]! > this.#messages.times[(message << M.MESSAGE_TIMES) + M.SINCE]!) {
      this.#account(buffer, message, output, behind);
    }
    words[lane + L.LEFT_BY] = output;
    const occupied = words[lane + L.OCCUPIED]!;
    words[lane + L.OCCUPIED] = occupied - 1;
    if (occupied === this.#capacity) this.#madeRoom(buffer);
    if (behind > 0) {
      this.#times[(buffer << L.TIMES) + L.BEHIND_SINCE] = (behind - 1) * this.#now[0]!;
      this.#queue(buffer);
    }
    return message;
  }

  /** Readies all links for a step that begins at 0; no message is left. */
  reset(): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      this.#times[(this.#touched[i]! << L.TIMES) + L.FREE_AT] = 0;
    }
    this.#touchedCount = 0;
  }

  /** The message that has been longest on its way over a link enters the buffer behind it. */
  #arrive(link: number): void {
    this.#appear(link);
    if (this.#times[(link << L.TIMES) + L.FREE_AT]! <= this.#now[0]!) this.callOutput(link);
  }

  /** A message starts over a link. */
  #go(link: number, message: number): void {
    const timing = link << L.TIMES;
    const times = this.#times;
    const now = this.#now[0]!;
    const { words: ahead, times: entered } = this.#messages;
    const direction = link & 3;
    const axis = (message << M.MESSAGE_WORDS) + (direction < NORTH ? M.GO_EAST : M.GO_NORTH);
    // east and north count down, west and south up
    ahead[axis]! += ((direction & 1) << 1) - 1;
    const occupation = times[timing + L.OCCUPATION]!;
    if (occupation > 0) {
      if (times[timing + L.FREE_AT] === 0) this.#touch(link);
      times[timing + L.FREE_AT] = now + occupation;
    }
    times[timing + L.CARRIED]!++;
    entered[(message << M.MESSAGE_TIMES) + M.SINCE] = now + times[timing + L.LATENCY]!;
    this.#append(link, message);
    if (!this.#clock.depart(link)) this.#arrive(link);
    else if (occupation === 0) this.callOutput(link);
  }

  #append(buffer: number, message: number): void {
    const words = this.#words;
    const lane = buffer << L.WORDS;
    const occupied = words[lane + L.OCCUPIED]! + 1;
    if (occupied === 1) words[lane + L.FIRST] = message;
    else this.#messages.words[(words[lane + L.LAST]! << M.MESSAGE_WORDS) + M.NEXT] = message;
    words[lane + L.LAST] = message;
    words[lane + L.OCCUPIED] = occupied;
    if (occupied > words[lane + L.FULLEST]!) words[lane + L.FULLEST] = occupied;
  }

  /** One more message of a buffer is there. */
  #appear(buffer: number): void {
    const here = (buffer << L.WORDS) + L.HERE;
    const count = this.#words[here]! + 1;
    this.#words[here] = count;
    if (count === 1) this.#queue(buffer);
    else this.#times[(buffer << L.TIMES) + L.BEHIND_SINCE]! += this.#now[0]!;
  }

  /** The first message of a buffer has just become so: it waits for its output. Among equals the lower buffer goes first. */
  #queue(buffer: number): void {
    const words = this.#words;
    const times = this.#times;
    const lane = buffer << L.WORDS;
    const now = this.#now[0]!;
    const output = this.#outputOf(words[lane + L.FIRST]!, words[lane + L.ROUTER]!);
    const port = output << L.WORDS;
    times[(buffer << L.TIMES) + L.HEAD_SINCE] = now;
    let before = words[port + L.LAST_WAITING]!;
    this.#ports.call(this.cores + output);
    if (before === NONE) {
      words[lane + L.BEFORE] = words[lane + L.AFTER] = NONE;
      words[port + L.FIRST_WAITING] = words[port + L.LAST_WAITING] = buffer;
      return;
    }
    while (before > buffer && times[(before << L.TIMES) + L.HEAD_SINCE] === now) {
      before = words[(before << L.WORDS) + L.BEFORE]!;
    }
    const ahead = before === NONE ? port + L.FIRST_WAITING : (before << L.WORDS) + L.AFTER;
    const after = words[ahead]!;
    words[ahead] = buffer;
    words[after === NONE ? port + L.LAST_WAITING : (after << L.WORDS) + L.BEFORE] = buffer;
    words[lane + L.BEFORE] = before;
    words[lane + L.AFTER] = after;
  }

  #outputOf(message: number, router: number): number {
    const { words } = this.#messages;
    const east = words[(message << M.MESSAGE_WORDS) + M.GO_EAST]!;
    const north = words[(message << M.MESSAGE_WORDS) + M.GO_NORTH]!;
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
    const headSince = times[(buffer << L.TIMES) + L.HEAD_SINCE]!;
    const since = this.#messages.time(message, M.SINCE);
    if (headSince > since) {
      this.#messages.wait(message, headSince - since, this.#words[(buffer << L.WORDS) + L.LEFT_BY]!);
    }
    const asFirst = now - headSince;
    if (asFirst === 0) return;
    this.#messages.wait(message, asFirst, output);
    const ofOthers = behind > 0 ? behind * now - times[(buffer << L.TIMES) + L.BEHIND_SINCE]! : 0;
    const at = output << L.TIMES;
    times[at + L.WAITED]! += asFirst + ofOthers;
    if (asFirst > times[at + L.LONGEST]!) times[at + L.LONGEST] = asFirst;
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
