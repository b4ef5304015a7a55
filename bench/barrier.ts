/**
 * What it costs that shards wait for each other and hand over spikes: a chip with one tiny core for each worker,
 * every core sending to the next one, where nearly all of a step is that.
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Chip } from '../routing/index.js';
import { type Compiled, cells, compile, connectors, Network, synapses } from '../src/index.js';
import type { Experiment, Settings } from './experiment.js';
import { duration, type Finding } from './report.js';
import { type Spread, spread } from './statistics.js';

/** Neurons of a core. */
const N = 16;
const STEPS = 5000;
const WORKERS = [2, 4, 8];

/** A ring of cores; each neuron fires some tens of times in a thousand steps into one of the next core. */
function ring(cores: number): Compiled {
  const net = new Network({ label: `ring of ${cores}` });
  const bias = Int32Array.from({ length: N }, (_, i) => 500 + 37 * i);
  const cell = cells.loihi({ du: 741, dv: 100, vth: 200, bias });
  const populations = Array.from({ length: cores }, (_, i) => net.population(N, cell, `core ${i}`));
  populations.forEach((pre, i) => {
    net.projection(pre, populations[(i + 1) % cores]!, connectors.oneToOne(), synapses.static({ weight: 2 }));
  });
  return compile(net, { profile: 'unlimited', coreSize: N });
}

/** Seconds of a step. */
async function stepOf({ image }: Compiled, workers: number, { reps, kernels }: Settings): Promise<Spread> {
  await using chip = await Chip.open(image, { workers, kernels });
  await chip.run(STEPS);
  const times: number[] = [];
  for (let i = 0; i < Math.max(3, reps); i++) {
    const started = performance.now();
    await chip.run(STEPS);
    times.push((performance.now() - started) / 1000 / STEPS);
  }
  return spread(times);
}

export interface BarrierCost {
  /** Seconds of a step, with all workers and with one. */
  readonly together: Spread;
  readonly alone: Spread;
  /** What is left of a step when the work is taken off. */
  readonly overhead: number;
}

export async function barrierCost(workers: number, settings: Settings): Promise<BarrierCost> {
  settings.say(`${workers} shards of one tiny core each`);
  const compiled = ring(workers);
  const alone = await stepOf(compiled, 1, settings);
  const together = await stepOf(compiled, workers, settings);
  const processors = Math.min(workers, availableParallelism());
  return { together, alone, overhead: together.median - alone.median / processors };
}

async function measure(workers: number, settings: Settings): Promise<Finding> {
  const { together, alone, overhead } = await barrierCost(workers, settings);
  return {
    kind: 'barrier',
    name: `barrier/${workers}`,
    data: { workers, processors: availableParallelism(), step: together, oneWorker: alone, overhead },
    row: {
      workers: `${workers} on ${availableParallelism()}`,
      'step with one': duration(alone.median),
      'a step (least)': `${duration(together.median)} (${duration(together.min)})`,
      'barrier and exchange': duration(overhead),
    },
  };
}

export const experiments: readonly Experiment[] = WORKERS.map((workers) => ({
  name: `barrier/${workers}`,
  title: `barrier and exchange of ${workers} workers, per step`,
  quick: false,
  run: async (settings) => [await measure(workers, settings)],
}));
