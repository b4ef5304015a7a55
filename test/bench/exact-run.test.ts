/** A workload of five steps whose every spike is known by hand. */
import { describe, expect, it } from 'vitest';
import { runExactly, runOn } from '../../bench/exact-run.js';
import type { Workload } from '../../bench/workloads.js';
import { Chip, SpikeHash } from '../../routing/index.js';
import { cells, compile, connectors, Network, sources, synapses } from '../../src/index.js';

const STEPS = 5;

/** One source, sent in recipe steps 0 and 4, to three neurons that spike at once: in recipe step 1, and after the end. */
function build(): Network {
  const net = new Network({ label: 'five steps' });
  const input = net.population(1, sources.spikeArray({ neurons: [0, 0], steps: [2, 6] }), 'input');
  const cell = cells.loihi({ du: 4095, dv: 4095, vth: 10 });
  const neurons = net.population(3, cell, 'neurons');
  net.projection(input, neurons, connectors.allToAll(), synapses.static({ weight: 20 }));
  return net;
}

const golden = new SpikeHash().addAll([0, 4, 1, 1, 1], [0, 0, 1, 2, 3]).toString();

const workload: Workload = {
  name: 'five',
  title: 'five steps',
  steps: STEPS,
  profile: 'unlimited',
  coreSize: 2,
  inputs: 1,
  spikes: 5,
  events: 6,
  spikeHash: golden,
  build,
};

const { image } = compile(build(), { profile: 'unlimited', coreSize: 2 });

describe('an exact run', () => {
  it.each([1, 2])('counts spikes and events of the last step too, with %i workers', async (workers) => {
    const run = await runExactly(workload, image, { workers });
    expect(run).toMatchObject({ hash: golden, spikes: 5, events: 6, shards: workers });
    expect(run.imbalance).toBeGreaterThanOrEqual(1);
  });

  it('is exact again on a chip that was reset', async () => {
    await using chip = await Chip.open(image);
    const untimed = { ...workload, spikes: 0, events: 0, spikeHash: '0000000000000000' };
    await runOn(workload, chip, {});
    chip.reset(); // the input came at steps that are over
    expect(await runOn(untimed, chip, {})).toMatchObject({ spikes: 0, events: 0 });
  });

  it.each([{ spikeHash: '0123456789abcdef' }, { spikes: 4 }, { events: 7 }])(
    'fails with a failed check when it should be %o',
    async (wrong) => {
      const [value] = Object.values(wrong);
      await expect(runExactly({ ...workload, ...wrong }, image, {})).rejects.toMatchObject({
        code: 'E_MISMATCH',
        message: expect.stringContaining(`expected ${value}`),
      });
    },
  );
});
