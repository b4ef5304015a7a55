/**
 * What is due when, in a step of the mesh. Timers of cores are in a heap. What takes the same time on every
 * link needs none: it falls due in the order in which it began, so it waits in a line. All that is due at one
 * instant commutes (mesh-routers.ts), so neither needs an order among equals.
 */

/** Kept behind a line's last time, so that an empty line needs no test. */
const NEVER = Number.POSITIVE_INFINITY;

/** Links whose messages arrive, or which get free, a fixed time after they began. */
class DelayLine {
  readonly delay: number;
  /** ps when the first is due; an array of one, as `MeshClock.now`. */
  readonly due = new Float64Array(1).fill(NEVER);
  #times = new Float64Array(64).fill(NEVER);
  #links = new Int32Array(64);
  /** Places of the first and behind the last; the latter has NEVER. */
  #head = 0;
  #tail = 0;

  constructor(delay: number) {
    this.delay = delay;
  }

  push(now: number, link: number): void {
    const next = (this.#tail + 1) & (this.#times.length - 1);
    if (next === this.#head) {
      this.#grow();
      this.push(now, link);
      return;
    }
    const time = now + this.delay;
    if (this.#head === this.#tail) this.due[0] = time;
    this.#times[this.#tail] = time;
    this.#links[this.#tail] = link;
    this.#times[next] = NEVER;
    this.#tail = next;
  }

  shift(): number {
    const link = this.#links[this.#head]!;
    this.#head = (this.#head + 1) & (this.#times.length - 1);
    this.due[0] = this.#times[this.#head]!;
    return link;
  }

  #grow(): void {
    const { length } = this.#times;
    const times = new Float64Array(2 * length).fill(NEVER);
    const links = new Int32Array(2 * length);
    for (let i = 0; i < length - 1; i++) {
      const at = (this.#head + i) & (length - 1);
      times[i] = this.#times[at]!;
      links[i] = this.#links[at]!;
    }
    this.#times = times;
    this.#links = links;
    this.#head = 0;
    this.#tail = length - 1;
  }
}

export class MeshClock {
  /** The instant, in ps. An array of one: numbers that are passed around or kept in fields may be allocated. */
  readonly now = new Float64Array(1);
  /** By distinct latency. */
  readonly arrivals: readonly DelayLine[];
  /** Null where a link gets free as its message arrives, or is never busy. */
  readonly releases: DelayLine | null;
  /** The line of each direction, -1 where a hop takes no time. */
  readonly #lineOf: Int32Array;
  readonly #time: Float64Array;
  readonly #timer: Int32Array;
  #timers = 0;

  /** `timers`: most that run at once. `occupation`: of every link, null where it is the latency of its hop. */
  constructor(timers: number, latencies: Float64Array, occupation: number | null) {
    this.#time = new Float64Array(timers);
    this.#timer = new Int32Array(timers);
    const distinct = [...new Set(latencies)].filter((latency) => latency > 0);
    this.arrivals = distinct.map((latency) => new DelayLine(latency));
    this.#lineOf = Int32Array.from(latencies, (latency) => distinct.indexOf(latency));
    this.releases = occupation ? new DelayLine(occupation) : null;
  }

  /** A message starts over a link now. False when it is there at once. */
  depart(link: number): boolean {
    const line = this.#lineOf[link & 3]!;
    this.releases?.push(this.now[0]!, link);
    if (line < 0) return false;
    this.arrivals[line]!.push(this.now[0]!, link);
    return true;
  }

  /** Goes on to the next instant at which something is due; false when nothing is. */
  advance(): boolean {
    let next = this.#timers > 0 ? this.#time[0]! : NEVER;
    for (let i = 0; i < this.arrivals.length; i++) {
      const due = this.arrivals[i]!.due[0]!;
      if (due < next) next = due;
    }
    if (this.releases !== null && this.releases.due[0]! < next) next = this.releases.due[0]!;
    // also where a time is not a number
    if (!(next < NEVER)) return false;
    this.now[0] = next;
    return true;
  }

  /** Sets a timer that is due `delay` ps from now. */
  set(timer: number, delay: number): void {
    const times = this.#time;
    const timers = this.#timer;
    const time = this.now[0]! + delay;
    let at = this.#timers++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = times[parent]!;
      if (above <= time) break;
      times[at] = above;
      timers[at] = timers[parent]!;
      at = parent;
    }
    times[at] = time;
    timers[at] = timer;
  }

  /** Takes a timer that is due now; -1 when there is none. */
  ring(): number {
    const times = this.#time;
    const timers = this.#timer;
    if (this.#timers === 0 || times[0]! > this.now[0]!) return -1;
    const timer = timers[0]!;
    const last = --this.#timers;
    const time = times[last]!;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && times[child + 1]! < times[child]!) child++;
      const below = times[child]!;
      if (below >= time) break;
      times[at] = below;
      timers[at] = timers[child]!;
      at = child;
    }
    times[at] = time;
    timers[at] = timers[last]!;
    return timer;
  }

  /** To 0, with nothing due. */
  reset(): void {
    this.now[0] = 0;
    this.#timers = 0;
    for (const line of this.arrivals) while (line.due[0]! < NEVER) line.shift();
    while (this.releases !== null && this.releases.due[0]! < NEVER) this.releases.shift();
  }
}
