/** What the mesh knows of each message of a step, by its number in `StepMessages`. Reused; longer than filled. */

/** Words of a message in `MeshMessages.words`, at `message << MESSAGE_WORDS`. */
export const MESSAGE_WORDS = 2;
/** Next one in the same buffer; hops left to go, east and north positive; lane of the longest wait, NONE before one. */
export const NEXT = 0;
export const GO_EAST = 1;
export const GO_NORTH = 2;
export const LONGEST_AT = 3;

/** Times of a message in `MeshMessages.times`, in ps, at `message << MESSAGE_TIMES`. */
export const MESSAGE_TIMES = 2;
/** When it entered the buffer it is in; while it is on a link, when it will. */
export const SINCE = 0;
/** For how long its core had been held up when it was sent; that, and its waits in buffers of the mesh; the longest of these. */
export const HELD = 1;
export const WAITED_SO_FAR = 2;
export const LONGEST_WAIT = 3;

export class MeshMessages {
  /** Destination core; the array of the step. */
  to: Uint32Array = new Uint32Array(0);
  words = new Int32Array(0);
  times = new Float64Array(0);
  /** ps: when its core handed it to the injection buffer. */
  sent = new Float64Array(0);
  /** ps: when it entered the receive queue of its destination. */
  arrived = new Float64Array(0);
  /** ps: when its destination began to process it. */
  received = new Float64Array(0);

  /** Makes room for the messages of a step; what was there is lost. */
  reserve(count: number, to: Uint32Array): void {
    this.to = to;
    if (count <= this.sent.length) return;
    const length = Math.max(64, 2 ** Math.ceil(Math.log2(count)));
    this.words = new Int32Array(length << MESSAGE_WORDS);
    this.times = new Float64Array(length << MESSAGE_TIMES);
    this.sent = new Float64Array(length);
    this.arrived = new Float64Array(length);
    this.received = new Float64Array(length);
  }

  word(message: number, word: number): number {
    return this.words[(message << MESSAGE_WORDS) + word]!;
  }

  time(message: number, time: number): number {
    return this.times[(message << MESSAGE_TIMES) + time]!;
  }

  /** Adds a wait of `time` ps for the output of a lane. */
  wait(message: number, time: number, lane: number): void {
    const at = message << MESSAGE_TIMES;
    this.times[at + WAITED_SO_FAR]! += time;
    if (time > this.times[at + LONGEST_WAIT]!) {
      this.times[at + LONGEST_WAIT] = time;
      this.words[(message << MESSAGE_WORDS) + LONGEST_AT] = lane;
    }
  }
}
