/** What each connector joins, and that random ones are the same for the same seed on every platform. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Connector,
  cells,
  compile,
  connectors,
  Network,
  type SynapseValue,
  synapses,
} from '../../src/index.js';
import { type ReadSynapse, readSynapses } from './image-reader.js';

const cell = cells.loihi({ vth: 1000 });

interface Setup {
  readonly pre?: number;
  readonly post?: number;
  readonly seed?: number;
  readonly weight?: SynapseValue;
  readonly delay?: SynapseValue;
  /** Both sides are one population. */
  readonly recurrent?: boolean;
}

/** Synapses as [pre, post] numbers of their populations, ordered. */
function joined(connector: Connector, setup: Setup = {}): ReadSynapse[] {
  const { pre = 20, post = 30, seed = 5, weight, delay, recurrent = false } = setup;
  const network = new Network({ seed });
  const a = network.population(pre, cell, 'a');
  const b = recurrent ? a : network.population(post, cell, 'b');
  network.projection(
    a,
    b,
    connector,
    synapses.static({
      ...(weight === undefined ? {} : { weight }),
      ...(delay === undefined ? {} : { delay }),
    }),
  );
  const shift = recurrent ? 0 : pre;
  return readSynapses(compile(network, { profile: 'unlimited' }).image)
    .map((synapse) => ({ ...synapse, post: synapse.post - shift }))
    .sort((x, y) => x.pre - y.pre || x.post - y.post || x.delay - y.delay || x.weight - y.weight);
}

const pairs = (list: readonly ReadSynapse[]): string[] => list.map(({ pre, post }) => `${pre} ${post}`);
const grouped = (list: readonly ReadSynapse[], side: 'pre' | 'post', size: number): number[] => {
  const counts = new Array<number>(size).fill(0);
  for (const synapse of list) counts[synapse[side]]!++;
  return counts;
};

describe('all to all, one to one', () => {
  it('joins every pair', () => expect(joined(connectors.allToAll())).toHaveLength(600));
  it('leaves out neurons themselves when asked', () => {
    const list = joined(connectors.allToAll({ allowSelf: false }), { recurrent: true });
    expect(list).toHaveLength(20 * 19);
    expect(list.every(({ pre, post }) => pre !== post)).toBe(true);
  });
  it('joins equal numbers', () => {
    const list = joined(connectors.oneToOne(), { pre: 9, post: 9 });
    expect(list.map(({ pre, post }) => [pre, post])).toEqual(Array.from({ length: 9 }, (_, i) => [i, i]));
  });
});

describe('fixed probability', () => {
  it.each([0.003, 0.1, 0.5, 0.97])('joins a fraction %s of the pairs', (p) => {
    const n = joined(connectors.fixedProbability(p), { pre: 300, post: 400, weight: 1 }).length;
    const sd = Math.sqrt(120_000 * p * (1 - p));
    expect(Math.abs(n - 120_000 * p)).toBeLessThan(4 * sd);
  });
  it('knows none and all', () => {
    expect(joined(connectors.fixedProbability(0))).toHaveLength(0);
    expect(joined(connectors.fixedProbability(1))).toHaveLength(600);
  });
  it('gives every pair the same chance', () => {
    const hits = new Array<number>(600).fill(0);
    for (let seed = 0; seed < 300; seed++)
      for (const { pre, post } of joined(connectors.fixedProbability(0.2), { seed }))
        hits[pre * 30 + post]!++;
    const chi2 = hits.reduce((sum, h) => sum + (h - 60) ** 2 / (300 * 0.2 * 0.8), 0);
    // 600 degrees of freedom: mean 600, sd 35.
    expect(Math.abs(chi2 - 600)).toBeLessThan(4 * 35);
  });
  it('never joins a neuron with itself when told', () => {
    const list = joined(connectors.fixedProbability(0.5, { allowSelf: false }), { recurrent: true });
    expect(list.length).toBeGreaterThan(100);
    expect(list.every(({ pre, post }) => pre !== post)).toBe(true);
  });
});

describe('fixed number', () => {
  it('of pre neurons, distinct', () => {
    const list = joined(connectors.fixedNumberPre(7));
    expect(grouped(list, 'post', 30)).toEqual(new Array(30).fill(7));
    expect(new Set(pairs(list)).size).toBe(210);
  });
  it('of post neurons, distinct', () => {
    const list = joined(connectors.fixedNumberPost(11));
    expect(grouped(list, 'pre', 20)).toEqual(new Array(20).fill(11));
    expect(new Set(pairs(list)).size).toBe(220);
  });
  it('with multapses may exceed the population and repeat pairs', () => {
    const list = joined(connectors.fixedNumberPost(40, { multapses: true }), { weight: 3 });
    expect(grouped(list, 'pre', 20)).toEqual(new Array(20).fill(40));
    expect(new Set(pairs(list)).size).toBeLessThan(800);
  });
  it.each(['fixedNumberPre', 'fixedNumberPost'] as const)('%s leaves the neuron itself out', (kind) => {
    const list = joined(connectors[kind](19, { allowSelf: false }), { recurrent: true });
    expect(new Set(pairs(list)).size).toBe(20 * 19);
    expect(list.every(({ pre, post }) => pre !== post)).toBe(true);
  });
  it('draws every neuron equally often', () => {
    const hits = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 200; seed++)
      for (const { pre } of joined(connectors.fixedNumberPre(5), { seed })) hits[pre]!++;
    for (const h of hits) expect(Math.abs(h - 1500)).toBeLessThan(4 * Math.sqrt(1500));
  });
});

describe('lists and matrices', () => {
  it('takes tuples with weights and delays, duplicates included', () => {
    const list = joined(
      connectors.fromList([
        [3, 4, 10, 2],
        [0, 1, -6, 0],
        [3, 4, 8, 5],
        [3, 0, 2, 1],
      ]),
    );
    expect(list.map(({ pre, post, weight, delay }) => [pre, post, weight, delay])).toEqual([
      [0, 1, -6, 0],
      [3, 0, 2, 1],
      [3, 4, 10, 2],
      [3, 4, 8, 5],
    ]);
  });
  it('takes columns, with weights of the synapse type in the order of the list', () => {
    const connector = connectors.fromList({ pre: [2, 0, 1], post: [0, 0, 5] });
    const list = joined(connector, { weight: [11, 22, 33], delay: [1, 2, 3] });
    expect(list.map(({ pre, weight, delay }) => [pre, weight, delay])).toEqual([
      [0, 22, 2],
      [1, 33, 3],
      [2, 11, 1],
    ]);
  });
  it('takes weights from a [pre][post] matrix and a mask from an array', () => {
    const rows = [
      [0, 6, 0],
      [-8, 0, 2],
    ];
    const weighted = joined(connectors.matrix(rows), { pre: 2, post: 3 });
    expect(weighted.map(({ pre, post, weight }) => [pre, post, weight])).toEqual([
      [0, 1, 6],
      [1, 0, -8],
      [1, 2, 2],
    ]);
    const mask = joined(connectors.array({ rows: 2, columns: 3, data: [0, 1, 0, 1, 0, 1] }), {
      pre: 2,
      post: 3,
      weight: 7,
    });
    expect(mask.map(({ weight }) => weight)).toEqual([7, 7, 7]);
  });
  it('numbers views from their start', () => {
    const network = new Network();
    const a = network.population(10, cell, 'a');
    network.projection(a.slice(4, 8), a.slice(6), connectors.oneToOne(), synapses.static());
    const list = readSynapses(compile(network).image);
    expect(list.map(({ pre, post }) => [pre, post])).toEqual([
      [4, 6],
      [5, 7],
      [6, 8],
      [7, 9],
    ]);
  });
});

describe('weights and delays', () => {
  it('may be functions of the numbers of both neurons', () => {
    const list = joined(connectors.oneToOne(), {
      pre: 5,
      post: 5,
      weight: (i, j) => 10 * i + j,
      delay: (i) => i + 1,
    });
    expect(list.map(({ weight, delay }) => [weight, delay])).toEqual([
      [0, 1],
      [11, 2],
      [22, 3],
      [33, 4],
      [44, 5],
    ]);
  });
  it('may be drawn: uniform over a range, normal about a mean', () => {
    const uniform = joined(connectors.allToAll(), { pre: 100, post: 100, weight: { uniform: [3, 9] } });
    const counts = new Map<number, number>();
    for (const { weight } of uniform) counts.set(weight, (counts.get(weight) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000 / 7)).toBeLessThan(160);
    const normal = joined(connectors.allToAll(), {
      pre: 100,
      post: 100,
      weight: { normal: { mean: 100, sd: 20 } },
      delay: { uniform: [0, 5] },
    });
    const mean = normal.reduce((sum, { weight }) => sum + weight, 0) / normal.length;
    const sd = Math.sqrt(normal.reduce((sum, { weight }) => sum + (weight - mean) ** 2, 0) / normal.length);
    expect(mean).toBeCloseTo(100, -0.5);
    expect(Math.abs(sd - 20)).toBeLessThan(0.7);
    expect(new Set(normal.map(({ delay }) => delay)).size).toBe(6);
  });
});

describe('seeds', () => {
  const random = [
    connectors.fixedProbability(0.3),
    connectors.fixedNumberPre(4),
    connectors.fixedNumberPost(4, { multapses: true }),
  ];
  it('repeat, and differ from each other', () => {
    for (const connector of random) {
      const list = (seed: number) => pairs(joined(connector, { seed, weight: 3 }));
      expect(list(1)).toEqual(list(1));
      expect(list(1)).not.toEqual(list(2));
    }
  });
  it('give each projection a stream of its own', () => {
    const network = new Network({ seed: 1 });
    const a = network.population(30, cell, 'a');
    const b = network.population(30, cell, 'b');
    const c = network.population(30, cell, 'c');
    for (const post of [b, c])
      network.projection(a, post, connectors.fixedProbability(0.3), synapses.static({ weight: 3 }));
    const list = readSynapses(compile(network).image);
    const onto = (first: number) =>
      list
        .filter(({ post }) => post >= first && post < first + 30)
        .map(({ pre, post }) => `${pre} ${post - first}`);
    expect(onto(30)).not.toEqual(onto(60));
  });
  // The values themselves, so that a platform (or a change) that draws differently is found.
  it('draw these pairs', () => {
    expect(pairs(joined(connectors.fixedProbability(0.01), { seed: 42 }))).toMatchInlineSnapshot(`
      [
        "13 18",
        "13 25",
        "15 3",
        "17 24",
      ]
    `);
    expect(
      pairs(joined(connectors.fixedNumberPre(1), { seed: 42, pre: 100, post: 5 })),
    ).toMatchInlineSnapshot(`
      [
        "22 1",
        "31 0",
        "37 2",
        "46 4",
        "53 3",
      ]
    `);
  });
});

it('a fixed number of anything from a population of any size is what it says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      fc.nat({ max: 1000 }),
      fc.boolean(),
      (pre, post, draw, seed, multapses) => {
        const n = draw % (pre + 1);
        const list = joined(connectors.fixedNumberPre(n, { multapses }), { pre, post, seed, weight: 3 });
        expect(grouped(list, 'post', post)).toEqual(new Array(post).fill(n));
        if (!multapses) expect(new Set(pairs(list)).size).toBe(list.length);
      },
    ),
    { numRuns: 60 },
  );
});
