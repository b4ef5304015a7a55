/** A shard from start to end: a plain function, the same for threads of Node, web workers and tests. */
import { type Backend, createBackend, SeamountError } from '../cores/index.js';
import { Barrier } from './barrier.js';
import { abort, controlBytes, type ShardError, type ShardReport } from './control.js';
import type { ShardJob } from './job.js';
import { runLegs, type ThreadTicks } from './leg.js';
import { MailboxExchange } from './mailbox.js';
import { Tick } from './tick.js';

/** Builds the step loop of a job on its memory. Without `barrier` nobody is waited for. */
export async function openTick(job: ShardJob, barrier: Barrier | null): Promise<Tick> {
  return tickOf(job, job.shard, await createBackend(job.memory, job.kernels), barrier);
}

function tickOf(job: ShardJob, shard: number, backend: Backend, barrier: Barrier | null): Tick {
  const { memory, plan } = job;
  const exchange = new MailboxExchange(memory.buffer, controlOf(job), plan.mailboxes, shard, barrier);
  return new Tick(job, shard, backend, exchange);
}

/** What the thread of a job runs. */
async function openThread(job: ShardJob): Promise<ThreadTicks> {
  const { shard, stallMs, spins, plan } = job;
  const shards = plan.shards.length;
  const barrier = shards === 1 ? null : new Barrier(controlOf(job), { shard, shards, stallMs, spins });
  const backend = await createBackend(job.memory, job.kernels);
  // threads that share processors would only take time from the first one
  const joins = shards > 1 && spins > 0;
  return {
    own: tickOf(job, shard, backend, barrier),
    all: joins && shard === 0 ? plan.shards.map((_, of) => tickOf(job, of, backend, null)) : null,
    joins,
  };
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
  const { shard } = job;
  const control = controlOf(job);
  try {
    const closed = runLegs(await openThread(job), control);
    return { shard, outcome: closed ? 'closed' : 'aborted', error: null };
  } catch (error) {
    abort(control, { kind: 'threw', shard, other: shard });
    return { shard, outcome: 'failed', error: toShardError(error) };
  }
}
