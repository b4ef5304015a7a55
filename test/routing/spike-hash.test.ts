/** The raster hash is the one of the recipe, whatever the order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SpikeHash, spikeHash } from '../../routing/index.js';

const MASK = 2n ** 64n - 1n;

function mix(word: bigint): bigint {
  let z = word;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

const spikes = fc.array(
  fc.tuple(fc.nat(2 ** 31), fc.oneof(fc.nat(2 ** 31), fc.constant(2 ** 32 - 1), fc.nat(10))),
);

it('is the sum of mixed words modulo 2^64', () => {
  fc.assert(
    fc.property(spikes, (list) => {
      const expected = list.reduce((sum, [t, id]) => (sum + mix((BigInt(t) << 32n) | BigInt(id))) & MASK, 0n);
      expect(spikeHash({ steps: list.map(([t]) => t), ids: list.map(([, id]) => id) })).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

it('does not depend on order or on cuts, and can shift steps', () => {
  fc.assert(
    fc.property(spikes, (list) => {
      const whole = new SpikeHash();
      for (const [t, id] of list) whole.add(t, id);
      const parts = new SpikeHash();
      for (const [t, id] of list.toReversed()) parts.addAll([t + 1], [id], -1);
      expect(parts.toString()).toBe(whole.toString());
      expect(whole.toString()).toMatch(/^[0-9a-f]{16}$/);
    }),
  );
});
