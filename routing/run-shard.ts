/** A shard from start to end: a plain function, the same for threads of Node, web workers and tests. */
import { createBackend, SeamountError } from '../cores/index.js';
import { Barrier } from './barrier.js';
import { abort, controlBytes, type ShardError, type ShardReport } from './control.js';
import type { ShardJob } from './job.js';
import { runLegs } from './leg.js';
import { MailboxExchange } from './mailbox.js';
import { Tick } from './tick.js';

/** Builds the step loop of a job on its memory. Without `barrier` nobody is waited for. */
export async function openTick(job: ShardJob, barrier: Barrier | null): Promise<Tick> {
  const { memory, plan, shard } = job;
  const control = controlOf(job);
  const exchange = new MailboxExchange(memory.buffer, control, plan.mailboxes, shard, barrier);
  return new Tick(job, await createBackend(memory, job.kernels), exchange);
}

export const controlOf = (job: ShardJob): Int32Array =>
  new Int32Array(job.memory.buffer, 0, controlBytes(job.plan.shards.length) / 4);

/** What a shard threw, as plain data. */
export const toShardError = (error: unknown): ShardError => ({
  code: error instanceof SeamountError ? error.code : 'E_WORKER',
  message: error instanceof Error ? error.message : String(error),
  hint: error instanceof SeamountError ? error.hint : '',
  stack: error instanceof Error ? (error.stack ?? '') : '',
});

/** Runs one shard until the host closes the chip or the run is aborted. Never throws: the report says how it ended. */
export async function runShard(job: ShardJob): Promise<ShardReport> {
  const { shard, stallMs, spins } = job;
  const shards = job.plan.shards.length;
  const control = controlOf(job);
  try {
    const barrier = shards === 1 ? null : new Barrier(control, { shard, shards, stallMs, spins });
    const closed = runLegs(await openTick(job, barrier), control, shards);
    return { shard, outcome: closed ? 'closed' : 'aborted', error: null };
  } catch (error) {
    abort(control, { kind: 'threw', shard, other: shard });
    return { shard, outcome: 'failed', error: toShardError(error) };
  }
}
