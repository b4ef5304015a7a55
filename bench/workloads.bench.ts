/** Workloads that other simulators have run, each checked against its spike hash before it is measured. */
import { Chip, spikeHash } from '../routing/index.js';
import { compile } from '../src/index.js';
import type { Case, Subject } from './frame.js';
import { WORKLOADS, type Workload } from './workloads.js';

/** Steps of one measured call. */
const STEPS = 500;

/** Runs the workload once, demands its hash (whose steps count from 0), and goes on from there. */
async function proven(workload: Workload, workers: number): Promise<Subject> {
  const { name, profile, coreSize, steps } = workload;
  const { image } = compile(workload.build(), { profile, ...(coreSize === null ? {} : { coreSize }) });
  const chip = await Chip.open(image, { workers });
  const { spikes } = await chip.run(steps);
  const hash = spikeHash(spikes, -1).toString(16).padStart(16, '0');
  if (hash !== workload.spikeHash) {
    await chip.close();
    throw new Error(`${name} with ${workers} workers: spike hash ${hash}, expected ${workload.spikeHash}`);
  }
  return { call: () => chip.run(STEPS), close: () => chip.close() };
}

export const cases: readonly Case[] = WORKLOADS.filter(({ name }) => name === 'W1').flatMap((workload) =>
  [1, 2].map((workers) => ({
    name: `workload/${workload.name}-${workers}-workers`,
    unit: 'steps',
    perCall: STEPS,
    open: () => proven(workload, workers),
  })),
);
