/** Times of steps and what bounded how many of them: by the sums of model `simple`, scalar and wasm, and of models that say it of each step. */
import { expect } from 'vitest';
import type { ChipImage, Recording } from '../../routing/index.js';
import type { CoreCosts } from '../../src/timing/core-costs.js';
import { SimpleSums, type SumsOptions } from '../../src/timing/simple-sums.js';
import { type BoundCount, BoundCounts } from '../../src/timing/step-bounds.js';
import type { StepTime } from '../../src/timing/step-messages.js';

export interface TimesOfSteps {
  readonly times: readonly number[];
  readonly bounds: readonly BoundCount[];
}

/** By the kernels, which are held to the scalar code. */
export function timesBySums(
  image: ChipImage,
  costs: CoreCosts,
  mesh: { readonly barrier: number },
  recordings: readonly Recording[],
): TimesOfSteps {
  const [scalar, wasm] = (['scalar', 'wasm'] as const).map((kernels) =>
    timesBy(kernels, image, costs, mesh, recordings),
  );
  expect(wasm).toEqual(scalar);
  return wasm!;
}

export function timesBy(
  kernels: NonNullable<SumsOptions['kernels']>,
  image: ChipImage,
  costs: CoreCosts,
  mesh: { readonly barrier: number },
  recordings: readonly Recording[],
): TimesOfSteps {
  const sums = new SimpleSums(image, costs, mesh, { kernels });
  expect(sums.kernels).toBe(kernels);
  const steps = recordings.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const times = new Float64Array(steps);
  const bounds = new Int32Array(steps);
  let at = 0;
  for (const recording of recordings) {
    sums.time(recording, times, bounds, at);
    at += recording.to - recording.from + 1;
  }
  return { times: [...times], bounds: BoundCounts.of(bounds).list() };
}

export function timesOfEach(steps: readonly StepTime[]): TimesOfSteps {
  const bounds = new BoundCounts();
  for (const { bound } of steps) bounds.add(bound);
  return { times: steps.map(({ time }) => time), bounds: bounds.list() };
}
