/**
 * What a second processor is worth to a workload on this machine, whatever the program: two copies of it at once, in
 * processes that share nothing, against one alone; and beside it what a second worker of one chip gives. Processors share
 * a cache and the way to memory, so two copies take longer than one. In turns, so that what else the machine does falls
 * on all.
 */
import { compileReference } from './c-compiler.js';
import { CoProcess } from './co-process.js';
import type { Experiment, Settings } from './experiment.js';
import { duration, type Finding } from './report.js';
import { spread } from './statistics.js';
import { startWorkload } from './workload.js';
import { workloadNamed } from './workloads.js';

/** Long enough for both copies to run most of the time at once. */
const SUBJECTS = ['W1', 'W2'];

interface Runner {
  ask(): Promise<{ readonly seconds: number }>;
}

/** Seconds of one alone, and of the slower of two at once. */
async function turn(one: Runner, other: Runner) {
  const { seconds: alone } = await one.ask();
  const both = await Promise.all([one.ask(), other.ask()]);
  return { alone, both: Math.max(...both.map(({ seconds }) => seconds)) };
}

const times = (x: number): string => x.toFixed(2);

async function ofC(name: string, pairs: number) {
  using reference = await compileReference();
  if (reference === null) return null;
  await using one = await CoProcess.start<object, { seconds: number }>(`${name} in C`, reference.program, [
    name,
  ]);
  await using other = await CoProcess.start<object, { seconds: number }>(`${name} in C`, reference.program, [
    name,
  ]);
  await turn(one, other); // warms both up; not counted
  const samples: number[] = [];
  for (let i = 0; i < pairs; i++) {
    const { alone, both } = await turn(one, other);
    samples.push((2 * alone) / both);
  }
  return spread(samples);
}

async function measure(name: string, settings: Settings): Promise<Finding> {
  const { pairs, say } = settings;
  const workload = workloadNamed(name);
  say(`two copies of ${name} in C`);
  const c = await ofC(name, pairs);
  say(`two copies of ${name}, and two workers`);
  await using one = await startWorkload(workload, 1, settings);
  await using other = await startWorkload(workload, 1, settings);
  await using chip = await startWorkload(workload, 2, settings);
  const round = async () => ({ ...(await turn(one, other)), shared: (await chip.ask()).seconds });
  await round();
  const samples: Awaited<ReturnType<typeof round>>[] = [];
  for (let i = 0; i < pairs; i++) samples.push(await round());
  const of = (value: (sample: (typeof samples)[number]) => number) => spread(samples.map(value));
  const alone = of((s) => s.alone);
  const both = of((s) => s.both);
  const shared = of((s) => s.shared);
  const copies = of((s) => (2 * s.alone) / s.both);
  const workers = of((s) => s.alone / s.shared);
  return {
    kind: 'copies',
    name: `copies/${name}`,
    data: { pairs, alone, both, twoWorkers: shared, speedUp: { copiesInC: c, copies, workers } },
    row: {
      workload: name,
      alone: duration(alone.median),
      'two copies at once': duration(both.median),
      'two workers': duration(shared.median),
      'speed-up of copies in C': c === null ? 'no compiler' : times(c.median),
      'of copies': times(copies.median),
      'of workers (best)': `${times(workers.median)} (${times(alone.min / shared.min)})`,
    },
  };
}

export const experiments: readonly Experiment[] = SUBJECTS.map((name) => ({
  name: `copies/${name}`,
  title: `${name}: what a second processor gives two copies, and what it gives a chip`,
  quick: false,
  run: async (settings: Settings) => [await measure(name, settings)],
}));
