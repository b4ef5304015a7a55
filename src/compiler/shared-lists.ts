/** Synapse lists stored once however many axons use them: the kernels of convolutions. */

interface StoredList {
  readonly offset: number;
  readonly count: number;
}

export class SharedLists {
  #words = new Uint32Array(256);
  #length = 0;
  readonly #byHash = new Map<number, StoredList[]>();

  /** Words stored so far. */
  get length(): number {
    return this.#length;
  }

  /** Offset of the first `count` words of `list`, which are stored if they are new. */
  add(list: Uint32Array, count: number): { readonly offset: number; readonly isNew: boolean } {
    let hash = count;
    for (let k = 0; k < count; k++) hash = Math.imul(hash ^ list[k]!, 0x01000193);
    const known = this.#byHash.get(hash) ?? [];
    this.#byHash.set(hash, known);
    const same = known.find((stored) => this.#equals(stored, list, count));
    if (same) return { offset: same.offset, isNew: false };
    const offset = this.#length;
    this.#reserve(count);
    this.#words.set(list.subarray(0, count), offset);
    this.#length += count;
    known.push({ offset, count });
    return { offset, isNew: true };
  }

  /** The stored words. */
  words(): Uint32Array {
    return this.#words.subarray(0, this.#length);
  }

  #equals(stored: StoredList, list: Uint32Array, count: number): boolean {
    if (stored.count !== count) return false;
    for (let k = 0; k < count; k++) if (this.#words[stored.offset + k] !== list[k]) return false;
    return true;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#words.length) return;
    const larger = new Uint32Array(Math.max(this.#words.length * 2, this.#length + count));
    larger.set(this.#words.subarray(0, this.#length));
    this.#words = larger;
  }
}
