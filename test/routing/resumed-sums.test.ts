/**
 * Inputs on their way in a checkpoint may be larger than any that the weights could make: those of a chip that took
 * payloads, resumed by one that takes none and whose kernels would not look for an overflow.
 */
import { expect, it } from 'vitest';
import { UNLIMITED } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions } from '../../routing/index.js';
import { ListBuilder } from '../cores/list-builder.js';

/** Enough compartments for an active set, one of which gets an input late. */
function image(): ChipImage {
  const builder = new ListBuilder();
  builder.sparse([{ target: 2, delay: 5, weight: 100 }]);
  builder.endAxon();
  builder.sparse([{ target: 2, delay: 3, weight: 100 }]);
  builder.endAxon();
  const compartments = { du: 2000, dv: 100, vthMant: 131_071 };
  return {
    kind: 'seamount-chip-image',
    version: 1,
    profile: UNLIMITED,
    seed: 1,
    dt: 0,
    chipsX: 1,
    chipsY: 1,
    cores: [builder.core(UNLIMITED, 4200, { compartments })],
    populations: [{ label: 'inputs', size: 2, firstId: 0, kind: 'source', slices: [], firstSource: 0 }],
    sources: {
      count: 2,
      start: Uint32Array.of(0, 1, 2),
      core: Uint32Array.of(0, 0),
      axon: Uint32Array.of(0, 1),
    },
    schedules: [],
    probes: [],
  };
}

it.each([1000, -330, 327, 326])('a payload of %i, still on its way', async (value) => {
  await using chip = await Chip.open(image(), { payloads: true, onOverflow: 'wrap' });
  chip.send({ sources: [0], values: [value] });
  await chip.run(1);
  const checkpoint = chip.checkpoint();
  const resume = async (options: ChipOptions) => {
    await using resumed = await Chip.open(image(), { ...options, onOverflow: 'wrap', checkpoint });
    // another one, which together with the first leaves the register
    resumed.send({ sources: [1], steps: 3 });
    await resumed.run(5);
    resumed.send({ sources: [0, 1], steps: 6 + 4 });
    await resumed.run(20);
    return { hash: resumed.stateHash(), counters: resumed.counters() };
  };
  const expected = await resume({ kernels: 'scalar' });
  expect(expected.counters.totals.overflowInput).toBe(value === 326 ? 0n : 1n);
  expect(await resume({ kernels: 'wasm' })).toEqual(expected);
});

it('an input on its way is all that wakes a resumed chip', async () => {
  await using chip = await Chip.open(image());
  chip.send({ sources: [0] });
  await chip.run(1);
  const checkpoint = chip.checkpoint();
  for (const kernels of ['scalar', 'wasm'] as const) {
    await using resumed = await Chip.open(image(), { kernels, checkpoint });
    await resumed.run(5);
    expect(resumed.state(0).u[2]).toBe(6400);
  }
});
