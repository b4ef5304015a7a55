/** Updates by arrivals in the account: of each population too, where populations share cores, whatever the model of time. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { json, seamount } from '../cli/harness.js';

const example = join(import.meta.dirname, '../../examples/sana-fe');

interface Answer {
  readonly energy: {
    readonly counts: Readonly<Record<string, number>>;
    readonly sections: readonly {
      readonly by: string;
      readonly entries: readonly {
        readonly label: string;
        readonly counts: Readonly<Record<string, number>>;
      }[];
    }[];
  };
}

it.each(['off', 'simple', 'detailed', 'mesh'])('sum to the chip with timing %s', async (timing) => {
  const files = [join(example, 'loihi.yaml'), join(example, 'net.yaml')];
  const { out } = await seamount(['run', ...files, '--steps', '100', '--timing', timing, '--json']);
  const { counts, sections } = (json(out) as unknown as Answer).energy;
  const { entries } = sections.find(({ by }) => by === 'population')!;
  for (const event of ['updateActive', 'updateIdle', 'visit'])
    expect(entries.reduce((sum, entry) => sum + (entry.counts[event] ?? 0), 0)).toBe(counts[event]);
  expect(entries.find(({ label }) => label === 'count')!.counts.updateActive).toBeGreaterThan(0);
});
