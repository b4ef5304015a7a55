import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packReport, unpackReport } from '../../src/report/pack.js';
import { reportOfRun, withSpikes } from './sample-report.js';

describe('a packed report', () => {
  it('is the report', async () => {
    const data = await reportOfRun();
    expect(data.traces.length).toBeGreaterThan(0);
    expect(data.series).not.toBeNull();
    expect(unpackReport(packReport(data))).toEqual(data);
  });

  it('keeps any spikes and samples', async () => {
    const data = await reportOfRun([]);
    // a source that two schedules drive may be there twice in a step
    const step = fc.array(fc.oneof(fc.nat(2), fc.integer({ min: 0, max: 2 ** 32 - 1 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        (rows, samples) => {
          const sorted = rows.map((ids) => [...ids].sort((a, b) => a - b));
          const other = {
            ...data,
            steps: Uint32Array.from(sorted.flatMap((ids, i) => ids.map(() => 1 + 1000 * i))),
            rows: Uint32Array.from(sorted.flat()),
            traces: [
              {
                name: 'a.v',
                population: 'a',
                variable: 'v' as const,
                steps: Uint32Array.from(samples, (_, i) => i + 1),
                neurons: Uint32Array.of(7),
                recorded: 1,
                stepsRecorded: samples.length,
                samples: [Int32Array.from(samples)],
                threshold: null,
              },
            ],
          };
          expect(unpackReport(packReport(other))).toEqual(other);
        },
      ),
    );
  });

  it('has a million spikes in less than a megabyte', async () => {
    const data = withSpikes(await reportOfRun([]), { steps: 2000, neurons: 4000, perStep: 500 });
    expect(data.steps).toHaveLength(1_000_000);
    expect(packReport(data).length).toBeLessThan(1_000_000);
  });

  it('is refused where it is of another version', async () => {
    const data = await reportOfRun([]);
    const other = { ...data, facts: { ...data.facts, schema: 'seamount/report/0' as 'seamount/report/1' } };
    expect(() => unpackReport(packReport(other))).toThrow('seamount/report/0');
  });
});
