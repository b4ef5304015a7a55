/** `workers: 'auto'`: threads where they pay, and the same result whatever is chosen. */
import { describe, expect, it } from 'vitest';
import { Chip, spikeHash } from '../../routing/index.js';
import { chooseWorkers, processorsHere } from '../../routing/worker-count.js';
import { cells, compile, connectors, Network, synapses } from '../../src/index.js';
import { tinyImage } from './tiny-image.js';

/** Neurons that fire by their bias, ten targets each. */
function network(neurons: number, coreSize: number) {
  const net = new Network({ label: 'auto' });
  const all = net.population(neurons, cells.loihi({ du: 400, dv: 200, vth: 700, bias: 40 }), 'all');
  net.projection(all, all, connectors.fixedNumberPost(10), synapses.static({ weight: 2 }));
  return compile(net, { profile: 'unlimited', coreSize }).image;
}

describe('workers', () => {
  const many = 1e6;
  it('are one for a small network', () => {
    expect(chooseWorkers(tinyImage({ cores: [20, 20, 20, 20] }).image, 8, many)).toBe(1);
  });

  const large = network(40_000, 2500);
  it('are as many as there are processors for a large one', () => {
    expect(chooseWorkers(large, 2, many)).toBe(2);
    expect(chooseWorkers(large, 4, many)).toBe(4);
  });

  it('are one for a run that is over before threads have started', () => {
    expect(chooseWorkers(large, 8, 100)).toBe(1);
  });

  it('are one where there is one processor or one core', () => {
    expect(chooseWorkers(large, 1, many)).toBe(1);
    expect(chooseWorkers(network(40_000, 40_000), 8, many)).toBe(1);
  });

  it('change nothing but the time', async () => {
    await using one = await Chip.open(large);
    await using auto = await Chip.open(large, { workers: 'auto' });
    expect(auto.shards).toBe(chooseWorkers(large, await processorsHere(), many));
    const [a, b] = [await one.run(40), await auto.run(40)];
    expect(spikeHash(b.spikes)).toBe(spikeHash(a.spikes));
    expect(auto.stateHash()).toBe(one.stateHash());
  });
});
