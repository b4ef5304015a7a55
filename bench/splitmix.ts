/**
 * Counter-based splitmix64 in two 32-bit halves: draw k of a stream is a pure function of (seed, stream, k),
 * so a network can be generated in any order and in any language.
 *
 *   mix(z)   z ^= z >> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >> 27; z *= 0x94D049BB133111EB; z ^= z >> 31
 *   base     mix(mix(seed) + stream)
 *   draw(k)  mix(base + (k + 1) * 0x9E3779B97F4A7C15)
 *
 * BigInt would be a hundred times slower, and W1 alone draws 16 million. Halves are kept signed: V8 keeps 32 signed
 * bits in place, but boxes larger numbers, 8 bytes of garbage a draw and half of its time.
 */
export class SplitMix {
  readonly #baseHigh: number;
  readonly #baseLow: number;
  #high = 0;
  #low = 0;

  constructor(seed: number, stream: number) {
    this.#low = seed | 0;
    this.#mix();
    this.#add(0, stream);
    this.#mix();
    this.#baseHigh = this.#high;
    this.#baseLow = this.#low;
  }

  /** Draw k (0 .. 2^53 - 2); returns its upper half. */
  draw(k: number): number {
    const n = k + 1;
    this.#high = Math.floor(n / 0x1_0000_0000) | 0;
    this.#low = n | 0;
    this.#multiply(0x9e3779b9, 0x7f4a7c15);
    this.#add(this.#baseHigh, this.#baseLow);
    this.#mix();
    return this.#high >>> 0;
  }

  /** Lower half of the last draw, signed. */
  get low(): number {
    return this.#low;
  }

  /** Draw k scaled to 0 .. n - 1 (n < 2^21). */
  below(k: number, n: number): number {
    return Math.floor((this.draw(k) * n) / 0x1_0000_0000);
  }

  #mix(): void {
    this.#xorShift(30);
    this.#multiply(0xbf58476d, 0x1ce4e5b9);
    this.#xorShift(27);
    this.#multiply(0x94d049bb, 0x133111eb);
    this.#xorShift(31);
  }

  #xorShift(n: number): void {
    const high = this.#high;
    this.#low ^= (this.#low >>> n) | (high << (32 - n));
    this.#high = high ^ (high >>> n);
  }

  #add(high: number, low: number): void {
    const sum = (this.#low >>> 0) + (low >>> 0);
    this.#low = sum | 0;
    this.#high = (this.#high + high + (sum > 0xffff_ffff ? 1 : 0)) | 0;
  }

  #multiply(high: number, low: number): void {
    const a = this.#low;
    const a0 = a & 0xffff;
    const a1 = a >>> 16;
    const b0 = low & 0xffff;
    const b1 = low >>> 16;
    const p00 = Math.imul(a0, b0);
    const p01 = Math.imul(a0, b1);
    const p10 = Math.imul(a1, b0);
    const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
    const carry = Math.imul(a1, b1) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16);
    this.#low = (middle << 16) | (p00 & 0xffff);
    this.#high = (carry + Math.imul(this.#high, low) + Math.imul(a, high)) | 0;
  }
}

/** `Bernoulli(numerator / denominator)` is `draw(k) < threshold`. */
export const threshold = (numerator: number, denominator: number): number =>
  Math.floor((numerator * 0x1_0000_0000) / denominator);
