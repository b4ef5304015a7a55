/**
 * Ports that may be able to act at the present instant. The lowest acts first, whatever the order in which
 * they were called: that is what makes a step of the mesh one defined thing.
 *
 * A bit for each port, a bit for each word of these that is not 0, and so on: unlike a heap, no branch of it
 * depends on what happens to be in it.
 */
export class PortSet {
  readonly #words: Int32Array;
  /** First word of each level, that of the ports first; the last has one word. */
  readonly #levels: Int32Array;

  constructor(ports: number) {
    const starts = [0];
    let words = Math.ceil(ports / 32);
    while (words > 1) {
      starts.push(starts.at(-1)! + words);
      words = Math.ceil(words / 32);
    }
    this.#levels = Int32Array.from(starts);
    this.#words = new Int32Array(starts.at(-1)! + 1);
  }

  call(port: number): void {
    const words = this.#words;
    const levels = this.#levels;
    let index = port;
    for (let level = 0; level < levels.length; level++) {
      const at = levels[level]! + (index >>> 5);
      const before = words[at]!;
      words[at] = before | (1 << (index & 31));
      if (before !== 0) return;
      index >>>= 5;
    }
  }

  /** Takes the lowest port; -1 when there is none. */
  next(): number {
    const words = this.#words;
    const levels = this.#levels;
    const top = levels.length - 1;
    if (words[levels[top]!] === 0) return -1;
    let port = 0;
    for (let level = top; level >= 0; level--) {
      const word = words[levels[level]! + port]!;
      port = 32 * port + 31 - Math.clz32(word & -word);
    }
    let index = port;
    for (let level = 0; level <= top; level++) {
      const at = levels[level]! + (index >>> 5);
      const after = words[at]! & ~(1 << (index & 31));
      words[at] = after;
      if (after !== 0) break;
      index >>>= 5;
    }
    return port;
  }
}
