/**
 * Model `detailed`: SANA-FE's reckoning of contention (Boyle et al. 2025), exactly, the order of equal send
 * times included. It is a heuristic of flow density, not a router: a message loads all buffers of its route by
 * a share from the moment it is sent until its destination begins with it, and waits in proportion to what is
 * on the route times the mean time that destinations take for what is in flight.
 *
 * Every sum of doubles is made as there, and in its order, so that with costs in seconds (core-costs.ts)
 * each time has the peer's very bits. What differs is the search for messages that leave: by a heap, so that
 * a step of n messages costs n log n.
 */
import type { DetailedTrace } from './detailed-trace.js';
import { MessagesInFlight } from './messages-in-flight.js';
import { RouteDensity } from './route-density.js';
import { SendQueue } from './send-queue.js';
import type {
  MeshCosts,
  MeshGeometry,
  StepBound,
  StepMessages,
  StepTime,
  TimingModel,
} from './step-messages.js';

export class DetailedModel implements TimingModel {
  readonly name = 'detailed';
  readonly #geometry: MeshGeometry;
  readonly #costs: MeshCosts;
  readonly #trace: DetailedTrace | null;
  /** Cores by column, row and place in the tile: how a chip numbers them, whatever the image does. */
  readonly #order: Uint32Array;
  /** Place of each core in that order. */
  readonly #line: Uint32Array;
  readonly #queue: SendQueue;
  readonly #flight: MessagesInFlight;
  readonly #density: RouteDensity;
  /** Per core: when it is done with what it has received. */
  readonly #free: Float64Array;
  /** Per core: its next message; `first[core + 1]` stands for the rest of its work. */
  readonly #next: Uint32Array;
  /** Sender of each message in flight. */
  #sender = new Uint32Array(0);

  constructor(geometry: MeshGeometry, costs: MeshCosts, trace: DetailedTrace | null = null) {
    const { cores, x, y, slot } = geometry;
    this.#geometry = geometry;
    this.#costs = costs;
    this.#trace = trace;
    this.#order = Uint32Array.from({ length: cores }, (_, core) => core).sort(
      (a, b) => x[a]! - x[b]! || y[a]! - y[b]! || slot[a]! - slot[b]! || a - b,
    );
    this.#line = new Uint32Array(cores);
    this.#order.forEach((core, place) => {
      this.#line[core] = place;
    });
    this.#queue = new SendQueue(cores);
    this.#flight = new MessagesInFlight(cores);
    this.#density = new RouteDensity(geometry);
    this.#free = new Float64Array(cores);
    this.#next = new Uint32Array(cores);
  }

  step(messages: StepMessages): StepTime {
    const { first, to, generation, processing, rest, hostProcessing } = messages;
    const { x, y, cores } = this.#geometry;
    const { hopEast, hopWest, hopNorth, hopSouth, linkBuffer, barrier } = this.#costs;
    const trace = this.#trace;
    const queue = this.#queue;
    const flight = this.#flight;
    const density = this.#density;
    const line = this.#line;
    const free = this.#free;
    const next = this.#next;
    const count = first[cores]!;
    const sender = this.#prepare(messages, count);

    // what ended the step: a core that sends, or ~core of one that receives
    let last = 0;
    let bound = 0;
    for (let core = 0; core < cores; core++) {
      if (hostProcessing[core]! > last) {
        last = hostProcessing[core]!;
        bound = ~core;
      }
    }
    let flying = 0;
    let mean = 0;
    while (queue.size > 0) {
      const core = queue.core;
      const now = queue.time;
      queue.pop();
      if (now > last) {
        last = now;
        bound = core;
      }
      const leaving = flight.leave(now);
      for (let i = 0; i < leaving; i++) {
        const left = flight.left[i]!;
        density.leave(sender[left]!, to[left]!);
        mean = flying > 1 ? mean + (mean - processing[left]!) / (flying - 1) : 0;
        flying--;
      }
      const end = first[core + 1]!;
      const message = next[core]!;
      if (message === end) {
        if (trace !== null) trace.rest[core] = now;
        continue;
      }
      const target = to[message]!;
      const dx = x[target]! - x[core]!;
      const dy = y[target]! - y[core]!;
      const hops = Math.abs(dx) + Math.abs(dy);
      const minHop =
        Math.abs(dx) * (dx > 0 ? hopEast : hopWest) + Math.abs(dy) * (dy > 0 ? hopNorth : hopSouth);
      const along = density.enter(core, target);
      const capacity = (hops + 1) * linkBuffer;
      const blocking = along > capacity ? (along - capacity) * mean : 0;
      const send = now + blocking;
      const network = Math.max(minHop, (along * mean) / (hops + 1));
      const received = Math.max(free[target]!, send + network);
      const processed = received + processing[message]!;
      free[target] = processed;
      if (processed > last) {
        last = processed;
        bound = ~target;
      }
      sender[message] = core;
      flight.add(message, line[target]!, received);
      mean += (processing[message]! - mean) / (flying + 1);
      flying++;
      if (trace !== null) {
        trace.send[message] = send;
        trace.received[message] = received;
        trace.processed[message] = processed;
        trace.network[message] = network;
        trace.blocking[message] = blocking;
        trace.minHop[message] = minHop;
        trace.along[message] = along;
      }
      next[core] = message + 1;
      if (message + 1 < end) queue.push(core, send + generation[message + 1]!);
      else if (rest[core]! > 0) queue.push(core, send + rest[core]!);
    }
    return { time: last + barrier, bound: boundOf(last, bound, barrier) };
  }

  /** State at the beginning of a step; returns room for the senders of its messages. */
  #prepare({ first, generation, rest, hostProcessing }: StepMessages, count: number): Uint32Array {
    const queue = this.#queue;
    this.#trace?.clear(count);
    this.#flight.clear(count);
    this.#density.clear();
    this.#free.set(hostProcessing);
    if (this.#sender.length < count) this.#sender = new Uint32Array(2 * count);
    for (const core of this.#order) {
      const begin = first[core]!;
      this.#next[core] = begin;
      if (begin < first[core + 1]!) queue.push(core, generation[begin]!);
      else if (rest[core]! > 0) queue.push(core, rest[core]!);
    }
    return this.#sender;
  }
}

const boundOf = (last: number, bound: number, barrier: number): StepBound => {
  if (last === 0 || last < barrier) return { kind: 'barrier', index: -1 };
  return bound < 0 ? { kind: 'receiver', index: ~bound } : { kind: 'sender', index: bound };
};
