/** Workers that go wrong at a known step: what `routing` must survive. */
import { Cluster } from '../../../cores/index.js';
import type { ShardJob } from '../../../routing/job.js';

/** Calls `act` in `step`, when a shard asks whether its first cluster of cores has anything to do. */
export function at(step: number, act: () => void): void {
  const isQuiet = Cluster.prototype.isQuiet;
  Cluster.prototype.isQuiet = function (this: Cluster, t: number): boolean {
    if (t === step) act();
    return isQuiet.call(this, t);
  };
}

/** Every thread runs its own shard from the first step on, as where there are fewer processors than shards. */
export const withoutHeadStart = (job: ShardJob): ShardJob => ({ ...job, spins: 0 });
