/** What a message to a row of a cluster adds to the delay line is what the images' synapses say, one by one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import * as D from '../../cores/descriptor.js';
import { type Cluster, SeamountError } from '../../cores/index.js';
import { eachSynapse } from '../../cores/worst-sum.js';
import { type ClusterCase, clusterCase, clusterOf } from './random-cluster.js';
import { Twins } from './twin-clusters.js';

const EFFORT = Number(process.env.KERNEL_CASES ?? 1);

/** Sums that a message to `row` must make, by place in the delay line, at step t. */
function expectedLine({ spec }: Twins, { cores, words, line }: Cluster, row: number, t: number): Int32Array {
  const { start, entries, axonBits } = spec.rows;
  const out = new Int32Array(line.length);
  for (let at = start[row]!; at < start[row + 1]!; at++) {
    const core = entries[at]! >>> axonBits;
    const axon = entries[at]! & (2 ** axonBits - 1);
    const image = spec.cores[core]!;
    const lane = cores[core]!.descriptor[D.FIRST_LANE]!;
    for (let s = image.synapses.axonStart[axon]!; s < image.synapses.axonStart[axon + 1]!; s++) {
      eachSynapse(image, s, (compartment, delay, weight) => {
        const late = (t + delay) & (words[C.LINE_ROWS]! - 1);
        out[late * 2 ** words[C.LINE_BITS]! + lane + compartment]! += weight;
      });
    }
  }
  return out;
}

async function place(spec: ClusterCase): Promise<Twins | null> {
  try {
    return await Twins.place(clusterOf(spec));
  } catch (error) {
    if (error instanceof SeamountError && error.code === 'E_CAPACITY') return null;
    throw error;
  }
}

it(
  'a fused row holds the synapses of all its in-axons',
  async () => {
    let synapses = 0;
    await fc.assert(
      fc.asyncProperty(clusterCase, async (spec) => {
        const twins = await place(spec);
        fc.pre(twins !== null);
        for (let row = 0; row < spec.rows; row++) {
          const t = 1000 + row;
          const expected = expectedLine(twins!, twins!.scalar, row, t);
          twins!.deliver(t, [{ row, payload: 1, pushed: row % 2 === 0 }]);
          for (const { line } of twins!.both) {
            // nothing is integrated: what was added is taken out again
            const differs = line.findIndex((sum, k) => sum !== expected[k]);
            expect(differs, `row ${row}`).toBe(-1);
            line.fill(0);
          }
          synapses += expected.filter((sum) => sum !== 0).length;
        }
      }),
      { numRuns: 60 * EFFORT, seed: 12 },
    );
    expect(synapses).toBeGreaterThan(1000);
  },
  60_000 * EFFORT,
);
