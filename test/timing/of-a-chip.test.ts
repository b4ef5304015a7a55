/** Times of what a chip records: the same for any workers, kernels and lengths of recordings, by messages and by sums. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions, type Recording } from '../../routing/index.js';
import { coreCosts, meshCosts } from '../../src/timing/core-costs.js';
import { DetailedModel } from '../../src/timing/detailed.js';
import { meshGeometry } from '../../src/timing/geometry.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { SimpleModel } from '../../src/timing/simple.js';
import type { StepTime } from '../../src/timing/step-messages.js';
import { chipCase, chipOf } from '../routing/random-chip.js';
import { PEER_COSTS } from './sanafe-case.js';
import { timesBySums, timesOfEach } from './simple-times.js';

async function run(image: ChipImage, options: ChipOptions, every: number): Promise<Recording[]> {
  await using chip = await Chip.open(image, { pool: 'inline', ...options });
  const parts: Recording[] = [];
  try {
    for await (const part of chip.legs(40, { every })) parts.push(part);
  } catch (error) {
    // sums without a register may leave the emulator's
    if (!(error instanceof SeamountError && error.code === 'E_OVERFLOW')) throw error;
  }
  return parts;
}

function timesOf(image: ChipImage, recordings: readonly Recording[]) {
  const geometry = meshGeometry(image);
  const { costs } = coreCosts(PEER_COSTS);
  const mesh = meshCosts(PEER_COSTS, geometry.tilesInUse).costs;
  const walk = new MessageWalk(image, costs, { updates: 'state' });
  const models = [new SimpleModel(geometry.cores, mesh), new DetailedModel(geometry, mesh)];
  const simple: StepTime[] = [];
  const detailed: StepTime[] = [];
  for (const recording of recordings) {
    for (const messages of walk.steps(recording)) {
      const row = (messages.step - recording.from) * image.cores.length;
      const counts = recording.activity!.counts.subarray(row, row + image.cores.length);
      expect(walk.updated).toEqual(counts);
      simple.push(models[0]!.step(messages));
      detailed.push(models[1]!.step(messages));
    }
  }
  expect(timesBySums(image, costs, mesh, recordings)).toEqual(timesOfEach(simple));
  return { simple, detailed };
}

it('times a run', async () => {
  await fc.assert(
    fc.asyncProperty(chipCase, async (spec) => {
      const image = chipOf(spec);
      const activity = 'compartments';
      const one = timesOf(image, await run(image, { kernels: 'scalar', workers: 1, activity }, 40));
      const three = timesOf(image, await run(image, { kernels: 'wasm', workers: 3, activity }, 7));
      expect(three).toEqual(one);
    }),
    { numRuns: 25 },
  );
});
