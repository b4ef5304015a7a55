/** A placed chip with its shards in the calling thread, for tests that look behind `Chip`. */
import type { BackendKind } from '../../cores/index.js';
import { writeInFlight } from '../../routing/in-flight.js';
import type { ChipImage } from '../../routing/index.js';
import { jobsOf, type PlacedChip, placeChip } from '../../routing/place-chip.js';
import { openTick } from '../../routing/run-shard.js';
import { runSteps } from '../../routing/steps.js';

export interface OpenedChip {
  readonly chip: PlacedChip;
  readonly shards: number;
  /** Runs step t, which must follow the last one. */
  step(t: number): void;
}

export async function openChip(image: ChipImage, workers: number, kernels: BackendKind): Promise<OpenedChip> {
  const chip = placeChip(image, {
    shards: Math.min(workers, image.cores.length),
    shared: false,
    recordSpikes: 'all',
    payloads: false,
    onOverflow: null,
    legWords: 1 << 20,
    activity: 'none',
    membraneUpdates: false,
  });
  writeInFlight(chip, 0, new Uint32Array(0));
  const jobs = jobsOf(chip, { kernels, stallMs: 1000, spins: 0 });
  const ticks = await Promise.all(jobs.map((job) => openTick(job, null)));
  return {
    chip,
    shards: ticks.length,
    step(t) {
      for (const tick of ticks) tick.begin(t);
      if (runSteps(ticks, t, t).flags !== 0) throw new Error(`step ${t} ended the leg`);
    },
  };
}
