/**
 * Synaptic events are not counted core by core but follow from spikes and tables; the clusters count what they
 * deliver. Both must agree at every step, in shards of one cluster and of several.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOIHI1, SeamountError } from '../../cores/index.js';
import { deliveriesOf } from '../../routing/deliveries.js';
import type { ChipImage } from '../../routing/index.js';
import type { PlacedChip } from '../../routing/place-chip.js';
import { openChip } from './opened-chip.js';
import { type ChipCase, chipCase, chipOf } from './random-chip.js';

/** Times as many cases, for a change of the kernels. */
const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const seen = { events: 0, severalClusters: 0 };

/** Events of each class: as the clusters counted them, and as they follow from the tables. */
function counted(chip: PlacedChip, t: number): { readonly clusters: number[]; readonly tables: number[] } {
  const clusters = [0, 2, 4].map((at) => chip.clusters.reduce((sum, { events }) => sum + events[at]!, 0));
  const tables = (['Sparse', 'Dense', 'Conv'] as const).map((name) =>
    Number(deliveriesOf(chip, t).reduce((sum, core) => sum + core[`synapticEvents${name}`], 0n)),
  );
  return { clusters, tables };
}

async function compare(image: ChipImage, steps: number): Promise<void> {
  let first: number[] | null = null;
  for (const [shards, kernels] of [
    [1, 'wasm'],
    [1, 'scalar'],
    [3, 'wasm'],
  ] as const) {
    const { chip, step, shards: used } = await openChip(image, shards, kernels);
    for (let t = 1; t <= steps; t++) {
      step(t);
      const { clusters, tables } = counted(chip, t);
      expect(clusters, `after step ${t}`).toEqual(tables);
    }
    if (chip.clusters.length > used) seen.severalClusters++;
    const { clusters } = counted(chip, steps);
    first ??= clusters;
    expect(clusters).toEqual(first);
    seen.events += clusters.reduce((sum, events) => sum + events, 0);
  }
}

it(
  'what clusters deliver is what spikes and tables say',
  async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        try {
          await compare(chipOf(spec), 30);
        } catch (error) {
          if (error instanceof SeamountError && error.code === 'E_CAPACITY') return;
          throw error;
        }
      }),
      { numRuns: 30 * EFFORT, seed: 10 },
    );
    expect(seen.events).toBeGreaterThan(1000);
  },
  60_000 * EFFORT,
);

it('so it is where a core is too large to share a delay line', async () => {
  const seen0 = seen.severalClusters;
  const small = { n: 20, axons: 20, fan: 8, bias: true, noise: 'off', layer: false, extreme: false } as const;
  const cores: ChipCase['cores'] = [
    { ...small, seed: 5, maxDelay: 5 },
    { ...small, seed: 6, maxDelay: 62, n: 34_000, bias: false },
    { ...small, seed: 7, maxDelay: 0 },
  ];
  const profile = { ...LOIHI1, rules: { ...LOIHI1.rules, onOverflow: 'wrap' as const } };
  await compare(chipOf({ seed: 3, profile, cores, sources: 5, fanOut: 3 }), 20);
  expect(seen.severalClusters).toBe(seen0 + 2);
});
