/** Multicast tables: entries in order of cores, and in-axons of a core in order of the neurons they come from. */
import { expect, it } from 'vitest';
import { cells, compile, connectors, Network, sources, synapses } from '../../src/index.js';

const cell = cells.loihi({ vth: 1000 });

// Entries of a neuron: few are sorted one way, many another.
it.each([20, 300])('are in order where two projections reach %i cores the other way round', (size) => {
  const net = new Network();
  const src = net.population(3, sources.regular({ period: 2 }), 'src');
  const p = net.population(size, cell, 'p');
  const half = size / 2;
  for (const pre of [src, p]) {
    net.projection(pre, p.slice(half), connectors.allToAll(), synapses.static({ weight: 2 }));
    net.projection(pre, p.slice(0, half), connectors.allToAll(), synapses.static({ weight: 4 }));
  }
  const { image } = compile(net, { profile: 'unlimited', coreSize: 1 });
  expect(image.cores).toHaveLength(size);
  const cores = Array.from({ length: size }, (_, core) => core);
  const check = ({ start, core, axon }: (typeof image)['sources'], rows: number, first: number): void => {
    expect(Array.from(start)).toEqual(Array.from({ length: rows + 1 }, (_, row) => row * size));
    for (let row = 0; row < rows; row++) {
      expect(Array.from(core.subarray(row * size, (row + 1) * size))).toEqual(cores);
      expect(Array.from(axon.subarray(row * size, (row + 1) * size))).toEqual(cores.map(() => first + row));
    }
  };
  check(image.sources, 3, 0);
  for (const [at, { outAxons }] of image.cores.entries()) check({ count: 1, ...outAxons }, 1, 3 + at);
});

it('are in order where the user placed neurons out of order', () => {
  const net = new Network();
  const p = net.population(6, cell, 'p').place([
    { core: 2, neurons: [0, 2] },
    { core: 0, neurons: [2, 4] },
    { core: 1, neurons: [4, 6] },
  ]);
  net.projection(p, p, connectors.allToAll(), synapses.static({ weight: 2 }));
  const { image } = compile(net);
  expect(image.cores.map(({ outAxons }) => Array.from(outAxons.core))).toEqual([
    [0, 1, 2, 0, 1, 2],
    [0, 1, 2, 0, 1, 2],
    [0, 1, 2, 0, 1, 2],
  ]);
  // Neuron i has in-axon i everywhere.
  expect(image.cores.map(({ outAxons }) => Array.from(outAxons.axon))).toEqual([
    [2, 2, 2, 3, 3, 3],
    [4, 4, 4, 5, 5, 5],
    [0, 0, 0, 1, 1, 1],
  ]);
});
