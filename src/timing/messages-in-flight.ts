/**
 * Messages on their way, by the time at which their destination begins with them. A core takes its messages
 * one after the other, so those for one core are a line in order of time, and only the heads of the lines
 * need a heap: it is as large as the chip, not as the traffic.
 *
 * What leaves at the same call leaves line by line. The order matters to the last bits of sums of doubles
 * alone; it is the one the peer has.
 */
import { SendQueue } from './send-queue.js';

export class MessagesInFlight {
  /** Messages that the last `leave` returned; longer than filled. */
  left = new Uint32Array(0);
  /** Message behind each, in the same line. */
  #next = new Int32Array(0);
  #received = new Float64Array(0);
  /** First and last message of each line; -1 where there is none. The last means nothing without a first. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  /** Lines that are not empty, by the time of their heads. */
  readonly #heads: SendQueue;
  readonly #due: Uint32Array;

  /** @param lines one for each core that can receive, numbered in the order in which they leave */
  constructor(lines: number) {
    this.#head = new Int32Array(lines).fill(-1);
    this.#tail = new Int32Array(lines).fill(-1);
    this.#heads = new SendQueue(lines);
    this.#due = new Uint32Array(lines);
  }

  /** Forgets all, and makes room for messages 0 .. count - 1. */
  clear(count: number): void {
    for (const heads = this.#heads; heads.size > 0; heads.pop()) this.#head[heads.core] = -1;
    if (this.#next.length >= count) return;
    this.#next = new Int32Array(2 * count);
    this.#received = new Float64Array(2 * count);
    this.left = new Uint32Array(2 * count);
  }

  /** Adds a message that is not received before any other of its line. */
  add(message: number, line: number, received: number): void {
    this.#next[message] = -1;
    this.#received[message] = received;
    if (this.#head[line]! >= 0) this.#next[this.#tail[line]!] = message;
    else {
      this.#head[line] = message;
      this.#heads.push(line, received);
    }
    this.#tail[line] = message;
  }

  /** Removes what is received at `now` or before; returns how many messages of `left` these are. */
  leave(now: number): number {
    const heads = this.#heads;
    const next = this.#next;
    const due = this.#due;
    let lines = 0;
    while (heads.size > 0 && heads.time <= now) {
      const line = heads.core;
      heads.pop();
      let at = lines++;
      for (; at > 0 && due[at - 1]! > line; at--) due[at] = due[at - 1]!;
      due[at] = line;
    }
    let count = 0;
    for (let i = 0; i < lines; i++) {
      const line = due[i]!;
      let message = this.#head[line]!;
      while (message >= 0 && this.#received[message]! <= now) {
        this.left[count++] = message;
        message = next[message]!;
      }
      this.#head[line] = message;
      if (message >= 0) heads.push(line, this.#received[message]!);
    }
    return count;
  }
}
