/** A row is what its sources' messages cost each core, and sources share one if and only if theirs are equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageTable } from '../../routing/index.js';
import { receivingRows } from '../../src/timing/receiving-rows.js';

/** Of each key its messages: the core and what each costs. */
const messages = fc.array(
  fc.array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(0, 100, 300)), { maxLength: 4 }),
  { maxLength: 60 },
);

function tableOf(lists: readonly (readonly (readonly [number, number])[])[]): {
  readonly table: MessageTable;
  readonly processing: Float64Array;
} {
  const sorted = lists.map((list) => list.toSorted(([a], [b]) => a - b));
  const start = [0];
  for (const list of sorted) start.push(start.at(-1)! + list.length);
  const none = new Uint32Array(0);
  return {
    table: {
      firstOfCore: none,
      keys: lists.length,
      idOfKey: none,
      start: Uint32Array.from(start),
      to: Uint32Array.from(sorted.flat(), ([core]) => core),
      axon: none,
      sparse: none,
      dense: none,
      conv: none,
    },
    processing: Float64Array.from(sorted.flat(), ([, cost]) => cost),
  };
}

describe('receiving rows', () => {
  it('have the sums of each core, once', () => {
    fc.assert(
      fc.property(messages, (lists) => {
        const { table, processing } = tableOf(lists);
        const { row, start, core, cost } = receivingRows(table, processing);
        const entries = (of: number): [number, number][] =>
          Array.from(core.subarray(start[of], start[of + 1]), (to, i) => [to, cost[start[of]! + i]!]);
        const expected = lists.map((list) => {
          const sums = new Map<number, number>();
          for (const [to, each] of list) sums.set(to, (sums.get(to) ?? 0) + each);
          return [...sums].sort(([a], [b]) => a - b);
        });
        expect([...row].map(entries)).toEqual(expected);
        expect(start.length - 1).toBe(new Set(expected.map((list) => JSON.stringify(list))).size);
        expect(core).toHaveLength(start.at(-1)!);
        expect(cost).toHaveLength(start.at(-1)!);
      }),
      { numRuns: 300 },
    );
  });
});
