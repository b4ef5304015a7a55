/**
 * Shards as threads of Node: a piscina pool with exactly one thread per shard and one task per thread for
 * the whole session. A shard in the pool's queue would hold the barrier for ever; hence there are always
 * as many threads as tasks.
 *
 * Threads that a closed chip leaves stay for some seconds for the next one. A new thread has to load our modules
 * and runs them slowly at first: the first two thousand steps of W1 took 43 ms in new threads and 8 ms in used
 * ones. Idle threads keep no program from ending.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { MAX_SHARDS, type ShardReport } from './control.js';
import { ThreadCrew } from './crew.js';
import type { ShardJob } from './job.js';
import type { Crew, Pool } from './pool.js';
import { processors } from './processors-node.js';
import { controlOf } from './run-shard.js';

export class PiscinaPool implements Pool {
  readonly threads = true;
  readonly parallelism = processors();
  readonly #worker: string;

  /** @param worker URL of the module whose export `work` runs a job; default ours */
  constructor(worker: string = ourWorker()) {
    this.#worker = worker;
  }

  async open(jobs: readonly ShardJob[]): Promise<Crew> {
    const pool = this.#worker === ourWorker() ? warmPool() : newPool(this.#worker, jobs.length, jobs.length);
    const stop = new AbortController();
    const threads = jobs.map((job): Promise<ShardReport> => pool.run(job, { signal: stop.signal }));
    const terminate = async (): Promise<void> => {
      stop.abort();
      if (pool !== warm) await pool.destroy();
    };
    const crew = new ThreadCrew(controlOf(jobs[0]!), threads, terminate, jobs[0]!.stallMs);
    return crew.start();
  }
}

/** For new objects of a thread, which makes hardly any: by default they may take 4 MB more of each before they are collected. */
const YOUNG_MB = 2;
/** How long a thread waits for another chip, in ms. */
const IDLE_MS = 5_000;

let warm: Piscina | null = null;

function warmPool(): Piscina {
  warm ??= newPool(ourWorker(), 0, MAX_SHARDS);
  return warm;
}

function newPool(worker: string, minThreads: number, maxThreads: number): Piscina {
  const pool = new Piscina({
    filename: worker,
    name: 'work',
    minThreads,
    maxThreads,
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    execArgv: worker.endsWith('.ts') ? typescriptLoader() : [],
  });
  // what goes wrong in a thread also rejects its task, which is where we listen
  pool.on('error', () => {});
  return pool;
}

/** Beside this file; its ending tells whether we run from sources or from dist. */
function ourWorker(): string {
  return new URL(`./worker-node${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
}

/**
 * Lets a thread load TypeScript, which Node 20 cannot: from sources (tests, tsx) only. `--import tsx` would do,
 * but in threads of Node 20 it serves only require(), which piscina tries first: CommonJS, whose exports are
 * getters, 20 times slower per step.
 */
function typescriptLoader(): string[] {
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json');
  const api = new URL('dist/esm/api/index.mjs', pathToFileURL(tsx)).href;
  return ['--import', `data:text/javascript,import { register } from ${JSON.stringify(api)}; register();`];
}
