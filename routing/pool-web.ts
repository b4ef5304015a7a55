/**
 * Shards as web workers, in a page with cross-origin isolation (shared memory exists only there). Workers that a
 * closed chip leaves stay for some seconds for the next one, as in Node and for the same reason (pool-piscina.ts):
 * W1 on two of them took 80 ms in new workers and 50 ms in used ones (least 62 and 33), `npm run bench -- browser`.
 */
import type { ShardReport } from './control.js';
import { ThreadCrew } from './crew.js';
import type { ShardJob } from './job.js';
import type { Crew, Pool } from './pool.js';
import { controlOf } from './run-shard.js';

export class WebPool implements Pool {
  readonly threads = true;
  readonly parallelism = globalThis.navigator?.hardwareConcurrency ?? 1;

  async open(jobs: readonly ShardJob[]): Promise<Crew> {
    const threads = jobs.map((job) => new Thread(job));
    const terminate = async (): Promise<void> => {
      for (const thread of threads) thread.end();
    };
    const reports = threads.map(({ report }) => report);
    return new ThreadCrew(controlOf(jobs[0]!), reports, terminate, jobs[0]!.stallMs).start();
  }
}

/** One job in a worker. */
class Thread {
  readonly report: Promise<ShardReport>;
  readonly #worker = takeWorker();
  #closed = false;

  constructor(job: ShardJob) {
    const worker = this.#worker;
    this.report = new Promise<ShardReport>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ShardReport>) => {
        this.#closed = data.outcome === 'closed';
        resolve(data);
      };
      worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be loaded'));
    });
    worker.postMessage(job);
  }

  /** Leaves the worker to the next chip when all went well, else ends it. */
  end(): void {
    if (this.#closed) leaveWorker(this.#worker);
    else this.#worker.terminate();
  }
}

/** How long a worker waits for another chip, in ms. */
const IDLE_MS = 5_000;

/** Workers without a job, and the timers that will end them. */
const idle = new Map<Worker, ReturnType<typeof setTimeout>>();

function takeWorker(): Worker {
  for (const [worker, timer] of idle) {
    clearTimeout(timer);
    idle.delete(worker);
    return worker;
  }
  // written out in full, so that bundlers see the worker
  return new Worker(new URL('./worker-web.js', import.meta.url), { type: 'module' });
}

function leaveWorker(worker: Worker): void {
  const end = (): void => {
    idle.delete(worker);
    worker.terminate();
  };
  idle.set(worker, setTimeout(end, IDLE_MS));
}
