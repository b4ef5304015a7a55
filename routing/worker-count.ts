/**
 * How many workers a chip runs fastest with, guessed before it has run. More workers share updates and events, but
 * each of them looks up every spike that reaches it, all meet at a barrier, and threads take time to start.
 */
import type { ChipImage } from './image.js';
import { isNode } from './pool-choice.js';
import { splitCores, workOf } from './shard.js';

/** Nanoseconds, from `npm run bench -- kernels W1 W2 barrier` on a Zen 5 at 4 GHz; ratios are what matters. */
const UPDATE_NS = 0.5;
const EVENT_NS = 1;
/** A spike in each shard it reaches: its list is looked up, and it is in cache or not. */
const VISIT_NS = 50;
const STEP_NS = 300;
const BARRIER_NS = 300;
/** Threads that load and compile our modules. */
const START_NS = 60e6;
/** Spikes per neuron and step, for want of anything better: 10 Hz at a step of 1 ms. */
const RATE = 0.01;
/** Threads must save so much of the time to be worth their processors. */
const GAIN = 0.15;

/** Processors this process may use; 1 where there are no threads. */
export async function processorsHere(): Promise<number> {
  if (isNode()) return (await import('./processors-node.js')).processors();
  return globalThis.crossOriginIsolated ? (globalThis.navigator?.hardwareConcurrency ?? 1) : 1;
}

/** Workers for a run of `steps` steps on so many processors: 1 for small networks and short runs. */
export function chooseWorkers(image: ChipImage, processors: number, steps: number): number {
  const most = Math.min(processors, image.cores.length);
  const alone = runTime(image, 1, steps);
  let best = 1;
  let least = (1 - GAIN) * alone;
  for (let workers = 2; workers <= most; workers++) {
    const time = runTime(image, workers, steps);
    if (time >= least) continue;
    best = workers;
    least = time;
  }
  return best;
}

/** Predicted nanoseconds of a run. */
function runTime(image: ChipImage, workers: number, steps: number): number {
  const { cores } = image;
  const neurons = cores.reduce((sum, { n }) => sum + n, 0);
  const synapses = cores.reduce((sum, { used }) => sum + used.synapses, 0);
  const spikes = RATE * neurons + sourceRate(image);
  const fan = neurons + image.sources.count === 0 ? 0 : synapses / (neurons + image.sources.count);
  const work = cores.map(workOf);
  const total = work.reduce((sum, each) => sum + each, 0);
  const shares = splitCores(cores, workers).map(({ first, end }) =>
    work.slice(first, end).reduce((sum, each) => sum + each, 0),
  );
  const largest = total === 0 ? 1 / workers : Math.max(...shares) / total;
  const shared = UPDATE_NS * neurons + EVENT_NS * spikes * fan;
  const barrier = workers === 1 ? 0 : BARRIER_NS * workers;
  const start = workers === 1 ? 0 : START_NS;
  return start + steps * (largest * shared + VISIT_NS * spikes + STEP_NS + barrier);
}

/** Spikes of the host's sources per step. */
function sourceRate({ schedules }: ChipImage): number {
  return schedules.reduce((sum, schedule) => {
    if (schedule.kind === 'poisson') return sum + schedule.thresholds.reduce((a, b) => a + b, 0) / 2 ** 32;
    if (schedule.kind === 'regular')
      return sum + schedule.periods.reduce((a, b) => a + (b === 0 ? 0 : 1 / b), 0);
    const last = schedule.steps.reduce((a, b) => Math.max(a, b), 1);
    return sum + schedule.steps.length / last;
  }, 0);
}
