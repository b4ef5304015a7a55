/**
 * The active set. Where few compartments are active and they lie scattered, a block of sixteen wakes for the
 * sake of one. Then the kernels keep the compartments that have state in *places* of their own, side by
 * side, and update those only; on W4 that is twelve times fewer (docs/performance.md). Columns of compartments with a
 * place are out of date meanwhile.
 *
 * Here is what is not done in every step: making a set, reading values where they are, and dissolving it.
 * kernels/active-set.ts has the rest. The scalar specification never makes one; it changes nothing but time.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';
import { placesOf } from './layout.js';

/** A set must save three quarters of the updates, and leave half of its places free. */
const SAVES = 4;
const FIRST_PATIENCE = 16;
const MOST_PATIENCE = 4096;

const column = (cluster: Cluster, word: number): number => (cluster.words[word]! >>> 0) >>> 2;

/** Columns of compartments, and the columns of places that stand for them: state, then registers. */
const STATE = [
  ['u', C.PLACE_U_AT],
  ['v', C.PLACE_V_AT],
  ['refractUntil', C.PLACE_UNTIL_AT],
] as const;
const REGISTERS = [
  ['bias', C.PLACE_BIAS_AT],
  ['keepU', C.PLACE_KEEP_U_AT],
  ['keepV', C.PLACE_KEEP_V_AT],
  ['vth', C.PLACE_VTH_AT],
] as const;

/**
 * Makes an active set before the update of step t if it would pay. Looks at the state of awake blocks, so
 * it is asked rarely: less and less often while the answer is no.
 */
export function condense(cluster: Cluster, t: number): void {
  const { words, cores } = cluster;
  if (words[C.CAN_CONDENSE] === 0 || words[C.ACTIVE_SET] === 1) return;
  if (t < words[C.NEXT_LOOK]! || t < words[C.BOUNDED_FROM]!) return;
  if (!pays(cluster, t)) {
    wait(words, t);
    return;
  }
  words[C.AWAKE_SUM] = 0;
  for (const core of cores) {
    moveIn(cluster, core, movingOf(core, t, core.u.length));
    words[C.AWAKE_SUM]! += core.descriptor[D.AWAKE_BLOCKS]!;
  }
  words[C.ACTIVE_SET] = 1;
  // what has arrived for step t is in the delay line
  words[C.DRAINS] = 1;
}

/** Whether a set could be had and would save what it must; looks no further than until it would not. */
function pays({ words, cores }: Cluster, t: number): boolean {
  let left = Math.floor((D.BLOCK * words[C.AWAKE_SUM]!) / SAVES);
  for (const core of cores) {
    const { descriptor: d, u } = core;
    if (d[D.WIDE] === 1 || d[D.WIDE_ASLEEP] === 1) return false;
    const most = Math.min(left, Math.floor(placesOf(u.length) / 2));
    const moving = movingOf(core, t, most + 1).length;
    if (moving > most) return false;
    left -= moving;
  }
  return true;
}

/** No set for a while, each time for twice as long. */
function wait(words: Int32Array, t: number): void {
  const patience = Math.min(MOST_PATIENCE, Math.max(FIRST_PATIENCE, 2 * words[C.PATIENCE]!));
  words[C.PATIENCE] = patience;
  words[C.NEXT_LOOK] = t + patience;
}

/** Compartments of awake blocks that are not at rest before step t: the first `most`, or a few more. */
function movingOf(core: Core, t: number, most: number): number[] {
  const { awake, u, v, bias, refractUntil, keepV, vth } = core;
  const out: number[] = [];
  // few are awake: the search is the platform's
  for (let block = awake.indexOf(1); block >= 0 && out.length < most; block = awake.indexOf(1, block + 1)) {
    for (let i = block * D.BLOCK; i < (block + 1) * D.BLOCK; i++) {
      const holds = v[i] === 0 || (keepV[i] === 4096 && v[i]! <= vth[i]!);
      if (u[i] !== 0 || bias[i] !== 0 || refractUntil[i]! > t || !holds) out.push(i);
    }
  }
  return out;
}

/** Gives compartments of a core places, in their order; all others are asleep from now on. */
function moveIn(cluster: Cluster, core: Core, moving: readonly number[]): void {
  const { i32 } = cluster;
  const { descriptor: d, v, awake } = core;
  const places = column(cluster, C.PLACE_OF_AT) + d[D.FIRST_LANE]!;
  const first = d[D.FIRST_PLACE]!;
  for (let block = 0; block < awake.length; block++) {
    if (awake[block] === 0) continue;
    for (let i = block * D.BLOCK; i < (block + 1) * D.BLOCK; i++)
      if (v[i] !== 0) d[D.REST_ACTIVE_TOTAL]! += 1;
  }
  awake.fill(0);
  moving.forEach((i, k) => {
    if (v[i] !== 0) d[D.REST_ACTIVE_TOTAL]! -= 1;
    i32[places + i] = first + k + 1;
    i32[column(cluster, C.PLACE_LANE_AT) + first + k] = d[D.FIRST_LANE]! + i;
    for (const [name, word] of [...STATE, ...REGISTERS]) {
      i32[column(cluster, word) + first + k] = core[name][i]!;
    }
  });
  d[D.PLACES] = moving.length;
  d[D.AWAKE_BLOCKS] = Math.ceil(moving.length / D.BLOCK);
}

/** Puts all places back into their columns before step t; every block that had one is awake. Changes no state. */
export function dissolve(cluster: Cluster, t: number): void {
  const { words, i32, cores } = cluster;
  if (words[C.ACTIVE_SET] === 0) return;
  if (words[C.DISSOLVES] === 1) wait(words, t);
  words[C.ACTIVE_SET] = 0;
  words[C.DISSOLVES] = 0;
  words[C.DRAINS] = 0;
  words[C.AWAKE_SUM] = 0;
  const lanes = column(cluster, C.PLACE_LANE_AT);
  const places = column(cluster, C.PLACE_OF_AT);
  const acc = column(cluster, C.PLACE_ACC_AT);
  const row = (t & (words[C.LINE_ROWS]! - 1)) << words[C.LINE_BITS]!;
  for (const core of cores) {
    const d = core.descriptor;
    const first = d[D.FIRST_PLACE]!;
    const end = first + d[D.PLACES]!;
    for (let place = first; place < end; place++) {
      const lane = i32[lanes + place]!;
      const i = lane - d[D.FIRST_LANE]!;
      for (const [name, word] of STATE) core[name][i] = i32[column(cluster, word) + place]!;
      core.acc[row + i]! += i32[acc + place]!;
      core.awake[i >> 4] = 1;
      i32[places + lane] = 0;
    }
    i32.fill(0, acc + first, acc + end);
    for (const [name, word] of [...STATE, ...REGISTERS]) {
      i32.fill(name === 'vth' ? 0x7fff_ffff : 0, column(cluster, word) + first, column(cluster, word) + end);
    }
    d[D.PLACES] = 0;
    recountRest(core);
    words[C.AWAKE_SUM]! += d[D.AWAKE_BLOCKS]!;
  }
}

/** What sleeping blocks hold, from v and `awake` of every block. */
function recountRest(core: Core): void {
  const { descriptor: d, awake, restActive, v } = core;
  d[D.AWAKE_BLOCKS] = 0;
  d[D.REST_ACTIVE_TOTAL] = 0;
  for (let block = 0; block < awake.length; block++) {
    let active = 0;
    if (awake[block] === 0) {
      for (let i = block * D.BLOCK; i < (block + 1) * D.BLOCK; i++) if (v[i] !== 0) active++;
    }
    restActive[block] = active;
    d[D.AWAKE_BLOCKS]! += awake[block]!;
    d[D.REST_ACTIVE_TOTAL]! += active;
  }
}

/** Index among places of compartment i, or -1 when its columns are right. */
function placeOf(cluster: Cluster, core: Core, i: number): number {
  if (cluster.words[C.ACTIVE_SET] === 0) return -1;
  return cluster.i32[column(cluster, C.PLACE_OF_AT) + core.descriptor[D.FIRST_LANE]! + i]! - 1;
}

/** u of compartment i after the last step. */
export function currentOf(cluster: Cluster, core: Core, i: number): number {
  const place = placeOf(cluster, core, i);
  return place < 0 ? core.u[i]! : cluster.i32[column(cluster, C.PLACE_U_AT) + place]!;
}

/** v of compartment i after the last step. */
export function voltageOf(cluster: Cluster, core: Core, i: number): number {
  const place = placeOf(cluster, core, i);
  return place < 0 ? core.v[i]! : cluster.i32[column(cluster, C.PLACE_V_AT) + place]!;
}

/** The first step at which compartment i integrates again. */
export function heldUntil(cluster: Cluster, core: Core, i: number): number {
  const place = placeOf(cluster, core, i);
  return place < 0 ? core.refractUntil[i]! : cluster.i32[column(cluster, C.PLACE_UNTIL_AT) + place]!;
}
