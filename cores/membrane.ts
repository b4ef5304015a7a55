/**
 * Whose membrane potential a step has changed, for those who count changes as NeuroBench does. Read after integration,
 * from the values themselves: kernels need not know of it, and agree because their values do.
 */
import type { Cluster } from './cluster.js';
import * as C from './cluster-words.js';
import type { Core } from './core.js';
import * as D from './descriptor.js';

/** What nobody's v is, for it is within 2^30 (fixed.ts): against it every compartment has changed. */
export const NO_VOLTAGE = -(2 ** 31);

/** Compartments `from .. to - 1` of a core, and where their changes are counted. */
export interface MembraneRun {
  readonly from: number;
  readonly to: number;
  readonly population: number;
}

/** v as it was counted last, by source key from `firstKey` on; and the counts of a step, by population, at `counts[at ..]`. */
export interface MembraneTally {
  readonly before: Int32Array;
  readonly firstKey: number;
  readonly counts: Uint32Array;
  at: number;
}

/**
 * Counts compartments of `cluster` whose v is not what it was, or that fired, and remembers what it is. `runs`: by core.
 * `quiet`: step `t` has changed nothing here, but the host may have before it.
 */
export function countChanged(
  cluster: Cluster,
  runs: readonly (readonly MembraneRun[])[],
  tally: MembraneTally,
  { t, quiet }: { readonly t: number; readonly quiet: boolean },
): void {
  const { words, cores } = cluster;
  const isHostSet = words[C.HOST_SET_V] === 1;
  if (quiet && !isHostSet) return;
  words[C.HOST_SET_V] = 0;
  if (!quiet) forgetFired(cluster, tally);
  // while there is an active set, what has no place rests, unless it had one until this step
  const isSet = words[C.ACTIVE_SET] === 1;
  const isOfPlaces = isSet && !isHostSet && words[C.SWEPT_AT] !== t;
  for (let index = 0; index < cores.length; index++) {
    const core = cores[index]!;
    if (isOfPlaces) countPlaces(cluster, core, runs[index]!, tally);
    else for (const run of runs[index]!) countRun(cluster, core, run, tally);
  }
}

/** Lets all that fired in the step count, even where v is what it was. */
function forgetFired({ fired, firedCount }: Cluster, { before, firstKey }: MembraneTally): void {
  for (let k = 0; k < firedCount; k++) before[(fired[k]! & 0x7fff_ffff) - firstKey] = NO_VOLTAGE;
}

function countRun(
  { words, i32 }: Cluster,
  { v, descriptor: d }: Core,
  { from, to, population }: MembraneRun,
  { before, firstKey, counts, at }: MembraneTally,
): void {
  const isSet = words[C.ACTIVE_SET] === 1;
  const places = ((words[C.PLACE_OF_AT]! >>> 0) >>> 2) + d[D.FIRST_LANE]!;
  const voltages = ((words[C.PLACE_V_AT]! >>> 0) >>> 2) - 1;
  let key = d[D.FIRST_KEY]! - firstKey + from;
  let changed = 0;
  for (let i = from; i < to; i++, key++) {
    const place = isSet ? i32[places + i]! : 0;
    const now = place === 0 ? v[i]! : i32[voltages + place]!;
    if (now === before[key]) continue;
    before[key] = now;
    changed++;
  }
  counts[at + population]! += changed;
}

function countPlaces(
  { words, i32 }: Cluster,
  { descriptor: d }: Core,
  runs: readonly MembraneRun[],
  { before, firstKey, counts, at }: MembraneTally,
): void {
  const lanes = (words[C.PLACE_LANE_AT]! >>> 0) >>> 2;
  const voltages = (words[C.PLACE_V_AT]! >>> 0) >>> 2;
  const first = d[D.FIRST_KEY]! - firstKey;
  const end = d[D.FIRST_PLACE]! + d[D.PLACES]!;
  for (let place = d[D.FIRST_PLACE]!; place < end; place++) {
    const i = i32[lanes + place]! - d[D.FIRST_LANE]!;
    const now = i32[voltages + place]!;
    if (now === before[first + i]) continue;
    before[first + i] = now;
    for (const { from, to, population } of runs) if (i >= from && i < to) counts[at + population]! += 1;
  }
}
