/** Runs one behind the other become one, whatever is beside them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRuns } from '../../routing/merge-runs.js';

it.each([0, 1, 2, 4, 7])('sorts %i runs and leaves the rest', (runs) => {
  const run = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3000 / (runs + 1) });
  fc.assert(
    fc.property(fc.array(run, { minLength: runs, maxLength: runs }), (parts) => {
      const words = parts.flatMap((part) => part.sort((a, b) => a - b));
      const all = Uint32Array.from([99, ...words, 1]);
      mergeRuns(all, 1, all.length - 1);
      expect([...all]).toEqual([99, ...words.sort((a, b) => a - b), 1]);
    }),
  );
});
