import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COUNTER_COUNT } from '../../cores/counter-index.js';
import { count, readCounter } from '../../cores/counters.js';
import { COUNTERS } from '../../cores/index.js';

it('counters carry into their upper half', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(0xffff_ffff, 1), fc.integer({ min: 0, max: 0xffff_ffff })), {
        maxLength: 50,
      }),
      (amounts) => {
        const words = new Uint32Array(6);
        for (const amount of amounts) count(words, 1, amount);
        expect(readCounter(words, 1)).toBe(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
        expect([readCounter(words, 0), readCounter(words, 2)]).toEqual([0n, 0n]);
      },
    ),
  );
});

it('the table has every counter of a core once, in the order of its memory', () => {
  const own = COUNTERS.filter((row) => row.origin === 'core').map((row) => row.index);
  expect(own).toEqual(Array.from({ length: COUNTER_COUNT }, (_, i) => i));
  expect(new Set(COUNTERS.map((row) => row.name)).size).toBe(COUNTERS.length);
});
