import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delayOf, indexOf, mantissaOf, packSynapse, packTarget } from '../../cores/index.js';
import { placeSynapse, placeTarget } from '../../cores/synapse.js';

const mantissas = fc.integer({ min: -256, max: 255 });
const delays = fc.integer({ min: 0, max: 63 });
const indices = fc.integer({ min: 0, max: 131_071 });

it('a packed synapse unpacks to itself', () => {
  fc.assert(
    fc.property(mantissas, delays, indices, (mantissa, delay, index) => {
      const word = packSynapse(mantissa, delay, index);
      expect(word).toBe(word >>> 0);
      expect([mantissaOf(word), delayOf(word), indexOf(word)]).toEqual([mantissa, delay, index]);
      const target = packTarget(delay, index);
      expect([delayOf(target), indexOf(target)]).toEqual([delay, index]);
    }),
  );
});

it('a placed synapse keeps its mantissa above an address of 23 bits', () => {
  fc.assert(
    fc.property(mantissas, delays, indices, fc.integer({ min: 4, max: 17 }), (mantissa, delay, i, bits) => {
      const index = i & ((1 << bits) - 1);
      const word = packSynapse(mantissa, delay, index);
      expect(placeSynapse(word, bits) >> 23).toBe(mantissa);
      expect(placeSynapse(word, bits) & 0x7f_ffff).toBe(delay * 2 ** bits + index);
      expect(placeTarget(packTarget(delay, index), bits)).toBe(delay * 2 ** bits + index);
    }),
  );
});
