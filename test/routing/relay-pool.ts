/** Shards that two sets of step loops run in turns, a step each, as threads that take over from each other do (head-start.ts). */
import { FLAGS, FLAGS_ODD, LEG_START, LEG_TARGET } from '../../routing/control.js';
import type { ShardJob } from '../../routing/job.js';
import type { Crew, Pool } from '../../routing/pool.js';
import { controlOf, openTick } from '../../routing/run-shard.js';
import { runSteps } from '../../routing/steps.js';

export class RelayPool implements Pool {
  readonly threads = false;
  readonly parallelism = 1;

  async open(jobs: readonly ShardJob[]): Promise<Crew> {
    const runners = await Promise.all([0, 1].map(() => Promise.all(jobs.map((job) => openTick(job, null)))));
    const control = controlOf(jobs[0]!);
    const leg = async (): Promise<void> => {
      control[FLAGS] = 0;
      control[FLAGS_ODD] = 0;
      for (let t = control[LEG_START]! + 1; t <= control[LEG_TARGET]!; t++) {
        const ticks = runners[t % 2]!;
        for (const tick of ticks) tick.begin(t);
        if (runSteps(ticks, t, t).flags !== 0) return;
      }
    };
    return { leg, legNow: null, close: async () => {} };
  }
}
