/**
 * How many workers a chip runs fastest with, guessed before it has run. More workers share updates and events, but
 * each of them looks up every spike that reaches it, all meet at a barrier, and threads take time to start.
 */
import type { ChipImage } from './image.js';
import { isNode } from './pool-choice.js';
import { largestShare, splitCores } from './shard.js';

/** Nanoseconds: what a step of a shard costs beside its work, and each shard at the barrier (`npm run bench -- chip barrier`). */
const STEP_NS = 300;
const BARRIER_NS = 300;
/** Threads that load and compile our modules. */
const START_NS = 60e6;
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
function runTime({ cores }: ChipImage, workers: number, steps: number): number {
  const step = largestShare(cores, splitCores(cores, workers)) + STEP_NS;
  return workers === 1 ? steps * step : START_NS + steps * (step + BARRIER_NS * workers);
}
