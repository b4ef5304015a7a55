/**
 * Random numbers of the host side: xoroshiro128+ streams keyed by (seed, object, purpose), and draws made of
 * integer arithmetic and correctly rounded double products only, so they are the same on every platform.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { mix } from '../../cores/index.js';

/** What a stream is for: draws of one purpose never shift those of another. */
export const PURPOSE = { connect: 1, weight: 2, delay: 3, poisson: 4 } as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

const WORD = 2 ** 32;

/** One 32-bit key of (seed, object, purpose). */
export const streamKey = (seed: number, object: number, purpose: Purpose): number =>
  mix(mix(mix(seed | 0) + object) + Math.imul(purpose, 0x9e3779b1)) >>> 0;

export class RandomStream {
  readonly #generator;

  constructor(seed: number, object: number, purpose: Purpose) {
    const key = streamKey(seed, object, purpose);
    const state = [seed | 0, key | 0, mix(key ^ 0x5bd1e995), mix(key + 0x6c62272e)];
    this.#generator = xoroshiro128plusFromState(state);
  }

  /** 0 .. 2^32 - 1 */
  next(): number {
    return this.#generator.next() >>> 0;
  }

  /** 0 .. n - 1, without bias; n 1 .. 2^32. */
  below(n: number): number {
    const limit = WORD - (WORD % n);
    let draw = this.next();
    while (draw >= limit) draw = this.next();
    return draw % n;
  }

  /** A multiple of 2^-32 in 0 <= x < 1. */
  unit(): number {
    return this.next() / WORD;
  }

  /** Sum of twelve uniforms, shifted: mean 0, standard deviation 1, within +-6. */
  normal(): number {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += this.unit();
    return sum;
  }
}

/**
 * How many failures come before the next success of probability p: one draw per success instead of one
 * per trial. `table[k] = 2^32 (1 - p)^(k + 1)` bounds the draws with more than k failures; beyond the
 * table the process starts afresh, being memoryless.
 */
export class FailureRun {
  readonly #table: Uint32Array;
  /** First table entry to look at, by the upper 10 bits of the draw. */
  readonly #guide: Uint16Array;

  /** 0 < p < 1 */
  constructor(p: number) {
    const table: number[] = [];
    let rest = 1 - p;
    while (table.length < 4096 && rest * WORD >= 1) {
      table.push(Math.floor(rest * WORD));
      rest *= 1 - p;
    }
    this.#table = Uint32Array.from(table);
    this.#guide = new Uint16Array(1024);
    let at = table.length;
    for (let top = 0; top < 1024; top++) {
      const largest = ((top + 1) << 22) - 1;
      while (at > 0 && table[at - 1]! <= largest >>> 0) at--;
      this.#guide[top] = at;
    }
  }

  draw(stream: RandomStream): number {
    const table = this.#table;
    for (let run = 0; ; run += table.length) {
      const u = stream.next();
      let k = this.#guide[u >>> 22]!;
      while (k < table.length && u < table[k]!) k++;
      if (k < table.length || table.length === 0) return run + k;
    }
  }
}
