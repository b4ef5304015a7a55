/** Text collected as bytes, row by row: a string ends at 512 MB, a file does not. */

/** Characters encoded at a time. */
const PIECE = 1 << 20;

export class TextBytes {
  readonly #encoder = new TextEncoder();
  readonly #parts: Uint8Array[] = [];
  #text = '';

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE) this.#encode();
  }

  bytes(): Uint8Array {
    this.#encode();
    const whole = new Uint8Array(this.#parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #encode(): void {
    this.#parts.push(this.#encoder.encode(this.#text));
    this.#text = '';
  }
}
