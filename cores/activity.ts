/**
 * Which compartments have work in a step, one by one: what `updatesActive` counts (soma.ts), as bits, for those
 * who reckon time and energy. Read after delivery and before integration of the step.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';

/**
 * `compartments`: those that `updatesActive` counts. `voltages`: those with v not 0 before the step, or a bias;
 * cost models that count arrivals themselves start from these.
 */
export type ActivityKind = 'compartments' | 'voltages';

/** Keeps the state of all compartments in their columns from now on, where `markActive` reads it. */
export function keepColumns(cluster: Cluster): void {
  cluster.words[C.CAN_CONDENSE] = 0;
}

/** Writes `ceil(n / 32)` words at `out[at]`: bit i % 32 of word i / 32 is compartment i. Returns how many are set. */
export function markActive(core: Core, t: number, kind: ActivityKind, out: Uint32Array, at: number): number {
  const { n, u, v, bias, refractUntil, noiseEnable, theta, acc, descriptor } = core;
  const row = (t & (descriptor[D.SLOTS]! - 1)) << descriptor[D.STRIDE_BITS]!;
  const isPlain =
    kind === 'compartments' && noiseEnable === null && theta === null && descriptor[D.BANKS] === 1;
  let total = 0;
  for (let first = 0, word = at; first < n; first += 32, word++) {
    const end = Math.min(n, first + 32);
    let bits = 0;
    for (let i = first; i < end; i++) {
      let state = v[i]! | bias[i]!;
      if (isPlain) state |= u[i]! | acc[row + i]!;
      else if (kind === 'compartments')
        state |= u[i]! | (noiseEnable?.[i] ?? 0) | (theta?.[i] ?? 0) | inputOf(core, row + i);
      const held = kind === 'compartments' && refractUntil[i]! > t ? 1 : 0;
      bits |= (((state | -state) >>> 31) | held) << (i - first);
    }
    out[word] = bits;
    total += ones(bits);
  }
  return total;
}

/** What arrives at one place of the delay line, as `takeInput` in soma.ts has it. */
function inputOf({ acc, bankShift, descriptor }: Core, at: number): number {
  const size = descriptor[D.SLOTS]! << descriptor[D.STRIDE_BITS]!;
  let sum = 0;
  for (let bank = 0; bank < bankShift.length; bank++) sum += acc[bank * size + at]! >> bankShift[bank]!;
  return sum;
}

/**
 * Has the next integration of `cluster` write `updatesActive` of that step, a word for each core, at byte address `at` of its
 * memory. Nothing is paid for it elsewhere: reading all counters after each step took 7 ns a core and step.
 */
export function countActive(cluster: Cluster, at: number): void {
  cluster.words[C.ACTIVE_AT] = at;
}

/** The same for a step in which `cluster` is at rest, into `out[at ..]`. */
export function countResting({ cores }: Cluster, out: Uint32Array, at: number): void {
  for (let i = 0; i < cores.length; i++) out[at + i] = cores[i]!.descriptor[D.REST_ACTIVE_TOTAL]!;
}

/** Bits that are set in 32. */
export function ones(bits: number): number {
  let x = bits - ((bits >>> 1) & 0x5555_5555);
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
