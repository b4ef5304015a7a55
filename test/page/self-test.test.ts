/** The network of the page's self-test gives the expected bits here, on every kernel and any threads. */
import { expect, it } from 'vitest';
import { Chip, spikeHash } from '../../routing/index.js';
import { EXPECTED, STEPS, selfTestImage } from '../../src/page/self-test/network.js';

it.each([
  { kernels: 'scalar', workers: 1 },
  { kernels: 'wasm', workers: 1 },
  { kernels: 'wasm', workers: 2 },
  { kernels: 'wasm', workers: 3 },
] as const)('$kernels, $workers workers', async (options) => {
  const image = selfTestImage();
  expect(image.cores.length).toBeGreaterThan(3);
  await using chip = await Chip.open(image, options);
  const { spikes } = await chip.run(STEPS);
  expect({
    spikes: spikes.ids.length,
    spikeHash: spikeHash(spikes).toString(16),
    stateHash: chip.stateHash(),
  }).toEqual(EXPECTED);
});
