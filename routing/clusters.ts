/**
 * Which cores of a shard are placed together (cores/layout.ts): neighbours, as many as one delay line holds.
 * The longer the fused lists, the fewer cache misses per synapse; but a delay line that does not fit the
 * cache costs one per synapse, so its size has a limit.
 */
import { type CoreImage, fitsOneLine, hasBanks, lanesOf } from '../cores/index.js';
import type { CoreRange } from './shard.js';

/** Sums in the delay line of a cluster, at most, unless one core needs more. */
const LINE_SUMS = 1 << 21;

/** Cuts the cores of a shard into clusters. */
export function clusterCores(cores: readonly CoreImage[], { first, end }: CoreRange): CoreRange[] {
  const clusters: CoreRange[] = [];
  let from = first;
  let lanes = 0;
  let longest = 0;
  for (let c = first; c < end; c++) {
    const core = cores[c]!;
    const more = lanes + lanesOf(core);
    const delay = Math.max(longest, core.maxDelay);
    // shifted sums take a delay line for each connection, so they stay with their core
    const apart = hasBanks(core) || (c > from && hasBanks(cores[c - 1]!));
    if (c > from && (apart || more * (delay + 1) > LINE_SUMS || !fitsOneLine(more, delay))) {
      clusters.push({ first: from, end: c });
      from = c;
      lanes = lanesOf(core);
      longest = core.maxDelay;
    } else {
      lanes = more;
      longest = delay;
    }
  }
  if (end > first) clusters.push({ first: from, end });
  return clusters;
}
