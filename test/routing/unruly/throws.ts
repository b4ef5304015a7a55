import type { ShardJob } from '../../../routing/job.js';
import { runShard } from '../../../routing/run-shard.js';
import { at, withoutHeadStart } from './sabotage.js';

/** Shard 1 throws in step 50. */
export function work(job: ShardJob) {
  if (job.shard === 1) {
    at(50, () => {
      throw new RangeError('no such axon');
    });
  }
  return runShard(withoutHeadStart(job));
}
