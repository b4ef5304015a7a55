/** Saving and restoring what a core remembers between two steps. */
import { dissolve } from './active-set.js';
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';
import { SeamountError } from './errors.js';
import { NARROW_BITS } from './narrow.js';
import { isResting } from './soma.js';

/** What a core remembers after step t, without addresses or host-side sleep: equal states behave alike. */
export interface CoreState {
  /** length n */
  readonly u: Int32Array;
  readonly v: Int32Array;
  /** Steps v is still held after step t, length n. */
  readonly refractory: Int32Array;
  /** Offsets of adaptive thresholds, length n; only of a core that has them. */
  readonly theta?: Int32Array;
  /**
   * Inputs on their way: quadruples (k, bank, compartment, sum) ascending, sum != 0 in units of 64,
   * arriving at step t + 1 + k.
   */
  readonly pending: Int32Array;
  /** 64-bit counts as little-endian pairs: spikes per compartment (length 2n), and the core's counters. */
  readonly spikeCounts: Uint32Array;
  readonly counters: Uint32Array;
}

/** The refract register has 6 bits, and a peer takes 64. */
const MOST_HELD = 64;

const rowStart = (core: Core, step: number): number =>
  (step & (core.descriptor[D.SLOTS]! - 1)) << core.descriptor[D.STRIDE_BITS]!;

/** State of `core`, one of `cluster`'s, after step t. Throws E_USAGE when messages wait for the cluster. */
export function readState(cluster: Cluster, core: Core, t: number): CoreState {
  const { n, descriptor } = core;
  if (cluster.words[C.INBOX_COUNT] !== 0) {
    throw new SeamountError('E_USAGE', `core ${descriptor[D.CORE_ID]} has undelivered messages`);
  }
  dissolve(cluster, t + 1);
  core.account(t);
  return {
    u: core.u.slice(0, n),
    v: core.v.slice(0, n),
    refractory: Int32Array.from({ length: n }, (_, i) => core.refractoryCount(i, t)),
    ...(core.theta === null ? {} : { theta: core.theta.slice(0, n) }),
    pending: Int32Array.from(pendingInputs(core, t)),
    spikeCounts: core.spikeCounts.slice(0, 2 * n),
    counters: core.counterWords.slice(),
  };
}

function pendingInputs(core: Core, t: number): number[] {
  const { acc, descriptor, n } = core;
  const size = descriptor[D.SLOTS]! << descriptor[D.STRIDE_BITS]!;
  const out: number[] = [];
  for (let k = 0; k < descriptor[D.MAX_DELAY]!; k++) {
    const row = rowStart(core, t + 1 + k);
    for (let bank = 0; bank < descriptor[D.BANKS]!; bank++) {
      for (let i = 0; i < n; i++) {
        const sum = acc[bank * size + row + i]!;
        if (sum !== 0) out.push(k, bank, i, sum);
      }
    }
  }
  return out;
}

/** Writes `state` so that the next step is t + 1. */
export function writeState(cluster: Cluster, core: Core, t: number, state: CoreState): void {
  const { descriptor, n } = core;
  checkState(core, state);
  clearState(cluster, core, t);
  core.u.set(state.u);
  core.v.set(state.v);
  if (state.theta !== undefined) core.theta?.set(state.theta);
  for (let i = 0; i < n; i++) {
    const held = state.refractory[i]!;
    core.refractUntil[i] = held === 0 ? 0 : t + 1 + held;
  }
  core.spikeCounts.set(state.spikeCounts);
  core.counterWords.set(state.counters);

  const { words } = cluster;
  const size = descriptor[D.SLOTS]! << descriptor[D.STRIDE_BITS]!;
  for (let p = 0; p < state.pending.length; p += 4) {
    const k = state.pending[p]!;
    const at = rowStart(core, t + 1 + k) + state.pending[p + 2]!;
    core.acc[state.pending[p + 1]! * size + at] = state.pending[p + 3]!;
    core.marks[at >> 4] = 1;
    words[C.LAST_ARRIVAL] = Math.max(words[C.LAST_ARRIVAL]!, t + 1 + k);
    // perhaps of a chip that took payloads, whose sums may leave a register where this one's never do
    words[C.BOUNDED_FROM] = Math.max(words[C.BOUNDED_FROM]!, t + 2 + k);
  }
  settleAll(cluster, core, t);
}

/** Lets every block sleep that is at rest after step t, and says what is known of the range of u and v. */
export function settleAll(cluster: Cluster, core: Core, t: number): void {
  const { descriptor: d, awake, restActive, u, v, theta } = core;
  const before = d[D.AWAKE_BLOCKS]!;
  d[D.AWAKE_BLOCKS] = 0;
  d[D.REST_ACTIVE_TOTAL] = 0;
  d[D.WIDE] = 0;
  d[D.WIDE_ASLEEP] = 0;
  for (let block = 0; block < awake.length; block++) {
    let isAwake = 0;
    let active = 0;
    let isWide = 0;
    for (let i = block * D.BLOCK; i < (block + 1) * D.BLOCK; i++) {
      if (!isResting(core, i, t)) isAwake = 1;
      if (v[i] !== 0 || (theta !== null && theta[i] !== 0)) active++;
      if (Math.abs(u[i]!) >= 2 ** NARROW_BITS || Math.abs(v[i]!) >= 2 ** NARROW_BITS) isWide = 1;
    }
    awake[block] = isAwake;
    restActive[block] = isAwake === 1 ? 0 : active;
    d[D.AWAKE_BLOCKS]! += isAwake;
    d[D.REST_ACTIVE_TOTAL]! += restActive[block]!;
    d[isAwake === 1 ? D.WIDE : D.WIDE_ASLEEP]! |= isWide;
  }
  cluster.words[C.AWAKE_SUM]! += d[D.AWAKE_BLOCKS]! - before;
}

/** After step t nothing moves, nothing was counted; u, v and theta are 0. `settleAll` must follow. */
export function clearState(cluster: Cluster, core: Core, t: number): void {
  const { descriptor } = core;
  const { words } = cluster;
  dissolve(cluster, t + 1);
  words[C.NEXT_LOOK] = 0;
  words[C.PATIENCE] = 0;
  words[C.HOST_SET_V] = 1;
  for (const column of [core.u, core.v, core.refractUntil, core.theta]) column?.fill(0);
  const stride = 1 << descriptor[D.STRIDE_BITS]!;
  const lines = descriptor[D.BANKS]! * descriptor[D.SLOTS]!;
  for (let row = 0; row < lines; row++) core.acc.fill(0, row * stride, row * stride + core.u.length);
  for (let row = 0; row < descriptor[D.SLOTS]!; row++) {
    const first = (row * stride) / D.BLOCK;
    core.marks.fill(0, first, first + core.awake.length);
  }
  core.spikeCounts.fill(0);
  core.counterWords.fill(0);
  descriptor[D.ACCOUNTED] = t;
  for (const word of [D.FAULT, D.FAULT_COMPARTMENT, D.FAULT_STEP]) descriptor[word] = 0;
  words[C.INBOX_COUNT] = 0;
  words[C.FIRED_COUNT] = 0;
  words[C.LAST_ARRIVAL] = Math.min(words[C.LAST_ARRIVAL]!, t + words[C.LONGEST_DELAY]!);
  words[C.BOUNDED_FROM] = Math.min(words[C.BOUNDED_FROM]!, t + 1 + words[C.LONGEST_DELAY]!);
  words[C.FAULTY] = cluster.cores.some((other) => other.descriptor[D.FAULT] !== 0) ? 1 : 0;
}

function checkState(core: Core, state: CoreState): void {
  const { n, descriptor } = core;
  const refuse = (what: string): never => {
    throw new SeamountError('E_INPUT', `state is not of core ${descriptor[D.CORE_ID]}: ${what}`);
  };
  const lengths: readonly (readonly [string, { readonly length: number }, number])[] = [
    ['u', state.u, n],
    ['v', state.v, n],
    ['refractory', state.refractory, n],
    ['theta', state.theta ?? [], core.theta === null ? 0 : n],
    ['spikeCounts', state.spikeCounts, 2 * n],
    ['counters', state.counters, core.counterWords.length],
  ];
  for (const [name, { length }, expected] of lengths) {
    if (length !== expected) refuse(`${name} has ${length} entries, not ${expected}`);
  }
  // Beyond these the arithmetic would not be exact any more. Lava wraps only once: its u ends at the emulator's own limit.
  const uLimit =
    descriptor[D.CURRENT_KIND] === D.SUM_TWOS_COMPLEMENT ? 2 ** descriptor[D.CURRENT_BITS]! : 2 ** 30;
  const vLimit = descriptor[D.V_CLAMP] === 1 ? 2 ** 23 : 2 ** 30;
  for (let i = 0; i < n; i++) {
    const [u, v, held] = [state.u[i]!, state.v[i]!, state.refractory[i]!];
    const isHeldOff0 = held > 0 && v !== 0 && descriptor[D.RESET_MODE] === D.RESET_ZERO;
    if (Math.abs(u) > uLimit || Math.abs(v) > vLimit || held < 0 || held > MOST_HELD || isHeldOff0) {
      refuse(`compartment ${i} cannot have u ${u}, v ${v} and ${held} refractory steps`);
    }
  }
  const raised = state.theta?.find((theta) => theta < 0 || theta > D.THETA_MAX);
  if (raised !== undefined) refuse(`a threshold cannot be raised by ${raised}`);
  if (state.pending.length % 4 !== 0) refuse('pending is not made of quadruples');
  for (let p = 0; p < state.pending.length; p += 4) {
    const [k, bank, i] = state.pending.subarray(p, p + 3) as unknown as [number, number, number];
    const fits =
      k >= 0 && k < descriptor[D.MAX_DELAY]! && bank >= 0 && bank < descriptor[D.BANKS]! && i >= 0 && i < n;
    if (!fits) refuse(`pending input (${k}, ${bank}, ${i}) has no place`);
  }
}
