/**
 * Messages on their way, by the time at which their destination begins with them. A core takes its messages
 * one after the other, so those for one core are a line in order of time, and only the heads of the lines
 * need a heap: it is as large as the chip, not as the traffic.
 *
 * What leaves at the same call leaves line by line. The order matters to the last bits of sums of doubles
 * alone; it is the one the peer has.
 */
export class MessagesInFlight {
  /** Messages that the last `leave` returned; longer than filled. */
  left = new Uint32Array(0);
  /** Message behind each, in the same line. */
  #next = new Int32Array(0);
  #received = new Float64Array(0);
  /** First and last message of each line; -1 where there is none. The last means nothing without a first. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  /** Heap of lines that are not empty, by the time of their heads. */
  readonly #time: Float64Array;
  readonly #line: Uint32Array;
  #lines = 0;
  readonly #due: Uint32Array;

  /** @param lines one for each core that can receive, numbered in the order in which they leave */
  constructor(lines: number) {
    this.#head = new Int32Array(lines).fill(-1);
    this.#tail = new Int32Array(lines).fill(-1);
    this.#time = new Float64Array(lines);
    this.#line = new Uint32Array(lines);
    this.#due = new Uint32Array(lines);
  }

  /** Forgets all, and makes room for messages 0 .. count - 1. */
  clear(count: number): void {
    for (let i = 0; i < this.#lines; i++) this.#head[this.#line[i]!] = -1;
    this.#lines = 0;
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
      this.#insert(line, received);
    }
    this.#tail[line] = message;
  }

  /** Removes what is received at `now` or before; returns how many messages of `left` these are. */
  leave(now: number): number {
    const next = this.#next;
    const due = this.#due;
    let lines = 0;
    while (this.#lines > 0 && this.#time[0]! <= now) {
      const line = this.#line[0]!;
      this.#removeFirst();
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
      if (message >= 0) this.#insert(line, this.#received[message]!);
    }
    return count;
  }

  #insert(line: number, time: number): void {
    this.#rise(this.#lines++, line, time);
  }

  #removeFirst(): void {
    const times = this.#time;
    const lines = this.#line;
    const size = --this.#lines;
    // to a leaf without asking where the last one belongs: it nearly always belongs there
    let hole = 0;
    let child = 2;
    while (child < size) {
      child -= Number(times[child]! > times[child - 1]!);
      times[hole] = times[child]!;
      lines[hole] = lines[child]!;
      hole = child;
      child = 2 * child + 2;
    }
    if (child === size) {
      times[hole] = times[child - 1]!;
      lines[hole] = lines[child - 1]!;
      hole = child - 1;
    }
    this.#rise(hole, lines[size]!, times[size]!);
  }

  /** Puts a line at `hole`, or above it as long as the parent is later. */
  #rise(hole: number, line: number, time: number): void {
    const times = this.#time;
    const lines = this.#line;
    let at = hole;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (times[parent]! <= time) break;
      times[at] = times[parent]!;
      lines[at] = lines[parent]!;
      at = parent;
    }
    times[at] = time;
    lines[at] = line;
  }
}
