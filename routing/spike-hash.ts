/**
 * One number for a whole raster: the sum over all spikes of `mix(step << 32 | id)` modulo 2^64, with the
 * mixer of splitmix64 (Steele, Lea, Flood 2014). A sum, so neither order nor worker count nor the cuts
 * between recordings can change it.
 */

/** Low and high halves of 0xBF58476D1CE4E5B9 and 0x94D049BB133111EB. */
const M1_LO = 0x1ce4e5b9;
const M1_HI = 0xbf58476d;
const M2_LO = 0x133111eb;
const M2_HI = 0x94d049bb;

/** High 32 bits of the product of two 32-bit numbers, by 16-bit digits. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carry = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** The running form: add spikes as they come, read `value` at any time. */
export class SpikeHash {
  #lo = 0;
  #hi = 0;

  /** Adds a spike of network neuron `id` at `step`, both below 2^32. */
  add(step: number, id: number): void {
    let lo = (id ^ ((id >>> 30) | (step << 2))) >>> 0;
    let hi = (step ^ (step >>> 30)) >>> 0;
    hi = (multiplyHigh(lo, M1_LO) + Math.imul(lo, M1_HI) + Math.imul(hi, M1_LO)) >>> 0;
    lo = Math.imul(lo, M1_LO) >>> 0;
    lo = (lo ^ ((lo >>> 27) | (hi << 5))) >>> 0;
    hi = (hi ^ (hi >>> 27)) >>> 0;
    hi = (multiplyHigh(lo, M2_LO) + Math.imul(lo, M2_HI) + Math.imul(hi, M2_LO)) >>> 0;
    lo = Math.imul(lo, M2_LO) >>> 0;
    const sum = this.#lo + ((lo ^ ((lo >>> 31) | (hi << 1))) >>> 0);
    this.#hi = (this.#hi + ((hi ^ (hi >>> 31)) >>> 0) + (sum >= 2 ** 32 ? 1 : 0)) >>> 0;
    this.#lo = sum >>> 0;
  }

  /** Adds spikes given as equally long arrays; `stepOffset` is added to every step. */
  addAll(steps: ArrayLike<number>, ids: ArrayLike<number>, stepOffset = 0): this {
    for (let i = 0; i < ids.length; i++) this.add(steps[i]! + stepOffset, ids[i]!);
    return this;
  }

  get value(): bigint {
    return (BigInt(this.#hi) << 32n) | BigInt(this.#lo);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return this.value.toString(16).padStart(16, '0');
  }
}

/** Hash of a recording's spikes. `stepOffset` is added to every step: -1 for peers that count from 0. */
export const spikeHash = (
  spikes: { readonly steps: ArrayLike<number>; readonly ids: ArrayLike<number> },
  stepOffset = 0,
): bigint => new SpikeHash().addAll(spikes.steps, spikes.ids, stepOffset).value;
