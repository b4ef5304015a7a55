/**
 * Ports that may be able to act at the present instant. The lowest acts first, whatever the order in which
 * they were called: that is what makes a step of the mesh one defined thing.
 */
export class PortQueue {
  readonly #queued: Uint8Array;
  #heap = new Int32Array(64);
  #size = 0;

  constructor(ports: number) {
    this.#queued = new Uint8Array(ports);
  }

  /** Queues a port unless it is. */
  call(port: number): void {
    if (this.#queued[port] === 1) return;
    this.#queued[port] = 1;
    if (this.#size === this.#heap.length) this.#grow();
    const heap = this.#heap;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = heap[parent]!;
      if (above < port) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = port;
  }

  /** Takes the lowest port; -1 when there is none. */
  next(): number {
    if (this.#size === 0) return -1;
    const heap = this.#heap;
    const lowest = heap[0]!;
    this.#queued[lowest] = 0;
    const last = --this.#size;
    const port = heap[last]!;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && heap[child + 1]! < heap[child]!) child++;
      const below = heap[child]!;
      if (below > port) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = port;
    return lowest;
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#heap.length);
    larger.set(this.#heap);
    this.#heap = larger;
  }
}
