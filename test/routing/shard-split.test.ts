/** Cores are shared out in contiguous ranges of nearly equal work. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitWork } from '../../routing/shard.js';

it('covers all cores in order, once, and no range is heavier than it must be', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      (work, most) => {
        const shards = Math.min(most, work.length);
        const ranges = splitWork(work, shards);
        expect(ranges).toHaveLength(shards);
        expect(ranges[0]!.first).toBe(0);
        expect(ranges.at(-1)!.end).toBe(work.length);
        ranges.forEach(({ first, end }, i) => {
          expect(end).toBeGreaterThan(first);
          if (i > 0) expect(first).toBe(ranges[i - 1]!.end);
        });
        const weights = ranges.map(({ first, end }) => work.slice(first, end).reduce((a, b) => a + b, 0));
        const total = work.reduce((a, b) => a + b, 0);
        // any contiguous split has a range of at least the mean, and needs no more than mean + largest
        expect(Math.max(...weights)).toBeLessThanOrEqual(total / shards + Math.max(...work) + total / 500);
      },
    ),
  );
});

it('finds the best cut of a small case', () => {
  expect(splitWork([4, 4, 4, 4, 16], 2)).toEqual([
    { first: 0, end: 4 },
    { first: 4, end: 5 },
  ]);
  expect(splitWork([1, 1, 1, 1], 3)).toHaveLength(3);
});

it('has room for a chip without cores', () => {
  expect(splitWork([], 1)).toEqual([{ first: 0, end: 0 }]);
});
