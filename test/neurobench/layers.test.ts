/** What counts as a weight, by connector. */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, Network, sources, synapses } from '../../src/index.js';
import { layersOfNetwork } from '../../src/neurobench/layers.js';

const CELL = cells.loihi({ vth: 100 });

function layerOf(build: (network: Network) => void, profile = 'loihi1') {
  const network = new Network({ seed: 3 });
  build(network);
  return layersOfNetwork(network, compile(network, { profile }).image)[0]!;
}

describe('weights of a layer', () => {
  it('of a matrix: every entry, zeros included', () => {
    const layer = layerOf((net) => {
      const pre = net.population(2, sources.regular({ period: 1 }));
      const weights = connectors.matrix([
        [2, 0, 4],
        [0, 0, 6],
      ]);
      net.projection(pre, net.population(3, CELL), weights, synapses.static());
    });
    expect(layer).toMatchObject({ weights: 6, zeros: 3, dense: 6 });
    expect([...layer.fanOut]).toEqual([2, 1]);
  });

  it('of a mask: where it is set', () => {
    const layer = layerOf((net) => {
      const pre = net.population(2, sources.regular({ period: 1 }));
      const mask = connectors.array([
        [1, 0, 1],
        [0, 0, 1],
      ]);
      net.projection(pre, net.population(3, CELL), mask, synapses.static({ weight: 2 }));
    });
    expect(layer).toMatchObject({ weights: 3, zeros: 0, dense: 3 });
  });

  it('of a list: what is listed, zeros that are listed included', () => {
    const layer = layerOf((net) => {
      const pre = net.population(3, sources.regular({ period: 1 }));
      const list = connectors.fromList([
        [0, 1, 4],
        [0, 2, 0],
        [2, 0, -6],
      ]);
      net.projection(pre, net.population(3, CELL), list, synapses.static());
    });
    expect(layer).toMatchObject({ weights: 3, zeros: 1, dense: 3 });
    expect([...layer.fanOut]).toEqual([1, 0, 1]);
  });

  it('all to all without self: without the diagonal', () => {
    const layer = layerOf((net) => {
      const one = net.population(5, CELL);
      net.projection(one, one, connectors.allToAll({ allowSelf: false }), synapses.static({ weight: 2 }));
    });
    expect(layer).toMatchObject({ weights: 20, zeros: 0, dense: 20 });
  });

  it('that rounding left at zero are zero', () => {
    const layer = layerOf((net) => {
      const pre = net.population(1, sources.regular({ period: 1 }));
      const weights = connectors.matrix([[0.3, 40, -0.2]]);
      net.projection(pre, net.population(3, CELL), weights, synapses.static());
    }, 'nengo-loihi');
    expect(layer).toMatchObject({ weights: 3, zeros: 2 });
    expect([...layer.fanOut]).toEqual([1]);
  });

  it('of a convolution: the kernel once; operations where a tap lies on the input', () => {
    const layer = layerOf((net) => {
      const pre = net.population(9, sources.regular({ period: 1 }));
      const kernel = {
        shape: [1, 1, 3, 3] as const,
        data: [2, 2, 2, 0, 4, 0, 2, 2, 2],
      };
      const conv = connectors.conv2d({ inputShape: [1, 3, 3], kernel, padding: 1 });
      net.projection(pre, net.population(9, CELL), conv, synapses.static());
    });
    // Along an axis: 2 + 3 + 2 taps of the three outputs are on the input.
    expect(layer).toMatchObject({ weights: 9, zeros: 2, dense: 49 });
    // 49 less the two zero taps beside the centre: on the input for 2 x 3 outputs each.
    expect(layer.fanOut.reduce((sum, x) => sum + x, 0)).toBe(49 - 12);
  });

  it('of a strided convolution with channels, from a slice to a slice', () => {
    const layer = layerOf((net) => {
      const pre = net.population(40, sources.regular({ period: 1 })).slice(8, 40);
      const kernel = {
        shape: [3, 2, 2, 2] as const,
        data: Array.from({ length: 24 }, (_, k) => 2 * (k % 5)),
      };
      const conv = connectors.conv2d({ inputShape: [2, 4, 4], kernel, stride: 2 });
      net.projection(pre, net.population(20, CELL).slice(5, 17), conv, synapses.static());
    });
    const zeros = Array.from({ length: 24 }, (_, k) => k % 5).filter((k) => k === 0).length;
    expect(layer).toMatchObject({ weights: 24, zeros, dense: 3 * 2 * 4 * 4, from: 8 });
    expect(layer.fanOut.reduce((sum, x) => sum + x, 0)).toBe((24 - zeros) * 4);
  });

  it('of another network than the image: refused', () => {
    const one = new Network();
    one.population(3, CELL, 'a');
    const other = new Network();
    other.population(4, CELL, 'a');
    expect(() => layersOfNetwork(other, compile(one).image)).toThrowError(
      expect.objectContaining({ code: 'E_USAGE' }),
    );
  });
});
