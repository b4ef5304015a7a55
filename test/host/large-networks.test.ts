/**
 * Networks of millions of synapses compile in seconds: nothing is an object per neuron or synapse. Outside of
 * vitest, which makes calls across files slow, the second one takes 2.5 s with 20,000 neurons (10 million synapses).
 */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, imageHash, Network, synapses } from '../../src/index.js';

/** User CPU seconds, so that other work on the machine does not count. */
function cpuSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1e6;
}

describe('millions of synapses', () => {
  it.each([
    ['unlimited', 31_623, 0.01, 1e7, 10],
    // Hundreds of cores: the fill is repeated until all of them hold their out-axons.
    ['loihi1', 9_000, 0.025, 2_025_000, 30],
  ])(
    'under %s',
    (profile, n, probability, expected, bound) => {
      const net = new Network({ seed: 3 });
      const p = net.population(n, cells.loihi({ du: 400, dv: 200, vth: 1000 }), 'p');
      net.projection(
        p,
        p,
        connectors.fixedProbability(probability),
        synapses.static({ weight: 4, delay: 1 }),
      );
      let synapseCount = 0;
      const seconds = cpuSeconds(() => {
        synapseCount = compile(net, { profile }).report.totals.synapses;
      });
      expect(Math.abs(synapseCount - expected)).toBeLessThan(15_000);
      expect(seconds).toBeLessThan(bound);
    },
    120_000,
  );

  it('with weights and delays of their own, the same twice', () => {
    const build = () => {
      const net = new Network({ seed: 8 });
      const p = net.population(3000, cells.loihi({ vth: 1000 }), 'p');
      const weight = { uniform: [0, 255] } as const;
      net.projection(
        p,
        p,
        connectors.fixedNumberPre(300),
        synapses.static({ weight, delay: { uniform: [0, 20] } }),
      );
      return imageHash(compile(net, { profile: 'unlimited', coreSize: 512 }).image);
    };
    expect(build()).toBe(build());
  });
});
