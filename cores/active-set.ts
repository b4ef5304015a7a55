/**
 * The active set, seen by the host. In a large cluster of which little is active, the kernels keep the
 * compartments that have state in places of their own, side by side (kernels/active-set.ts); their columns
 * are out of date meanwhile. Here values are read where they are, and the set is dissolved when columns must be right.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';

const column = (cluster: Cluster, word: number): number => (cluster.words[word]! >>> 0) >>> 2;

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

/** Puts all places back into their columns; every block that had one is awake. Changes no state. */
export function dissolve(cluster: Cluster): void {
  const { words, i32, cores } = cluster;
  if (words[C.ACTIVE_SET] === 0) return;
  const lanes = column(cluster, C.PLACE_LANE_AT);
  const placeOfLane = column(cluster, C.PLACE_OF_AT);
  const values = [C.PLACE_ACC_AT, C.PLACE_U_AT, C.PLACE_V_AT, C.PLACE_UNTIL_AT].map((word) =>
    column(cluster, word),
  ) as [number, number, number, number];
  const [accAt, uAt, vAt, untilAt] = values;
  words[C.AWAKE_SUM] = 0;
  for (const core of cores) {
    const d = core.descriptor;
    const first = d[D.FIRST_PLACE]!;
    for (let place = first; place < first + d[D.PLACES]!; place++) {
      const lane = i32[lanes + place]!;
      const i = lane - d[D.FIRST_LANE]!;
      core.u[i] = i32[uAt + place]!;
      core.v[i] = i32[vAt + place]!;
      core.refractUntil[i] = i32[untilAt + place]!;
      core.acc[i]! += i32[accAt + place]!;
      core.awake[i >> 4] = 1;
      i32[placeOfLane + lane] = 0;
      for (const at of values) i32[at + place] = 0;
      i32[column(cluster, C.PLACE_BIAS_AT) + place] = 0;
      i32[column(cluster, C.PLACE_VTH_AT) + place] = 0x7fff_ffff;
    }
    d[D.PLACES] = 0;
    recountRest(core);
    words[C.AWAKE_SUM]! += d[D.AWAKE_BLOCKS]!;
  }
  words[C.ACTIVE_SET] = 0;
  words[C.SET_IS_FULL] = 0;
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
