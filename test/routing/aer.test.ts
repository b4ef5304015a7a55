/** Address-event words hold what was put into them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  axonBitsFor,
  axonOf,
  coreOf,
  isNegative,
  keyOf,
  MAX_KEY,
  packAddress,
  packSpike,
} from '../../routing/aer.js';

it('spike words: source key and sign', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_KEY }), fc.boolean(), (key, negative) => {
      const word = packSpike(key, negative);
      expect([keyOf(word), isNegative(word)]).toEqual([key, negative]);
      expect(word).toBe(key + (negative ? 2 ** 31 : 0));
    }),
  );
});

it('address words: any split of core and axon that fits 32 bits', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), fc.nat(), fc.nat(), (cores, axons, c, a) => {
      const bits = axonBitsFor(cores, axons);
      const needed = (count: number): number => (count <= 1 ? 0 : Math.ceil(Math.log2(count)));
      if (bits === null) {
        expect(needed(cores) + needed(axons)).toBeGreaterThan(31);
        return;
      }
      const core = c % Math.max(1, cores);
      const axon = a % Math.max(1, axons);
      const word = packAddress(core, axon, bits);
      expect([coreOf(word, bits), axonOf(word, bits)]).toEqual([core, axon]);
      expect(word).toBeGreaterThanOrEqual(0);
    }),
    {
      examples: [
        [1, 2 ** 31, 0, 2 ** 31 - 1],
        [2 ** 20, 4096, 2 ** 20 - 1, 4095],
        [2, 2 ** 31, 1, 1],
      ],
    },
  );
});
