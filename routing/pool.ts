/** Where shards run: in the calling thread, in threads of Node, in web workers. One interface. */
import type { ShardJob } from './job.js';

/** The shards of one chip, started. */
export interface Crew {
  /**
   * Runs the leg that is written in the control block; resolves at the step boundary where it ended.
   * Rejects with the first cause when the run cannot go on; the crew is closed then.
   */
  leg(): Promise<void>;
  /** The same, returning when it is done; null where shards have threads. */
  readonly legNow: (() => void) | null;
  /** Ends all shards and their threads. May be called twice, and in the middle of a leg. */
  close(): Promise<void>;
}

export interface Pool {
  /** Whether shards run at the same time, on shared memory. */
  readonly threads: boolean;
  /** CPUs that threads may use; decides whether spinning at the barrier can pay. */
  readonly parallelism: number;
  /** Starts one shard per job; resolves when all are ready. */
  open(jobs: readonly ShardJob[]): Promise<Crew>;
}
