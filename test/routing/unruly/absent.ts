import { DONE } from '../../../routing/control.js';
import type { ShardJob } from '../../../routing/job.js';
import { runShard } from '../../../routing/run-shard.js';

/** Shard 0 has a head start, and shard 1 falls asleep as soon as it has said that it is ready. */
export function work(job: ShardJob) {
  const { add } = Atomics;
  const bed = new Int32Array(new SharedArrayBuffer(4));
  if (job.shard === 1)
    Atomics.add = ((words: Int32Array, index: number, amount: number) => {
      const before = add(words, index, amount);
      if (index !== DONE) return before;
      Atomics.notify(words, DONE);
      Atomics.wait(bed, 0, 0, 60_000);
      return before;
    }) as typeof Atomics.add;
  return runShard({ ...job, spins: 1 });
}
