/** Every image obeys every limit, counted by code of its own, and holds exactly the synapses of its network. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChipProfile, LOIHI1, ViolationsError } from '../../cores/index.js';
import { compile, decodeImage, encodeImage } from '../../src/index.js';
import { readSynapses, readUse } from './image-reader.js';
import { randomNetwork } from './random-network.js';

/** Limits small enough that each of them stops some fill. */
const tight = (limits: Partial<ChipProfile['limits']>): ChipProfile => ({
  ...LOIHI1,
  name: 'tight',
  limits: { ...LOIHI1.limits, ...limits },
});

const PROFILES: readonly [string, ChipProfile][] = [
  ['compartments', tight({ compartmentsPerCore: 5 })],
  ['in-axons', tight({ inAxonsPerCore: 12 })],
  ['out-axon slots', tight({ outAxonSlotsPerCore: 14, compartmentsPerCore: 8 })],
  ['synaptic memory', tight({ synapseBitsPerCore: 64 * 24 })],
  ['accumulators', tight({ accumulatorsPerCore: 64 })],
  [
    'all at once',
    tight({
      compartmentsPerCore: 7,
      inAxonsPerCore: 16,
      outAxonSlotsPerCore: 24,
      synapseBitsPerCore: 64 * 30,
      accumulatorsPerCore: 64,
    }),
  ],
];

it.each(PROFILES)('%s', (_, profile) => {
  let fitted = 0;
  let split = 0;
  fc.assert(
    fc.property(randomNetwork(profile), (random) => {
      let image: ReturnType<typeof compile>['image'];
      try {
        image = compile(random.network, { profile }).image;
      } catch (error) {
        if (error instanceof ViolationsError && error.code === 'E_CAPACITY') return;
        throw error;
      }
      fitted++;
      if (image.cores.length > 1) split++;
      const { limits } = profile;
      for (const core of image.cores) {
        const use = readUse(image, core);
        expect(core.used).toEqual({ ...use, synapses: core.used.synapses });
        expect(use.compartments).toBeLessThanOrEqual(limits.compartmentsPerCore!);
        expect(use.inAxons).toBeLessThanOrEqual(limits.inAxonsPerCore!);
        expect(use.outAxonSlots).toBeLessThanOrEqual(limits.outAxonSlotsPerCore!);
        expect(use.synapseBits).toBeLessThanOrEqual(limits.synapseBitsPerCore!);
        expect(use.accumulators).toBeLessThanOrEqual(limits.accumulatorsPerCore!);
      }
      const places = image.cores.map((c) => `${c.chipX} ${c.chipY} ${c.tileX} ${c.tileY} ${c.slot}`);
      expect(new Set(places).size).toBe(places.length);

      const key = (pre: number, post: number, delay: number, weight: number) =>
        `${pre} ${post} ${delay} ${weight}`;
      const held = readSynapses(image)
        .filter(({ weight }) => weight !== 0)
        .map(({ pre, post, delay, weight }) => key(pre, post, delay, weight));
      const wanted = random.synapses
        .map(({ pre, post, delay, mantissa, exp }) => {
          const units = Math.floor(mantissa * 2 ** exp);
          return { pre, post, delay, units: Math.max(-(2 ** 15) + 1, Math.min(2 ** 15 - 1, units)) };
        })
        .filter(({ units }) => units !== 0)
        .map(({ pre, post, delay, units }) => key(pre, post, delay, units));
      expect(held.sort()).toEqual(wanted.sort());
      expect(decodeImage(encodeImage(image))).toEqual(image);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(fitted).toBeGreaterThan(40);
  expect(split).toBeGreaterThan(25);
});
