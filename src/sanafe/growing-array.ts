/** A typed array that grows: a quarter of what lists of numbers take, for millions of synapses. */
type Numbers = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Int16Array<ArrayBuffer>;

export class GrowingArray<T extends Numbers> {
  readonly #make: new (
    length: number,
  ) => T;
  #data: T;
  #length = 0;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#data = new make(64);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    // In many small steps, too, each value is copied a few times only.
    if (this.#length + more > this.#data.length)
      this.#grow(Math.max(this.#length + more, Math.ceil(this.#length * 1.125)));
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#grow(Math.ceil(this.#length * 1.5));
    this.#data[this.#length++] = value;
  }

  #grow(length: number): void {
    const data = new this.#make(length);
    data.set(this.#data);
    this.#data = data;
  }

  /** What was pushed, as an array of its own where it does not fill this one. */
  array(): T {
    return (this.#length === this.#data.length ? this.#data : this.#data.slice(0, this.#length)) as T;
  }
}
