import type { ShardJob } from '../../../routing/job.js';
import { runShard } from '../../../routing/run-shard.js';
import { at, withoutHeadStart } from './sabotage.js';

/** The last shard's thread ends in step 50, without a word. */
export function work(job: ShardJob) {
  if (job.shard === job.plan.shards.length - 1) at(50, () => process.exit(7));
  return runShard(withoutHeadStart(job));
}
