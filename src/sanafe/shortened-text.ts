import { runOf } from './run-of.js';

/** A text without the parts that were read otherwise, and where what is left came from. */
export class ShortenedText {
  readonly #original: string;
  readonly #parts: string[] = [];
  /** Where each kept part begins, in the shortened text and in the original. */
  readonly #here: number[] = [0];
  readonly #there: number[] = [0];
  #copied = 0;
  #length = 0;

  constructor(original: string) {
    this.#original = original;
  }

  /** Puts `word` in the place of `[from, to)`; cuts come in order. */
  replace(from: number, to: number, word: string): void {
    this.#parts.push(this.#original.slice(this.#copied, from), word);
    this.#length += from - this.#copied;
    // The word stands for the first character of what it replaces.
    this.#here.push(this.#length, this.#length + word.length);
    this.#there.push(from, to);
    this.#length += word.length;
    this.#copied = to;
  }

  /** What is left. */
  toString(): string {
    return this.#parts.length === 0
      ? this.#original
      : this.#parts.join('') + this.#original.slice(this.#copied);
  }

  /** Offset in the original of an offset in the shortened text. */
  origin(offset: number): number {
    const part = runOf(this.#here, offset);
    return this.#there[part]! + offset - this.#here[part]!;
  }
}
