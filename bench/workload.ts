/** W1 to W4 as a user runs them: each in a process of its own, checked against its golden figures. */
import { CoProcess } from './co-process.js';
import type { ExactRun } from './exact-run.js';
import type { Experiment, Settings, Workers } from './experiment.js';
import { duration, type Finding, mebibytes, rate } from './report.js';
import { spread } from './statistics.js';
import type { ProcessOptions } from './workload-process.js';
import { WORKLOADS, type Workload } from './workloads.js';

/** What the process says first: of the cold run, and of all that led to it. Seconds and bytes. */
export interface WorkloadReady extends ExactRun {
  readonly build: number;
  readonly compile: number;
  readonly cores: number;
  /** Peak of the whole process at the end of each phase. */
  readonly peakBytes: {
    readonly start: number;
    readonly build: number;
    readonly compile: number;
    readonly run: number;
  };
}

/** A warm run: on a chip that was opened, or reset, before the clock started. */
export interface WarmRun {
  readonly seconds: number;
  /** And what reading the counters took after it. */
  readonly reading: number;
}

export const startWorkload = (
  { name }: Workload,
  workers: Workers,
  { kernels, reuse }: Settings,
): Promise<CoProcess<WorkloadReady, WarmRun>> =>
  CoProcess.startModule(`${name} with workers ${workers}`, './workload-process.js', [
    name,
    JSON.stringify({ workers, kernels, reuse } satisfies ProcessOptions),
  ]);

async function measure(workload: Workload, workers: Workers, settings: Settings): Promise<Finding> {
  const { name, steps, profile, coreSize } = workload;
  const { kernels, reps, say } = settings;
  say(`${name}, workers ${workers}`);
  await using child = await startWorkload(workload, workers, settings);
  const { ready } = child;
  const runs: number[] = [];
  for (let i = 0; i < reps; i++) runs.push((await child.ask()).seconds);
  const warm = spread(runs.length > 0 ? runs : [ready.run]);
  return {
    kind: 'workload',
    name,
    data: {
      workers,
      kernels,
      reuse: settings.reuse,
      profile,
      coreSize,
      steps,
      cores: ready.cores,
      shards: ready.shards,
      imbalance: ready.imbalance,
      seconds: {
        build: ready.build,
        compile: ready.compile,
        open: ready.open,
        cold: ready.run,
        warm: { ...warm, runs },
      },
      perSecond: {
        steps: steps / warm.median,
        events: ready.events / warm.median,
        updates: ready.updates / warm.median,
      },
      spikes: ready.spikes,
      events: ready.events,
      updates: ready.updates,
      spikeHash: ready.hash,
      checked: true,
      peakBytes: ready.peakBytes,
      chipBytes: ready.chipBytes,
    },
    row: {
      workload: name,
      workers: String(workers),
      shards: `${ready.shards} (${ready.imbalance.toFixed(2)})`,
      build: duration(ready.build),
      compile: duration(ready.compile),
      open: duration(ready.open),
      cold: duration(ready.run),
      'warm (least)': `${duration(warm.median)} (${duration(warm.min)})`,
      'steps/s': rate(steps / warm.median),
      'events/s': rate(ready.events / warm.median),
      'updates/s': rate(ready.updates / warm.median),
      'peak memory': mebibytes(ready.peakBytes.run),
      'spike hash': ready.hash,
    },
  };
}

export const experiments: readonly Experiment[] = WORKLOADS.map((workload) => ({
  name: workload.name,
  title: workload.title,
  quick: false,
  run: async (settings) => {
    const findings: Finding[] = [];
    for (const workers of settings.workers) findings.push(await measure(workload, workers, settings));
    return findings;
  },
}));
