/** Shards as web workers, in a page with cross-origin isolation (shared memory exists only there). */
import type { ShardReport } from './control.js';
import { ThreadCrew } from './crew.js';
import type { ShardJob } from './job.js';
import type { Crew, Pool } from './pool.js';
import { controlOf } from './run-shard.js';

export class WebPool implements Pool {
  readonly threads = true;
  readonly parallelism = globalThis.navigator?.hardwareConcurrency ?? 1;

  async open(jobs: readonly ShardJob[]): Promise<Crew> {
    // written out in full, so that bundlers see the worker
    const workers = jobs.map(
      () => new Worker(new URL('./worker-web.js', import.meta.url), { type: 'module' }),
    );
    const threads = workers.map((worker, i) => {
      const report = new Promise<ShardReport>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<ShardReport>) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be loaded'));
      });
      worker.postMessage(jobs[i]!);
      return report;
    });
    const terminate = async (): Promise<void> => {
      for (const worker of workers) worker.terminate();
    };
    return new ThreadCrew(controlOf(jobs[0]!), threads, terminate, jobs[0]!.stallMs).start();
  }
}
