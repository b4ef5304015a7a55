/**
 * Cores as the mesh sees them: senders that hand over their messages, and receivers that process what comes.
 * A core does both at once. A sender whose injection buffer is full waits, and all it does later with it.
 */
import type { MeshClock } from './mesh-clock.js';
import { LEFT_BY, type MeshLanes, NONE, QUEUED, WORDS } from './mesh-lanes.js';
import * as M from './mesh-messages.js';
import type { PortSet } from './mesh-ports.js';
import type { MeshRouters } from './mesh-routers.js';
import type { StepMessages } from './step-messages.js';

/** A receiver has been busy since the step began, with messages of the host. */
export const HOST = -1;
const NOBODY = -2;

/** The core that ended last, and when. */
export interface Last {
  core: number;
  /** ps */
  time: number;
}

export class MeshCores {
  readonly #routers: MeshRouters;
  readonly #lanes: MeshLanes;
  readonly #clock: MeshClock;
  readonly #ports: PortSet;
  readonly #messages: M.MeshMessages;
  readonly #capacity: number;
  #step!: StepMessages;

  /** Senders: the message they make or hold; whether it is ready, and since when; ps held up, longest single one, by which output. */
  readonly #making: Int32Array;
  readonly #ready: Uint8Array;
  readonly #readySince: Float64Array;
  readonly #held: Float64Array;
  readonly #longestHeld: Float64Array;
  readonly #heldBy: Int32Array;

  /** Receivers: receive queue; until when they are busy; what began the work they have not paused since. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #busyUntil: Float64Array;
  readonly busyFrom: Int32Array;
  readonly busySince: Float64Array;

  /** Of the step. Among equals the lowest core. */
  readonly lastSender: Last = { core: 0, time: 0 };
  readonly lastReceiver: Last = { core: 0, time: 0 };
  /** Messages taken in. */
  received = 0;

  /** Over all steps, by core: ps held up; ps at work on messages; ps that messages waited in the receive queue; longest queue. */
  readonly blocked: Float64Array;
  readonly processing: Float64Array;
  readonly waited: Float64Array;
  readonly longestQueue: Int32Array;

  constructor(
    cores: number,
    linkBuffer: number,
    shared: {
      lanes: MeshLanes;
      routers: MeshRouters;
      clock: MeshClock;
      ports: PortSet;
      messages: M.MeshMessages;
    },
  ) {
    this.#routers = shared.routers;
    this.#lanes = shared.lanes;
    this.#clock = shared.clock;
    this.#ports = shared.ports;
    this.#messages = shared.messages;
    this.#capacity = linkBuffer;
    this.#making = new Int32Array(cores);
    this.#ready = new Uint8Array(cores);
    this.#readySince = new Float64Array(cores);
    this.#held = new Float64Array(cores);
    this.#longestHeld = new Float64Array(cores);
    this.#heldBy = new Int32Array(cores);
    this.#first = new Int32Array(cores);
    this.#last = new Int32Array(cores);
    this.#busyUntil = new Float64Array(cores);
    this.busyFrom = new Int32Array(cores).fill(NOBODY);
    this.busySince = new Float64Array(cores);
    this.blocked = new Float64Array(cores);
    this.processing = new Float64Array(cores);
    this.waited = new Float64Array(cores);
    this.longestQueue = new Int32Array(cores);
  }

  get #now(): number {
    return this.#clock.now[0]!;
  }

  /** Sets all cores to work on a step, at time 0. */
  begin(step: StepMessages): void {
    this.#step = step;
    this.received = 0;
    this.lastSender.core = this.lastReceiver.core = 0;
    this.lastSender.time = this.lastReceiver.time = 0;
    const { first, rest, hostProcessing, to } = step;
    const cores = this.busyFrom.length;
    for (let m = 0; m < first[cores]!; m++) {
      this.busyFrom[to[m]!] = NOBODY;
      this.#busyUntil[to[m]!] = 0;
    }
    for (let core = 0; core < cores; core++) {
      const host = hostProcessing[core]!;
      if (host > 0) {
        this.busyFrom[core] = HOST;
        this.busySince[core] = 0;
        this.#work(core, host);
      }
      const message = first[core]!;
      if (message < first[core + 1]!) {
        this.#held[core] = this.#longestHeld[core] = 0;
        this.#heldBy[core] = NONE;
        this.#make(core, message);
      } else if (rest[core]! > 0) later(this.lastSender, core, rest[core]!);
    }
  }

  /** Senders and receivers whose time is up. */
  settle(): void {
    const cores = this.busyFrom.length;
    for (let timer = this.#clock.ring(); timer >= 0; timer = this.#clock.ring()) {
      if (timer < cores) {
        this.#ready[timer] = 1;
        this.#readySince[timer] = this.#now;
        this.#ports.call(2 * cores + this.#routers.links + timer);
      } else this.#ports.call(timer - cores);
    }
  }

  /** Port of a sender: hands its message over if that is ready and there is room. */
  send(core: number): void {
    if (this.#ready[core] === 0 || !this.#routers.hasRoom(core)) return;
    const now = this.#now;
    const message = this.#making[core]!;
    const messages = this.#messages;
    const held = now - this.#readySince[core]!;
    if (held > 0) {
      this.blocked[core]! += held;
      this.#held[core]! += held;
      if (held > this.#longestHeld[core]!) {
        this.#longestHeld[core] = held;
        this.#heldBy[core] = this.#lanes.word(this.#routers.links + core, LEFT_BY);
      }
    }
    messages.sent[message] = now;
    const times = message << M.MESSAGE_TIMES;
    messages.times[times + M.HELD] = messages.times[times + M.WAITED_SO_FAR] = this.#held[core]!;
    messages.times[times + M.LONGEST_WAIT] = this.#longestHeld[core]!;
    messages.words[(message << M.MESSAGE_WORDS) + M.LONGEST_AT] = this.#heldBy[core]!;
    this.#routers.inject(core, message);
    this.#ready[core] = 0;
    if (message + 1 < this.#step.first[core + 1]!) this.#make(core, message + 1);
    else later(this.lastSender, core, now + this.#step.rest[core]!);
  }

  /** Port of an ejection: lets in the oldest head that waits for the core, if the receive queue has room. */
  eject(core: number): void {
    const ejection = this.#routers.links + core;
    const isFull = this.#lanes.word(ejection, QUEUED) >= this.#capacity;
    if (isFull || !this.#routers.isWanted(core)) return;
    this.accept(this.#routers.take(ejection));
    this.#routers.callOutput(ejection);
  }

  /** A message enters the receive queue of its destination, which has room. */
  accept(message: number): void {
    const core = this.#messages.to[message]!;
    const at = ((this.#routers.links + core) << WORDS) + QUEUED;
    const now = this.#now;
    const queued = this.#lanes.words[at]! + 1;
    this.#lanes.words[at] = queued;
    this.#messages.arrived[message] = now;
    if (queued === 1) this.#first[core] = message;
    else this.#messages.words[(this.#last[core]! << M.MESSAGE_WORDS) + M.NEXT] = message;
    this.#last[core] = message;
    if (queued > this.longestQueue[core]!) this.longestQueue[core] = queued;
    const left = this.#busyUntil[core]! - now;
    if (left <= 0) this.#ports.call(core);
    else if (queued === 1) this.#clock.set(this.busyFrom.length + core, left);
  }

  /** Port of a receiver: begins the first message of its queue if it has nothing to do. */
  receive(core: number): void {
    const ejection = this.#routers.links + core;
    const at = (ejection << WORDS) + QUEUED;
    const queued = this.#lanes.words[at]!;
    const now = this.#now;
    const until = this.#busyUntil[core]!;
    if (until > now || queued === 0) return;
    const message = this.#first[core]!;
    this.#first[core] = this.#messages.word(message, M.NEXT);
    this.#lanes.words[at] = queued - 1;
    if (queued === this.#capacity) this.#routers.callOutput(ejection);
    this.#messages.received[message] = now;
    this.waited[core]! += now - this.#messages.arrived[message]!;
    if (now > until || this.busyFrom[core] === NOBODY) {
      this.busyFrom[core] = message;
      this.busySince[core] = now;
    }
    this.received++;
    const time = this.#step.processing[message]!;
    this.#work(core, time);
    if (queued === 1) return;
    if (time !== 0) this.#clock.set(this.busyFrom.length + core, time);
    else this.#ports.call(core);
  }

  /** ps for which a sender was held up in this step, the output that held it longest, and for how long. */
  holdUp(core: number): { held: number; by: number } {
    return { held: this.#held[core]!, by: this.#heldBy[core]! };
  }

  #make(core: number, message: number): void {
    const time = this.#step.generation[message]!;
    this.#making[core] = message;
    if (time !== 0) this.#clock.set(core, time);
    else {
      this.#ready[core] = 1;
      this.#readySince[core] = this.#now;
      this.#ports.call(2 * this.busyFrom.length + this.#routers.links + core);
    }
  }

  /** A receiver works; a timer is set only when there is more for it to do then. */
  #work(core: number, time: number): void {
    const until = this.#now + time;
    this.#busyUntil[core] = until;
    this.processing[core]! += time;
    later(this.lastReceiver, core, until);
  }
}

function later(last: Last, core: number, time: number): void {
  if (time > last.time || (time === last.time && core < last.core)) {
    last.core = core;
    last.time = time;
  }
}
