import type { ShardJob } from '../../../routing/job.js';
import { runShard } from '../../../routing/run-shard.js';
import { at, withoutHeadStart } from './sabotage.js';

/** The last shard sleeps for a minute in step 50. */
export function work(job: ShardJob) {
  const bed = new Int32Array(new SharedArrayBuffer(4));
  if (job.shard === job.plan.shards.length - 1) at(50, () => Atomics.wait(bed, 0, 0, 60_000));
  return runShard(withoutHeadStart(job));
}
