/** Where steps end, against looking at every spike. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endBelow, endOfStep } from '../../src/timing/sorted-spikes.js';

const sorted = fc.array(fc.nat(40), { maxLength: 200 }).map((values) => Uint32Array.from(values).sort());

it('steps end where the next begins', () => {
  fc.assert(
    fc.property(sorted, (steps) => {
      let end = 0;
      for (let step = 0; step <= 40; step++) {
        end = endOfStep(steps, step, end);
        expect(end).toBe(steps.filter((own) => own <= step).length);
      }
    }),
  );
});

it('a bound is found from anywhere, up to an end', () => {
  fc.assert(
    fc.property(sorted, fc.nat(45), fc.nat(200), fc.nat(200), (values, bound, from, to) => {
      const end = Math.min(to, values.length);
      const first = Math.min(from, end);
      const found = values.subarray(first, end).findIndex((value) => value >= bound);
      expect(endBelow(values, bound, first, end)).toBe(found < 0 ? end : first + found);
    }),
  );
});
