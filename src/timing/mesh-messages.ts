/** What the mesh knows of each message of a step, by its number in `StepMessages`. Reused; longer than filled. */
export class MeshMessages {
  /** Destination core; the array of the step. */
  to: Uint32Array = new Uint32Array(0);
  /** Next one in the same buffer. */
  next = new Int32Array(0);
  /** Hops left to go, east and north positive. */
  east = new Int32Array(0);
  north = new Int32Array(0);
  /** ps: when it entered the buffer it is in; while it is on a link, when it will. */
  since = new Float64Array(0);
  /** ps: when its core handed it to the injection buffer. */
  sent = new Float64Array(0);
  /** ps: when it entered the receive queue of its destination. */
  arrived = new Float64Array(0);
  /** ps: when its destination began to process it. */
  received = new Float64Array(0);
  /** ps for which its core had been held up when it was sent. */
  held = new Float64Array(0);
  /** ps waited up to its arrival: `held`, then in buffers of the mesh. */
  waited = new Float64Array(0);
  /** The longest single wait in `waited`, and the output waited for (mesh-routers.ts), -1 where there was none. */
  longest = new Float64Array(0);
  longestAt = new Int32Array(0);

  /** Makes room for the messages of a step; what was there is lost. */
  reserve(count: number, to: Uint32Array): void {
    this.to = to;
    if (count <= this.next.length) return;
    const length = Math.max(64, 2 ** Math.ceil(Math.log2(count)));
    this.next = new Int32Array(length);
    this.east = new Int32Array(length);
    this.north = new Int32Array(length);
    this.since = new Float64Array(length);
    this.sent = new Float64Array(length);
    this.arrived = new Float64Array(length);
    this.received = new Float64Array(length);
    this.held = new Float64Array(length);
    this.waited = new Float64Array(length);
    this.longest = new Float64Array(length);
    this.longestAt = new Int32Array(length);
  }

  /** Adds a wait of `time` ps for an output. */
  wait(message: number, time: number, output: number): void {
    this.waited[message]! += time;
    if (time > this.longest[message]!) {
      this.longest[message] = time;
      this.longestAt[message] = output;
    }
  }
}
