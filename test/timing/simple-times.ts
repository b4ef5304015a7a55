/** Times of steps and what bounded how many of them: by the sums of model `simple`, and of models that say it of each step. */
import type { ChipImage, Recording } from '../../routing/index.js';
import { CoreBounds } from '../../src/timing/core-bounds.js';
import type { CoreCosts } from '../../src/timing/core-costs.js';
import { type BoundCount, BoundCounts } from '../../src/timing/mesh-load.js';
import { SimpleSums } from '../../src/timing/simple-sums.js';
import type { StepTime } from '../../src/timing/step-messages.js';

export interface TimesOfSteps {
  readonly times: readonly number[];
  readonly bounds: readonly BoundCount[];
}

export function timesBySums(
  image: ChipImage,
  costs: CoreCosts,
  mesh: { readonly barrier: number },
  recordings: readonly Recording[],
): TimesOfSteps {
  const sums = new SimpleSums(image, costs, mesh);
  const ofCores = new CoreBounds(image.cores.length + (image.sources.senders?.places.length ?? 0));
  const bounds = new BoundCounts();
  const times = recordings.flatMap((recording) => {
    const own = new Float64Array(recording.to - recording.from + 1);
    sums.time(recording, own, 0, ofCores);
    ofCores.moveTo(bounds);
    return [...own];
  });
  return { times, bounds: bounds.list() };
}

export function timesOfEach(steps: readonly StepTime[]): TimesOfSteps {
  const bounds = new BoundCounts();
  for (const { bound } of steps) bounds.add(bound);
  return { times: steps.map(({ time }) => time), bounds: bounds.list() };
}
