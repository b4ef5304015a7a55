/**
 * What more processors than this machine has would do for W2, term by term:
 *
 *   step(W) = work(W) / W x imbalance(W) + barrier(W)
 *
 * work(W) is the time of a step of all W shards one after the other in one thread: it grows with W, because every
 * spike is handed to every shard that has targets of it, and so holds the exchange. imbalance(W) is the chip's own
 * estimate. Both are measured here for any W. barrier(W) is measured with two workers and taken to grow with W,
 * as if all arrived at one counter one after the other. Left out: caches and memory that processors share.
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Chip, type ChipImage, type ChipOptions } from '../routing/index.js';
import { compile } from '../src/index.js';
import { barrierCost } from './barrier.js';
import type { Experiment, Settings } from './experiment.js';
import { duration, type Finding } from './report.js';
import { median } from './statistics.js';
import { workloadNamed } from './workloads.js';

const WORKERS = [1, 2, 4, 8, 16, 32, 64];
/** 128 cores, so that 64 workers have two each. */
const CORE_SIZE = 782;
/** Past the first spikes, when messages of all delays are under way. */
const SETTLING = 100;
const STEPS = 100;

/** Seconds of a step, and the largest shard in parts of the mean. */
async function stepOf(image: ChipImage, options: ChipOptions, reps: number) {
  await using chip = await Chip.open(image, options);
  await chip.run(SETTLING);
  const times: number[] = [];
  for (let i = 0; i < Math.max(3, reps); i++) {
    const started = performance.now();
    await chip.run(STEPS);
    times.push((performance.now() - started) / 1000 / STEPS);
  }
  return {
    step: median(times),
    imbalance: chip.shards * Math.max(...chip.balance.map(({ share }) => share)),
  };
}

async function model(settings: Settings): Promise<readonly Finding[]> {
  const { reps, kernels, say } = settings;
  say(`W2 on ${Math.ceil(100_000 / CORE_SIZE)} cores`);
  const { image } = compile(workloadNamed('W2').build(), { profile: 'unlimited', coreSize: CORE_SIZE });
  const processors = availableParallelism();
  const barrier2 = processors > 1 ? (await barrierCost(2, settings)).overhead : null;
  const findings: Finding[] = [];
  let first: number | undefined;
  for (const workers of WORKERS) {
    say(`${workers} shards`);
    const { step: work, imbalance } = await stepOf(image, { workers, kernels, pool: 'inline' }, reps);
    const measured = workers <= processors ? (await stepOf(image, { workers, kernels }, reps)).step : null;
    const barrier = workers === 1 ? 0 : barrier2 === null ? null : (barrier2 * workers) / 2;
    const predicted = barrier === null ? null : (work / workers) * imbalance + barrier;
    first ??= measured ?? work;
    findings.push({
      kind: 'model',
      name: `model/${workers}`,
      data: { workers, work, imbalance, barrier, predicted, measured, stepOfOne: first },
      row: {
        workers: String(workers),
        work: duration(work),
        imbalance: imbalance.toFixed(2),
        barrier: barrier === null ? 'unknown' : duration(barrier),
        'step by the model': predicted === null ? '' : duration(predicted),
        'step measured': measured === null ? '' : duration(measured),
        'speed-up by the model': predicted === null ? '' : (first / predicted).toFixed(2),
      },
    });
  }
  return findings;
}

export const experiments: readonly Experiment[] = [
  {
    name: 'model',
    title: 'W2 on up to 64 workers, by a model against measured points',
    quick: false,
    run: model,
  },
];
