/** What the mesh knows of each message of a step, by its number in `StepMessages`. Reused; longer than filled. */
import * as W from './mesh-words.js';

/** Bytes of a message: its record and three times. */
export const MESSAGE_BYTES = (4 << W.MESSAGE_WORDS) + 24;

export class MeshMessages {
  /** Messages there is room for. */
  room = 0;
  /** Destination core; the array of the step. */
  to: Uint32Array = new Uint32Array(0);
  /** Records (mesh-words.ts). */
  words = new Int32Array(0);
  times = new Float64Array(0);
  /** ps: when its core handed it to the injection buffer. */
  sent = new Float64Array(0);
  /** ps: when it entered the receive queue of its destination. */
  arrived = new Float64Array(0);
  /** ps: when its destination began to process it. */
  received = new Float64Array(0);

  /** Makes room for the messages of a step; what was there is lost. */
  reserve(count: number): void {
    if (count <= this.room) return;
    const room = roomFor(count);
    this.view(room, new ArrayBuffer(room * MESSAGE_BYTES), 0);
  }

  /** Records, then the times in the order above, are in `buffer`, from byte `at` on. */
  view(room: number, buffer: ArrayBuffer, at: number): void {
    const sent = at + room * (4 << W.MESSAGE_WORDS);
    this.room = room;
    this.words = new Int32Array(buffer, at, room << W.MESSAGE_WORDS);
    this.times = new Float64Array(buffer, at, room << W.MESSAGE_TIMES);
    this.sent = new Float64Array(buffer, sent, room);
    this.arrived = new Float64Array(buffer, sent + 8 * room, room);
    this.received = new Float64Array(buffer, sent + 16 * room, room);
  }

  word(message: number, word: number): number {
    return this.words[(message << W.MESSAGE_WORDS) + word]!;
  }

  time(message: number, time: number): number {
    return this.times[(message << W.MESSAGE_TIMES) + time]!;
  }

  /** Adds a wait of `time` ps for the output of a lane. */
  wait(message: number, time: number, lane: number): void {
    const at = message << W.MESSAGE_TIMES;
    this.times[at + W.WAITED_SO_FAR]! += time;
    if (time > this.times[at + W.LONGEST_WAIT]!) {
      this.times[at + W.LONGEST_WAIT] = time;
      this.words[(message << W.MESSAGE_WORDS) + W.LONGEST_AT] = lane;
    }
  }
}

/** A power of two, so that a longer step seldom needs more room than the one before. */
export const roomFor = (count: number): number => Math.max(64, 2 ** Math.ceil(Math.log2(count)));
