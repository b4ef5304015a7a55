/** Workers that go wrong at a known step: what `routing` must survive. */
import { Cluster } from '../../../cores/index.js';

/** Calls `act` in `step`, when a shard asks whether its first cluster of cores has anything to do. */
export function at(step: number, act: () => void): void {
  const isQuiet = Cluster.prototype.isQuiet;
  Cluster.prototype.isQuiet = function (this: Cluster, t: number): boolean {
    if (t === step) act();
    return isQuiet.call(this, t);
  };
}
