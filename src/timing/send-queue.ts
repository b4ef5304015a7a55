/**
 * A queue of cores by the time of their next message, sent or received. Equal times leave in the order in which libstdc++'s
 * `std::priority_queue` would give them (bits/stl_heap.h: `__push_heap`, `__adjust_heap`): the model this
 * serves depends on it, by up to a per cent of a step.
 */
export class SendQueue {
  readonly #time: Float64Array;
  readonly #core: Uint32Array;
  #size = 0;

  /** @param capacity entries at most; each core has one */
  constructor(capacity: number) {
    this.#time = new Float64Array(capacity);
    this.#core = new Uint32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Time of the entry that leaves next; the queue must not be empty. */
  get time(): number {
    return this.#time[0]!;
  }

  /** Core of the entry that leaves next. */
  get core(): number {
    return this.#core[0]!;
  }

  push(core: number, time: number): void {
    this.#rise(this.#size++, core, time);
  }

  /** Removes the entry that `time` and `core` tell of. */
  pop(): void {
    const times = this.#time;
    const cores = this.#core;
    const size = --this.#size;
    if (size === 0) return;
    // the hole goes down to a leaf: to the right child unless the left one is strictly earlier. Added, not
    // branched on: nobody can foretell which, and a branch guessed wrong costs more
    let hole = 0;
    let child = 2;
    while (child < size) {
      child -= Number(times[child]! > times[child - 1]!);
      times[hole] = times[child]!;
      cores[hole] = cores[child]!;
      hole = child;
      child = 2 * child + 2;
    }
    if (child === size) {
      times[hole] = times[child - 1]!;
      cores[hole] = cores[child - 1]!;
      hole = child - 1;
    }
    this.#rise(hole, cores[size]!, times[size]!);
  }

  /** Puts an entry at `hole`, or above it as long as the parent is strictly later. */
  #rise(hole: number, core: number, time: number): void {
    const times = this.#time;
    const cores = this.#core;
    let at = hole;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!(times[parent]! > time)) break;
      times[at] = times[parent]!;
      cores[at] = cores[parent]!;
      at = parent;
    }
    times[at] = time;
    cores[at] = core;
  }
}
