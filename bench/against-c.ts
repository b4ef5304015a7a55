/**
 * Ratios to the C reference on the same machine at the same time: both processes have their network built and
 * take turns, so that whatever else the machine does falls on both. Wall time of the simulation alone.
 */

import { SeamountError } from '../src/index.js';
import { compileReference, type Reference } from './c-compiler.js';
import { CoProcess } from './co-process.js';
import type { Settings, Workers } from './experiment.js';
import { duration, type Finding } from './report.js';
import { spread } from './statistics.js';
import { startWorkload, type WarmRun, type WorkloadReady } from './workload.js';
import type { Workload } from './workloads.js';

/** Ratios C / ours to reach with 1 and 2 workers, and the one recorded for GeNN, the fastest general simulator. */
const TARGETS: Readonly<Record<string, { readonly 1: number; readonly 2: number; readonly genn: number }>> = {
  W1: { 1: 0.45, 2: 0.75, genn: 0.4 },
  W2: { 1: 0.35, 2: 0.6, genn: 0.25 },
  W3: { 1: 0.3, 2: 0.45, genn: 0.06 },
  W4: { 1: 0.2, 2: 0.35, genn: 0.013 },
};

interface ReferenceReady {
  readonly variant: string;
  readonly block: number;
}

interface ReferenceRun {
  readonly seconds: number;
  readonly hash: string;
  readonly events: number;
}

type Theirs = CoProcess<ReferenceReady, ReferenceRun>;
type Ours = CoProcess<WorkloadReady, WarmRun>;

/** One finding for every workload and number of workers; a single one saying `skipped` without a compiler. */
export async function againstC(
  workloads: readonly Workload[],
  settings: Settings,
): Promise<readonly Finding[]> {
  using reference = await compileReference();
  if (reference === null) {
    const why = 'no C compiler found (cc, gcc, clang or $CC)';
    settings.say(`skipped: ${why}`);
    return [
      { kind: 'against-c', name: 'skipped', data: { skipped: why }, row: { workload: 'skipped', why } },
    ];
  }
  const findings: Finding[] = [];
  for (const workload of workloads)
    for (const workers of settings.workers) {
      settings.say(`${workload.name}, workers ${workers}, against ${reference.compiler}`);
      findings.push(await pairs(workload, workers, reference, settings));
    }
  return findings;
}

async function pairs(
  workload: Workload,
  workers: Workers,
  reference: Reference,
  settings: Settings,
): Promise<Finding> {
  const { name } = workload;
  await using theirs: Theirs = await CoProcess.start(`${name} in C`, reference.program, [name]);
  await using ours: Ours = await startWorkload(workload, workers, settings);
  const turn = async () => {
    const c = await theirs.ask();
    if (c.hash !== workload.spikeHash || c.events !== workload.events)
      throw new SeamountError('E_MISMATCH', `${name} in C: spike hash ${c.hash}, ${c.events} events`);
    const { seconds: own, reading } = await ours.ask();
    return { c: c.seconds, own, reading };
  };
  await turn(); // warms both up; not counted
  const samples: Awaited<ReturnType<typeof turn>>[] = [];
  for (let i = 0; i < settings.pairs; i++) samples.push(await turn());

  const c = spread(samples.map((sample) => sample.c));
  const own = spread(samples.map((sample) => sample.own));
  const ratio = spread(samples.map((sample) => sample.c / sample.own));
  const reading = spread(samples.map((sample) => sample.reading));
  const whole = spread(samples.map((sample) => sample.c / (sample.own + sample.reading)));
  const goals = TARGETS[name];
  const target = workers === 1 || workers === 2 ? (goals?.[workers] ?? null) : null;
  const { variant, block } = theirs.ready;
  return {
    kind: 'against-c',
    name,
    data: {
      workers,
      reuse: settings.reuse,
      pairs: samples,
      seconds: { c, ours: own, reading, oursCold: ours.ready.run },
      ratio,
      ratioWithReading: whole,
      ratioOfBest: c.min / own.min,
      target,
      met: target === null ? null : ratio.median >= target,
      genn: goals?.genn ?? null,
      reference: { variant, block, compiler: reference.compiler, flags: reference.flags },
      shards: ours.ready.shards,
      imbalance: ours.ready.imbalance,
    },
    row: {
      workload: name,
      workers: String(workers),
      C: duration(c.median),
      ours: duration(own.median),
      'reading counters': duration(reading.median),
      'ours, cold': duration(ours.ready.run),
      'C / ours': ratio.median.toFixed(3),
      'least..most': `${ratio.min.toFixed(3)}..${ratio.max.toFixed(3)}`,
      'with reading': whole.median.toFixed(3),
      'of the best': (c.min / own.min).toFixed(3),
      target: target?.toFixed(2) ?? '',
      GeNN: goals?.genn.toString() ?? '',
      'variant of C': block === 0 ? variant : `${variant}, blocks of ${block}`,
    },
  };
}
