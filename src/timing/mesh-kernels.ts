/**
 * The kernels of the mesh and their memory. The module comes as base64 in a generated file (scripts/build-kernels.mjs)
 * and is compiled at once, which browsers allow for one this small; every mesh has an instance with a memory of its
 * own: head, records of lanes and cores, then what depends on how many messages a step has.
 */
import { SeamountError } from '../../cores/index.js';
import { linkCount, linkLatencies } from './links.js';
import { MeshCoreRecords } from './mesh-core-records.js';
import type { MeshEngine, StepRun } from './mesh-engine.js';
import { PLAIN_KERNELS } from './mesh-kernels.wasm.js';
import { MeshLanes } from './mesh-lanes.js';
import { MESSAGE_BYTES, MeshMessages, roomFor } from './mesh-messages.js';
import * as W from './mesh-words.js';
import type { MeshCosts, MeshGeometry, StepMessages } from './step-messages.js';

/** What the module exports. */
interface Kernels {
  readonly step: () => void;
}

const PAGE = 65_536;
/** Messages there is room for from the first. */
const FIRST_ROOM = 1024;
/** Delay lines: a latency for each direction, and releases. */
const MOST_LINES = 5;
/** What the arrays of a step have for each message. */
const STEP_BYTES = 20;

let compiled: WebAssembly.Module | null = null;

/** Null where WebAssembly is missing or refused; the scalar code computes the same. */
export function openKernels(
  geometry: MeshGeometry,
  costs: MeshCosts,
  occupation: number | null,
): KernelMesh | null {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(PLAIN_KERNELS), (byte) => byte.charCodeAt(0)));
    return new KernelMesh(compiled, geometry, costs, occupation);
  } catch {
    return null;
  }
}

class KernelMesh implements MeshEngine {
  readonly kernels = 'wasm';
  readonly lanes: MeshLanes;
  readonly cores: MeshCoreRecords;
  readonly messages = new MeshMessages();
  readonly #module: WebAssembly.Module;
  #buffer = new ArrayBuffer(0);
  #step!: () => void;
  /** Entries of a delay line that a step of any size can need. */
  readonly #ring: number;
  readonly #lanesAt: number;
  readonly #coresAt: number;
  /** Where what depends on the messages begins. */
  readonly #end: number;
  #head!: Int32Array;
  #headTimes!: Float64Array;
  #first!: Uint32Array;
  #rest!: Float64Array;
  #hostProcessing!: Float64Array;
  #to!: Uint32Array;
  #generation!: Float64Array;
  #processing!: Float64Array;

  constructor(
    module: WebAssembly.Module,
    geometry: MeshGeometry,
    costs: MeshCosts,
    occupation: number | null,
  ) {
    const { cores } = geometry;
    const links = linkCount(geometry);
    let end: number = W.HEAD_BYTES;
    const take = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 64) * 64;
      return at;
    };
    const head = new Map<number, number>();
    this.#lanesAt = take(MeshLanes.bytes(geometry));
    this.#coresAt = take(MeshCoreRecords.bytes(cores));
    head.set(W.CORES, cores);
    head.set(W.LINKS, links);
    head.set(W.CAPACITY, Math.min(costs.linkBuffer, 2 ** 31 - 1));
    head.set(W.LANES_AT, this.#lanesAt);
    head.set(W.CORES_AT, this.#coresAt);
    head.set(W.FIRST_AT, take(4 * (cores + 1)));
    head.set(W.REST_AT, take(8 * cores));
    head.set(W.HOST_PROCESSING_AT, take(8 * cores));
    head.set(W.TIMERS_AT, take(W.ENTRY_BYTES * (2 * cores + 1)));
    head.set(W.TOUCHED_AT, take(4 * links));
    const portWords = Math.ceil((3 * cores + links) / 64);
    head.set(W.PORTS_AT, take(8 * portWords));
    head.set(W.SUMMARY_WORDS, Math.ceil(portWords / 64));
    head.set(W.SUMMARY_AT, take(8 * Math.ceil(portWords / 64)));
    this.#end = end;

    this.#module = module;
    // so much that what is reserved below needs no other memory; lines have at most two entries a message
    this.#allocate(end + FIRST_ROOM * (MESSAGE_BYTES + STEP_BYTES + 2 * MOST_LINES * W.ENTRY_BYTES));
    const buffer = this.#buffer;
    this.lanes = new MeshLanes(geometry, costs, occupation, buffer, this.#lanesAt);
    this.cores = new MeshCoreRecords(geometry, buffer, this.#coresAt);
    this.#view();
    for (const [word, value] of head) this.#head[word] = value;

    // what is behind the last timer is never due
    new Float64Array(buffer, this.#head[W.TIMERS_AT], 2 * (2 * cores + 1)).fill(Number.POSITIVE_INFINITY);
    this.#ring = this.#setLines(costs, occupation);
    this.#reserve(FIRST_ROOM);
  }

  run(step: StepMessages): StepRun {
    const count = step.first[this.cores.count]!;
    if (count > this.messages.room) this.#reserve(roomFor(count));
    this.#first.set(step.first);
    this.#rest.set(step.rest);
    this.#hostProcessing.set(step.hostProcessing);
    this.#to.set(step.to.subarray(0, count));
    this.#generation.set(step.generation.subarray(0, count));
    this.#processing.set(step.processing.subarray(0, count));
    this.#step();
    const head = this.#head;
    const times = this.#headTimes;
    return {
      received: head[W.RECEIVED]!,
      lastSender: { core: head[W.LAST_SENDER]!, time: times[W.LAST_SENDER_AT]! },
      lastReceiver: { core: head[W.LAST_RECEIVER]!, time: times[W.LAST_RECEIVER_AT]! },
    };
  }

  /** Sets the delays of the delay lines. Returns how many entries each can ever have, and more. */
  #setLines(costs: MeshCosts, occupation: number | null): number {
    const latencies = linkLatencies(costs);
    const distinct = [...new Set(latencies)].filter((latency) => latency > 0);
    const delays = occupation ? [...distinct, occupation] : distinct;
    latencies.forEach((latency, direction) => {
      this.#head[W.LINE_OF + direction] = distinct.indexOf(latency);
    });
    this.#head[W.LINES] = distinct.length;
    this.#head[W.HAS_RELEASES] = delays.length - distinct.length;
    delays.forEach((delay, line) => {
      this.#headTimes[(W.LINES_BASE + line * W.LINE_BYTES) / 8 + W.LINE_DELAY] = delay;
    });
    // messages on a link began an occupation or more apart
    const apart = occupation ?? Math.min(...distinct);
    const atOnce = apart > 0 ? Math.ceil(Math.max(0, ...delays) / apart) + 1 : Number.POSITIVE_INFINITY;
    return this.lanes.links * Math.min(atOnce, costs.linkBuffer) + 1;
  }

  /** Makes room for so many messages, a power of two; what is known of messages is lost. */
  #reserve(room: number): void {
    const entries = 2 ** Math.ceil(Math.log2(Math.min(this.#ring, room) + 1));
    const lines = this.#head[W.LINES]! + this.#head[W.HAS_RELEASES]!;
    const ringsAt = this.#end + room * (MESSAGE_BYTES + STEP_BYTES);
    this.#allocate(ringsAt + lines * entries * W.ENTRY_BYTES);
    this.lanes.view(this.#buffer, this.#lanesAt);
    this.cores.view(this.#buffer, this.#coresAt);
    this.messages.view(room, this.#buffer, this.#end);
    this.#view();
    const head = this.#head;
    head[W.MESSAGES_AT] = this.messages.words.byteOffset;
    head[W.SENT_AT] = this.messages.sent.byteOffset;
    head[W.ARRIVED_AT] = this.messages.arrived.byteOffset;
    head[W.RECEIVED_AT] = this.messages.received.byteOffset;
    head[W.GENERATION_AT] = this.#generation.byteOffset;
    head[W.PROCESSING_AT] = this.#processing.byteOffset;
    head[W.TO_AT] = this.#to.byteOffset;
    for (let line = 0; line < lines; line++) {
      const at = (W.LINES_BASE + line * W.LINE_BYTES) / 4;
      head[at + W.RING_AT] = ringsAt + line * entries * W.ENTRY_BYTES;
      head[at + W.RING_MASK] = entries * W.ENTRY_BYTES - 1;
    }
  }

  /**
   * Sees to it that the memory has so many bytes. A larger one is a new one: growing would detach the buffer, and once
   * any has been detached, optimised code looks at every typed array it reads whether that is.
   */
  #allocate(bytes: number): void {
    if (bytes <= this.#buffer.byteLength) return;
    try {
      const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
      const instance = new WebAssembly.Instance(this.#module, { env: { memory } });
      new Uint8Array(memory.buffer).set(
        new Uint8Array(this.#buffer, 0, Math.min(this.#end, this.#buffer.byteLength)),
      );
      this.#buffer = memory.buffer;
      this.#step = (instance.exports as unknown as Kernels).step;
    } catch (cause) {
      throw new SeamountError(
        'E_CAPACITY',
        `mesh: no memory of ${bytes} bytes for the messages of a step`,
        'use the scalar kernels, which compute the same',
        { cause },
      );
    }
  }

  /** Views of what is not a record, where it is now. */
  #view(): void {
    const buffer = this.#buffer;
    const { room } = this.messages;
    const cores = this.cores.count;
    const head = new Int32Array(buffer, 0, W.HEAD_BYTES / 4);
    const arrays = this.#end + room * MESSAGE_BYTES;
    this.#head = head;
    this.#headTimes = new Float64Array(buffer, 0, W.HEAD_BYTES / 8);
    this.#first = new Uint32Array(buffer, head[W.FIRST_AT], cores + 1);
    this.#rest = new Float64Array(buffer, head[W.REST_AT], cores);
    this.#hostProcessing = new Float64Array(buffer, head[W.HOST_PROCESSING_AT], cores);
    this.#generation = new Float64Array(buffer, arrays, room);
    this.#processing = new Float64Array(buffer, arrays + 8 * room, room);
    this.#to = new Uint32Array(buffer, arrays + 16 * room, room);
  }
}
