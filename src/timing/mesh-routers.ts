/**
 * The routers of a mesh: buffers, outputs, and who waits for which. One input buffer for each link into a tile and
 * one for each of its cores; one output for each link out of it and one, the ejection, for each core. Messages
 * go x first, then y.
 *
 * Within an instant, all that is due comes first: arrivals, links that get free, cores that are done. These touch
 * a buffer each and commute. Then the lowest-numbered port that can act does, again and again until none can.
 */
import { EAST, linkCount, linkLatencies, NORTH, SOUTH, tileSteps, WEST } from './links.js';
import type { MeshClock } from './mesh-clock.js';
import type { MeshMessages } from './mesh-messages.js';
import type { PortSet } from './mesh-ports.js';
import type { MeshCosts, MeshGeometry } from './step-messages.js';

const NONE = -1;

/**
 * Numbers of ports: receivers by core, then outputs, then injections by core. An output is the ejection of a core,
 * or `cores` + the number of a link. Buffers: behind the link of that number, then injections by core.
 */
export class MeshRouters {
  readonly cores: number;
  readonly links: number;
  /** Tile of each core. */
  readonly #x: Uint32Array;
  readonly #y: Uint32Array;
  readonly #clock: MeshClock;
  readonly #ports: PortSet;
  readonly #messages: MeshMessages;
  readonly #latency: Float64Array;
  /** ps, by direction */
  readonly #occupation: Float64Array;
  readonly #capacity: number;
  readonly #steps: Int32Array;

  /** By buffer: its tile; messages there and on the way to it; those there; first, last; */
  readonly #tile: Int32Array;
  readonly #occupied: Int32Array;
  readonly #here: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** when the first became first; the sum of the times since which those behind it wait behind it; */
  readonly #headSince: Float64Array;
  readonly #behindSince: Float64Array;
  /** output by which the one before left; neighbours among those that wait for an output. */
  readonly #leftBy: Int32Array;
  readonly #after: Int32Array;
  readonly #before: Int32Array;

  /** By output: buffers whose head wants it, oldest head first. */
  readonly #firstWaiting: Int32Array;
  readonly #lastWaiting: Int32Array;
  /** By link: ps when it gets free. */
  readonly #freeAt: Float64Array;
  /** Links whose `freeAt` is not 0. */
  #touched = new Int32Array(64);
  #touchedCount = 0;

  /** Over all steps. By output: ps that messages waited for it, heads and those behind them; the longest of a head. */
  readonly waited: Float64Array;
  readonly longest: Float64Array;
  /** By link: messages; by buffer: most that were there or on the way. */
  readonly carried: Float64Array;
  readonly fullest: Int32Array;

  constructor(
    geometry: MeshGeometry,
    costs: MeshCosts,
    occupation: number | null,
    shared: { clock: MeshClock; ports: PortSet; messages: MeshMessages },
  ) {
    const { cores } = geometry;
    const links = linkCount(geometry);
    const buffers = links + cores;
    const outputs = cores + links;
    this.cores = cores;
    this.links = links;
    this.#x = geometry.x;
    this.#y = geometry.y;
    this.#clock = shared.clock;
    this.#ports = shared.ports;
    this.#messages = shared.messages;
    this.#latency = linkLatencies(costs);
    this.#occupation = occupation === null ? this.#latency : new Float64Array(4).fill(occupation);
    this.#capacity = costs.linkBuffer;
    this.#steps = tileSteps(geometry);
    this.#tile = new Int32Array(buffers);
    for (let link = 0; link < links; link++) this.#tile[link] = (link >>> 2) + this.#steps[link & 3]!;
    for (let core = 0; core < cores; core++) {
      this.#tile[links + core] = geometry.y[core]! * geometry.width + geometry.x[core]!;
    }
    this.#occupied = new Int32Array(buffers);
    this.#here = new Int32Array(buffers);
    this.#first = new Int32Array(buffers);
    this.#last = new Int32Array(buffers);
    this.#headSince = new Float64Array(buffers);
    this.#behindSince = new Float64Array(buffers);
    this.#leftBy = new Int32Array(buffers);
    this.#after = new Int32Array(buffers);
    this.#before = new Int32Array(buffers);
    this.#firstWaiting = new Int32Array(outputs).fill(NONE);
    this.#lastWaiting = new Int32Array(outputs).fill(NONE);
    this.#freeAt = new Float64Array(links);
    this.waited = new Float64Array(outputs);
    this.longest = new Float64Array(outputs);
    this.carried = new Float64Array(links);
    this.fullest = new Int32Array(buffers);
  }

  /** What the clock says is due on links now. */
  settle(): void {
    const { arrivals, releases } = this.#clock;
    const now = this.#clock.now[0]!;
    for (let i = 0; i < arrivals.length; i++) {
      const line = arrivals[i]!;
      while (line.due === now) this.#arrive(line.shift());
    }
    while (releases !== null && releases.due === now) this.callLink(releases.shift());
  }

  hasRoom(core: number): boolean {
    return this.#occupied[this.links + core]! < this.#capacity;
  }

  /** Whether a head waits for an output. */
  isWanted(output: number): boolean {
    return this.#firstWaiting[output] !== NONE;
  }

  /** Output by which the last message left the injection buffer of a core. */
  lastOutOf(core: number): number {
    return this.#leftBy[this.links + core]!;
  }

  /** Puts a message into the injection buffer of a core, which has room. */
  inject(core: number, message: number): void {
    const buffer = this.links + core;
    const { east, north, since, to } = this.#messages;
    since[message] = this.#clock.now[0]!;
    east[message] = this.#x[to[message]!]! - this.#x[core]!;
    north[message] = this.#y[to[message]!]! - this.#y[core]!;
    this.#append(buffer, message);
    this.#appear(buffer);
  }

  /** Calls an output if a head waits for it. */
  callOutput(output: number): void {
    if (this.#firstWaiting[output] !== NONE) this.#ports.call(this.cores + output);
  }

  callLink(link: number): void {
    this.callOutput(this.cores + link);
  }

  /** Port of a link: starts the oldest head that waits for it, if the link is free and the buffer behind has room. */
  start(link: number): void {
    const output = this.cores + link;
    const now = this.#clock.now[0]!;
    if (this.#firstWaiting[output] === NONE) return;
    if (this.#freeAt[link]! > now || this.#occupied[link]! >= this.#capacity) return;
    const message = this.take(output);
    const direction = link & 3;
    if (direction === EAST) this.#messages.east[message]!--;
    else if (direction === WEST) this.#messages.east[message]!++;
    else if (direction === NORTH) this.#messages.north[message]!--;
    else this.#messages.north[message]!++;
    const occupation = this.#occupation[direction]!;
    if (occupation > 0) {
      if (this.#freeAt[link] === 0) this.#touch(link);
      this.#freeAt[link] = now + occupation;
    }
    this.carried[link]!++;
    this.#messages.since[message] = now + this.#latency[direction]!;
    this.#append(link, message);
    if (!this.#clock.depart(link)) this.#arrive(link);
    else if (occupation === 0) this.callOutput(output);
  }

  /** Takes the oldest of the heads that wait for an output, of which there is one, out of its buffer. */
  take(output: number): number {
    const buffer = this.#firstWaiting[output]!;
    const after = this.#after[buffer]!;
    this.#firstWaiting[output] = after;
    if (after === NONE) this.#lastWaiting[output] = NONE;
    else this.#before[after] = NONE;

    const now = this.#clock.now[0]!;
    const message = this.#first[buffer]!;
    const behind = --this.#here[buffer]!;
    this.#first[buffer] = this.#messages.next[message]!;
    const since = this.#messages.since[message]!;
    if (now > since) {
      const headSince = this.#headSince[buffer]!;
      const asHead = now - headSince;
      if (headSince > since) this.#messages.wait(message, headSince - since, this.#leftBy[buffer]!);
      if (asHead > 0) {
        this.#messages.wait(message, asHead, output);
        const all = behind > 0 ? asHead + behind * now - this.#behindSince[buffer]! : asHead;
        this.waited[output]! += all;
        if (asHead > this.longest[output]!) this.longest[output] = asHead;
      }
    }
    this.#leftBy[buffer] = output;
    // a full buffer may have a sender that waits
    if (this.#occupied[buffer]!-- >= this.#capacity) {
      if (buffer < this.links) this.callLink(buffer);
      else this.#ports.call(2 * this.cores + buffer);
    }
    if (behind > 0) {
      this.#behindSince[buffer] = (behind - 1) * now;
      this.#queue(buffer);
    }
    return message;
  }

  /** Readies all links for a step that begins at 0; no message is left. */
  reset(): void {
    for (let i = 0; i < this.#touchedCount; i++) this.#freeAt[this.#touched[i]!] = 0;
    this.#touchedCount = 0;
  }

  /** The message that has been longest on its way over a link enters the buffer behind it. */
  #arrive(link: number): void {
    this.#appear(link);
    if (this.#freeAt[link]! <= this.#clock.now[0]!) this.callLink(link);
  }

  #append(buffer: number, message: number): void {
    if (this.#occupied[buffer] === 0) this.#first[buffer] = message;
    else this.#messages.next[this.#last[buffer]!] = message;
    this.#last[buffer] = message;
    const occupied = ++this.#occupied[buffer]!;
    if (occupied > this.fullest[buffer]!) this.fullest[buffer] = occupied;
  }

  /** One more message of a buffer is there. */
  #appear(buffer: number): void {
    if (++this.#here[buffer]! === 1) this.#queue(buffer);
    else this.#behindSince[buffer]! += this.#clock.now[0]!;
  }

  /** The first message of a buffer has just become so: it waits for its output. Equals by number of buffer. */
  #queue(buffer: number): void {
    const now = this.#clock.now[0]!;
    const output = this.#outputOf(buffer);
    let before = this.#lastWaiting[output]!;
    while (before > buffer && this.#headSince[before] === now) before = this.#before[before]!;
    const after = before === NONE ? this.#firstWaiting[output]! : this.#after[before]!;
    this.#headSince[buffer] = now;
    this.#before[buffer] = before;
    this.#after[buffer] = after;
    if (before === NONE) this.#firstWaiting[output] = buffer;
    else this.#after[before] = buffer;
    if (after === NONE) this.#lastWaiting[output] = buffer;
    else this.#before[after] = buffer;
    this.#ports.call(this.cores + output);
  }

  #outputOf(buffer: number): number {
    const message = this.#first[buffer]!;
    const east = this.#messages.east[message]!;
    const north = this.#messages.north[message]!;
    let direction: number;
    if (east !== 0) direction = east > 0 ? EAST : WEST;
    else if (north !== 0) direction = north > 0 ? NORTH : SOUTH;
    else return this.#messages.to[message]!;
    return this.cores + 4 * this.#tile[buffer]! + direction;
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
