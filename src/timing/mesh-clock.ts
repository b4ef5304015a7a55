/**
 * What is due when, in a step of the mesh. Timers of cores are in a heap. What takes the same time on every
 * link needs none: it falls due in the order in which it began, so it waits in a line. All that is due at one
 * instant commutes (mesh-routers.ts), so neither needs an order among equals.
 */

/** Kept behind a line's last time, so that an empty line needs no test. */
const NEVER = Number.POSITIVE_INFINITY;

/** Answers of `MeshClock.advance`. */
export const MANY = -1;
export const NOTHING = -2;

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

  /** ps when the one after the first is due. */
  get second(): number {
    return this.#times[(this.#head + 1) & (this.#times.length - 1)]!;
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
    // one place stays free, so that the last has a neighbour
    this.#time = new Float64Array(timers + 1).fill(NEVER);
    this.#timer = new Int32Array(timers + 1);
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

  /**
   * Goes on to the next instant at which something is due. The number of the line if that is one arrival and nothing
   * else, MANY otherwise, NOTHING if nothing is due any more.
   */
  advance(): number {
    let next = this.#time[0]!;
    if (this.releases !== null && this.releases.due[0]! < next) next = this.releases.due[0]!;
    let source = MANY;
    for (let i = 0; i < this.arrivals.length; i++) {
      const due = this.arrivals[i]!.due[0]!;
      if (due > next) continue;
      source = due < next ? i : MANY;
      next = due;
    }
    // also where a time is not a number
    if (!(next < NEVER)) return NOTHING;
    this.now[0] = next;
    return source >= 0 && this.arrivals[source]!.second === next ? MANY : source;
  }

  /** Sets a timer that is due `delay` ps from now. */
  set(timer: number, delay: number): void {
    this.#rise(this.#timers++, this.now[0]! + delay, timer);
  }

  /**
   * Takes a timer that is due now; -1 when there is none. The hole it leaves goes down to the end, then the last
   * timer up from there: no branch of the way down depends on times.
   */
  ring(): number {
    const times = this.#time;
    const timers = this.#timer;
    if (times[0]! > this.now[0]! || this.#timers === 0) return -1;
    const timer = timers[0]!;
    const last = --this.#timers;
    const time = times[last]!;
    const moved = timers[last]!;
    times[last] = NEVER;
    if (last === 0) return timer;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      child += Number(times[child + 1]! < times[child]!);
      times[at] = times[child]!;
      timers[at] = timers[child]!;
      at = child;
    }
    this.#rise(at, time, moved);
    return timer;
  }

  /** Puts a timer into a hole, or above it. */
  #rise(hole: number, time: number, timer: number): void {
    const times = this.#time;
    const timers = this.#timer;
    let at = hole;
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

  /** To 0, with nothing due. */
  reset(): void {
    this.now[0] = 0;
    this.#time.fill(NEVER, 0, this.#timers);
    this.#timers = 0;
    for (const line of this.arrivals) while (line.due[0]! < NEVER) line.shift();
    while (this.releases !== null && this.releases.due[0]! < NEVER) this.releases.shift();
  }
}
