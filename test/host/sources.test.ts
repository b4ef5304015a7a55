/** Spike sources as schedules, and their spikes on the chip. */
import { describe, expect, it } from 'vitest';
import { poissonSpikes } from '../../routing/index.js';
import {
  type Cell,
  cells,
  compile,
  connectors,
  Network,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';

/** Steps in which each source neuron makes its own relay neuron spike: the arrival steps. */
async function arrivals(n: number, cell: Cell, steps: number, options: { dt?: number; seed?: number } = {}) {
  const net = new Network(options);
  const input = net.population(n, cell, 'input');
  const relay = net.population(n, cells.loihi({ vth: 0 }), 'relay');
  net.projection(input, relay, connectors.oneToOne(), synapses.static({ weight: 1 }));
  const { spikes, image, report } = await simulate(net, { steps });
  const trains = Array.from({ length: n }, (): number[] => []);
  const { steps: at, neurons } = spikes.get('relay')!;
  for (const [k, step] of at.entries()) trains[neurons[k]!]!.push(step);
  return { trains, image, report: report! };
}

describe('given spikes', () => {
  it('arrive in their step, in any order of input', async () => {
    const { trains } = await arrivals(3, sources.spikeArray({ steps: [[5, 2], [], [7]] }), 10);
    expect(trains).toEqual([[2, 5], [], [7]]);
    const events = sources.spikeArray({ neurons: [2, 0, 0], steps: [7, 5, 2] });
    expect((await arrivals(3, events, 10)).trains).toEqual(trains);
  });
  it('stamped as by the emulator of a profile arrive when its host input does', () => {
    const net = new Network();
    net.population(1, sources.spikeArray({ steps: [[1, 5]], stamps: 'peer' }), 'input');
    net.population(1, cells.loihi({ vth: 100 }), 'relay');
    const stepsUnder = (profile: string) => {
      const [schedule] = compile(net, { profile }).image.schedules;
      return schedule?.kind === 'array' ? [...schedule.steps] : [];
    };
    expect(stepsUnder('lava')).toEqual([2, 6]);
    expect(stepsUnder('brian2loihi')).toEqual([1, 5]);
  });
  it('in ms act at the step round(t / dt), at the earliest 1; what coincides is merged and told', async () => {
    const { trains, report } = await arrivals(
      2,
      sources.spikeArray({
        times: [
          [0, 1.2, 3],
          [2.4, 2.6],
        ],
      }),
      10,
      {
        dt: 0.5,
      },
    );
    expect(trains).toEqual([[1, 2, 6], [5]]);
    expect(report.notices).toEqual([
      'population input: 1 spikes fell on a step in which their neuron already spikes, and were merged',
    ]);
  });
});

describe('Poisson', () => {
  it('has its rate, its window and independent neurons', async () => {
    const { trains } = await arrivals(200, sources.poisson({ rate: 50, start: 101, stop: 600 }), 1000, {
      dt: 2,
    });
    const all = trains.flat();
    expect(Math.min(...all)).toBeGreaterThanOrEqual(101);
    expect(Math.max(...all)).toBeLessThanOrEqual(600);
    // p = 50 Hz * 2 ms = 0.1 over 500 steps and 200 neurons
    expect(Math.abs(all.length - 10_000)).toBeLessThan(4 * Math.sqrt(9_000));
    expect(trains[0]).not.toEqual(trains[1]);
  });
  it('follows the seed of the network', async () => {
    const cell = sources.poisson({ probability: [0, 0.5, 1] });
    const one = await arrivals(3, cell, 50, { seed: 1 });
    const two = await arrivals(3, cell, 50, { seed: 2 });
    expect(one.trains[0]).toEqual([]);
    expect(one.trains[2]).toHaveLength(50);
    expect(one.trains[1]).not.toEqual(two.trains[1]);
    expect((await arrivals(3, cell, 50, { seed: 1 })).trains).toEqual(one.trains);
    const [schedule] = one.image.schedules;
    if (schedule?.kind !== 'poisson') throw new Error('no Poisson schedule');
    const expected = Array.from({ length: 50 }, (_, i) => i + 1).filter((step) =>
      poissonSpikes(schedule.seed, 1, step, schedule.thresholds[1]!),
    );
    expect(one.trains[1]).toEqual(expected);
  });
});

it('regular sources count from their phase, and a period of 0 is silence', async () => {
  const cell = sources.regular({ period: [3, 5, 0], phase: [2, 1, 1], stop: 12 });
  const { trains } = await arrivals(3, cell, 20);
  expect(trains).toEqual([[2, 5, 8, 11], [1, 6, 11], []]);
});

it('sources are numbered one population after another', () => {
  const net = new Network();
  net.population(2, sources.regular({ period: 2 }), 'a');
  const b = net.population(3, cells.loihi({ vth: 1 }), 'b');
  const c = net.population(4, sources.regular({ period: 3 }), 'c');
  net.projection(c, b, connectors.fromList([[3, 1]]), synapses.static());
  const { populations, sources: table } = compile(net).image;
  expect(populations.map(({ firstId, firstSource, kind }) => [firstId, firstSource, kind])).toEqual([
    [0, 0, 'source'],
    [2, 0, 'cells'],
    [5, 2, 'source'],
  ]);
  expect(table.count).toBe(6);
  expect(Array.from(table.start)).toEqual([0, 0, 0, 0, 0, 0, 1]);
});
