/** Cores are shared out in contiguous ranges of nearly equal work. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharesOf, splitWork } from '../../routing/shard.js';
import { tinyImage } from './tiny-image.js';

const none = (work: readonly unknown[]): number[] => work.map(() => 0);

it('covers all cores in order, once, and no range is heavier than it must be', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      (work, most) => {
        const shards = Math.min(most, work.length);
        const ranges = splitWork(work, none(work), shards);
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
  expect(splitWork([4, 4, 4, 4, 16], [0, 0, 0, 0, 0], 2)).toEqual([
    { first: 0, end: 4 },
    { first: 4, end: 5 },
  ]);
  expect(splitWork([1, 1, 1, 1], [0, 0, 0, 0], 3)).toHaveLength(3);
});

it('has room for a chip without cores', () => {
  expect(splitWork([], [], 1)).toEqual([{ first: 0, end: 0 }]);
});

it('finds the best cut when visits are paid once a shard', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 200 })), {
    minLength: 2,
    maxLength: 20,
  });
  fc.assert(
    fc.property(pairs, (cores) => {
      const [work, visits] = [cores.map(([each]) => each), cores.map(([, each]) => each)];
      const weight = (first: number, end: number): number =>
        work.slice(first, end).reduce((a, b) => a + b, 0) + Math.max(...visits.slice(first, end));
      const heaviest = (at: number): number => Math.max(weight(0, at), weight(at, cores.length));
      const best = Math.min(...cores.slice(1).map((_, i) => heaviest(i + 1)));
      // to a thousandth of the total, which is as exactly as it looks
      const found = heaviest(splitWork(work, visits, 2)[0]!.end);
      expect(found).toBeLessThanOrEqual(best + weight(0, cores.length) / 1000);
    }),
  );
});

it('keeps apart from lists what hears nothing, rather than counting cores', () => {
  // the last two hear the same many sources: together they look each of them up once
  expect(splitWork([10, 10, 10, 10, 10, 10], [0, 0, 0, 0, 30, 30], 2)).toEqual([
    { first: 0, end: 4 },
    { first: 4, end: 6 },
  ]);
});

it('shares are of the whole', () => {
  const { cores } = tinyImage({ seed: 3, cores: [30, 10, 20], maxDelay: 3 }).image;
  const shares = sharesOf(cores, [
    { first: 0, end: 1 },
    { first: 1, end: 3 },
  ]);
  expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
  expect(shares[1]).toBeGreaterThan(shares[0]! / 3);
  expect(sharesOf([], [{ first: 0, end: 0 }])).toEqual([0]);
});
