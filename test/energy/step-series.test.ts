/** Events of each step sum to the ledger of the run, whatever the lengths of its recordings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chip, messageTable } from '../../routing/index.js';
import { Ledgers } from '../../src/energy/event-ledger.js';
import { EVENTS } from '../../src/energy/events.js';
import { StepSeries } from '../../src/energy/step-series.js';
import { chipCase, chipOf } from '../routing/random-chip.js';

const STEPS = 40;

describe('the series of steps', () => {
  it('sums to the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(
        chipCase.filter(({ profile }) => profile.rules.inputSum.kind !== 'none'),
        fc.integer({ min: 1, max: 15 }),
        async (spec, every) => {
          const image = chipOf(spec);
          const table = messageTable(image);
          await using chip = await Chip.open(image, { activity: 'counts' });
          await chip.run(3);
          const before = chip.spikeCounts();
          const updatesBefore = chip.counters().cores.map(({ updatesActive }) => updatesActive);
          const series = new StepSeries(image, table);
          for await (const part of chip.legs(STEPS, { every })) {
            const steps = part.to - part.from + 1;
            const updated = Array.from({ length: steps }, (_, t) =>
              part
                .activity!.counts.subarray(t * image.cores.length, (t + 1) * image.cores.length)
                .reduce((a, b) => a + b, 0),
            );
            series.add(part, updated);
          }
          const { total } = new Ledgers(image).ledger({
            steps: STEPS,
            spikes: chip.spikeCounts().map((spikes, key) => spikes - before[key]!),
            updatesActive: chip
              .counters()
              .cores.map(({ updatesActive }, i) => Number(updatesActive - updatesBefore[i]!)),
            updatesOfPopulation: null,
          });
          expect(series.counts(4, STEPS + 3)).toEqual(total);
          for (const [name, column] of series.columns())
            expect(column.reduce((a, b) => a + b, 0)).toBe(total[name]);
          expect(EVENTS.length).toBe(series.columns().size);
        },
      ),
      { numRuns: 25 },
    );
  });
});
