/** What a thread of Node runs; piscina calls it once per chip session. */
import type { ShardReport } from './control.js';
import type { ShardJob } from './job.js';
import { runShard } from './run-shard.js';

export const work = (job: ShardJob): Promise<ShardReport> => runShard(job);
