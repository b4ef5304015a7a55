/** What a web worker runs: one job in, one report out, and then perhaps the next. */
import type { ShardJob } from './job.js';
import { runShard } from './run-shard.js';

globalThis.addEventListener('message', async ({ data }: MessageEvent<ShardJob>) => {
  globalThis.postMessage(await runShard(data));
});
