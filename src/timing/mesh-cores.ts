/**
 * Cores as the mesh sees them: senders that hand over their messages, and receivers that process what comes.
 * A core does both at once. A sender whose injection buffer is full waits, and all it does later with it.
 */
import type { Last } from './mesh-bound.js';
import type { MeshClock } from './mesh-clock.js';
import type { MeshCoreRecords } from './mesh-core-records.js';
import type { MeshLanes } from './mesh-lanes.js';
import type { MeshMessages } from './mesh-messages.js';
import type { PortSet } from './mesh-ports.js';
import type { MeshRouters } from './mesh-routers.js';
import * as W from './mesh-words.js';
import type { StepMessages } from './step-messages.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class MeshCores {
  readonly #routers: MeshRouters;
  readonly #lanes: MeshLanes;
  readonly #clock: MeshClock;
  readonly #ports: PortSet;
  readonly #messages: MeshMessages;
  readonly #capacity: number;
  readonly #count: number;
  /** Of cores. */
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  #step!: StepMessages;

  /** Of the step. */
  readonly lastSender: Mutable<Last> = { core: 0, time: 0 };
  readonly lastReceiver: Mutable<Last> = { core: 0, time: 0 };
  /** Messages taken in. */
  received = 0;

  constructor(
    records: MeshCoreRecords,
    linkBuffer: number,
    shared: {
      lanes: MeshLanes;
      routers: MeshRouters;
      clock: MeshClock;
      ports: PortSet;
      messages: MeshMessages;
    },
  ) {
    this.#routers = shared.routers;
    this.#lanes = shared.lanes;
    this.#clock = shared.clock;
    this.#ports = shared.ports;
    this.#messages = shared.messages;
    this.#capacity = linkBuffer;
    this.#count = records.count;
    this.#words = records.words;
    this.#times = records.times;
  }

  get #now(): number {
    return this.#clock.now[0]!;
  }

  /** Sets all cores to work on a step, at time 0. */
  begin(step: StepMessages): void {
    const words = this.#words;
    const times = this.#times;
    this.#step = step;
    this.received = 0;
    this.lastSender.core = this.lastReceiver.core = 0;
    this.lastSender.time = this.lastReceiver.time = 0;
    const { first, rest, hostProcessing } = step;
    for (let core = 0; core < this.#count; core++) {
      const at = core << W.CORE_WORDS;
      const timing = core << W.CORE_TIMES;
      const host = hostProcessing[core]!;
      words[at + W.BUSY_FROM] = W.NOBODY;
      times[timing + W.BUSY_UNTIL] = 0;
      if (host > 0) {
        words[at + W.BUSY_FROM] = W.HOST;
        times[timing + W.BUSY_SINCE] = 0;
        this.#work(core, host);
      }
      const message = first[core]!;
      if (message < first[core + 1]!) {
        times[timing + W.HELD_UP] = times[timing + W.LONGEST_HELD] = 0;
        words[at + W.HELD_BY] = W.NONE;
        this.#make(core, message);
      } else if (rest[core]! > 0) later(this.lastSender, core, rest[core]!);
    }
  }

  /** Senders and receivers whose time is up. */
  settle(): void {
    const cores = this.#count;
    for (let timer = this.#clock.ring(); timer >= 0; timer = this.#clock.ring()) {
      if (timer < cores) this.#ready(timer);
      else this.#ports.call(timer - cores);
    }
  }

  /** Port of a sender: hands its message over if that is ready and there is room. */
  send(core: number): void {
    const words = this.#words;
    const times = this.#times;
    const at = core << W.CORE_WORDS;
    const timing = core << W.CORE_TIMES;
    if (words[at + W.READY] === 0 || !this.#routers.hasRoom(core)) return;
    const now = this.#now;
    const message = words[at + W.MAKING]!;
    const messages = this.#messages;
    const held = now - times[timing + W.READY_SINCE]!;
    if (held > 0) {
      times[timing + W.BLOCKED]! += held;
      times[timing + W.HELD_UP]! += held;
      if (held > times[timing + W.LONGEST_HELD]!) {
        times[timing + W.LONGEST_HELD] = held;
        words[at + W.HELD_BY] = this.#lanes.word(this.#routers.links + core, W.LEFT_BY);
      }
    }
    messages.sent[message] = now;
    const own = message << W.MESSAGE_TIMES;
    messages.times[own + W.HELD] = messages.times[own + W.WAITED_SO_FAR] = times[timing + W.HELD_UP]!;
    messages.times[own + W.LONGEST_WAIT] = times[timing + W.LONGEST_HELD]!;
    messages.words[(message << W.MESSAGE_WORDS) + W.LONGEST_AT] = words[at + W.HELD_BY]!;
    this.#routers.inject(core, message);
    words[at + W.READY] = 0;
    if (message + 1 < this.#step.first[core + 1]!) this.#make(core, message + 1);
    else later(this.lastSender, core, now + this.#step.rest[core]!);
  }

  /** Port of an ejection: lets in the oldest head that waits for the core, if the receive queue has room. */
  eject(core: number): void {
    const ejection = this.#routers.links + core;
    const isFull = this.#lanes.word(ejection, W.QUEUED) >= this.#capacity;
    if (isFull || !this.#routers.isWanted(core)) return;
    this.accept(this.#routers.take(ejection));
    this.#routers.callOutput(ejection);
  }

  /** A message enters the receive queue of its destination, which has room. */
  accept(message: number): void {
    const core = this.#messages.to[message]!;
    const words = this.#words;
    const at = core << W.CORE_WORDS;
    const queue = ((this.#routers.links + core) << W.LANE_WORDS) + W.QUEUED;
    const now = this.#now;
    const queued = this.#lanes.words[queue]! + 1;
    this.#lanes.words[queue] = queued;
    this.#messages.arrived[message] = now;
    if (queued === 1) words[at + W.QUEUE_FIRST] = message;
    else this.#messages.words[(words[at + W.QUEUE_LAST]! << W.MESSAGE_WORDS) + W.NEXT] = message;
    words[at + W.QUEUE_LAST] = message;
    if (queued > words[at + W.LONGEST_QUEUE]!) words[at + W.LONGEST_QUEUE] = queued;
    const left = this.#times[(core << W.CORE_TIMES) + W.BUSY_UNTIL]! - now;
    if (left <= 0) this.#ports.call(core);
    else if (queued === 1) this.#clock.set(this.#count + core, left);
  }

  /** Port of a receiver: begins the first message of its queue if it has nothing to do. */
  receive(core: number): void {
    const words = this.#words;
    const times = this.#times;
    const at = core << W.CORE_WORDS;
    const timing = core << W.CORE_TIMES;
    const ejection = this.#routers.links + core;
    const queue = (ejection << W.LANE_WORDS) + W.QUEUED;
    const queued = this.#lanes.words[queue]!;
    const now = this.#now;
    const until = times[timing + W.BUSY_UNTIL]!;
    if (until > now || queued === 0) return;
    const message = words[at + W.QUEUE_FIRST]!;
    words[at + W.QUEUE_FIRST] = this.#messages.word(message, W.NEXT);
    this.#lanes.words[queue] = queued - 1;
    if (queued === this.#capacity) this.#routers.callOutput(ejection);
    this.#messages.received[message] = now;
    times[timing + W.QUEUE_WAITED]! += now - this.#messages.arrived[message]!;
    if (now > until || words[at + W.BUSY_FROM] === W.NOBODY) {
      words[at + W.BUSY_FROM] = message;
      times[timing + W.BUSY_SINCE] = now;
    }
    this.received++;
    const time = this.#step.processing[message]!;
    this.#work(core, time);
    if (queued === 1) return;
    if (time !== 0) this.#clock.set(this.#count + core, time);
    else this.#ports.call(core);
  }

  #make(core: number, message: number): void {
    const time = this.#step.generation[message]!;
    this.#words[(core << W.CORE_WORDS) + W.MAKING] = message;
    if (time !== 0) this.#clock.set(core, time);
    else this.#ready(core);
  }

  /** A sender has made its message. */
  #ready(core: number): void {
    this.#words[(core << W.CORE_WORDS) + W.READY] = 1;
    this.#times[(core << W.CORE_TIMES) + W.READY_SINCE] = this.#now;
    this.#ports.call(2 * this.#count + this.#routers.links + core);
  }

  /** A receiver works; a timer is set only when there is more for it to do then. */
  #work(core: number, time: number): void {
    const timing = core << W.CORE_TIMES;
    const until = this.#now + time;
    this.#times[timing + W.BUSY_UNTIL] = until;
    this.#times[timing + W.PROCESSED]! += time;
    later(this.lastReceiver, core, until);
  }
}

function later(last: Mutable<Last>, core: number, time: number): void {
  if (time > last.time || (time === last.time && core < last.core)) {
    last.core = core;
    last.time = time;
  }
}
