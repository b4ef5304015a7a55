/** Lists and rows of synapses mean the same in any order and of any kind of array, and are never written to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Connector, cells, compile, connectors, imageHash, Network, synapses } from '../../src/index.js';
import { readSynapses } from './image-reader.js';
import { complaintsOf } from './violations-of.js';

const cell = cells.loihi({ vth: 1000 });
const PRE = 6;
const POST = 50;

/** Onto a view that does not begin at neuron 0. */
function network(connector: Connector, weight?: number[]): Network {
  const net = new Network();
  const p = net.population(POST + 9, cell, 'p');
  net.projection(
    p.slice(2, 2 + PRE),
    p.slice(9),
    connector,
    synapses.static(weight === undefined ? {} : { weight }),
    { label: 'x' },
  );
  return net;
}
const hashOf = (connector: Connector, weight?: number[]): string =>
  imageHash(compile(network(connector, weight), { profile: 'unlimited', coreSize: 7 }).image);

interface Row {
  readonly post: number;
  readonly weight: number;
  readonly delay: number;
}
const entry: fc.Arbitrary<Row> = fc.record({
  post: fc.nat(POST - 1),
  weight: fc.integer({ min: 1, max: 200 }),
  delay: fc.nat(30),
});
const rows = fc.array(fc.array(entry, { maxLength: 60 }), { minLength: PRE, maxLength: PRE });

function columnsOf(given: readonly (readonly Row[])[]) {
  const start = [0];
  for (const row of given) start.push(start.at(-1)! + row.length);
  const flat = given.flat();
  return {
    start,
    pre: given.flatMap((row, i) => row.map(() => i)),
    post: flat.map(({ post }) => post),
    weight: flat.map(({ weight }) => weight),
    delay: flat.map(({ delay }) => delay),
  };
}

it('gives one image, however the same synapses are given', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { start, pre, post, weight, delay } = columnsOf(given);
      const typed = {
        start: Uint32Array.from(start),
        pre: Uint32Array.from(pre),
        post: Uint32Array.from(post),
        weight: Int16Array.from(weight),
        delay: Uint8Array.from(delay),
      };
      const hash = hashOf(connectors.fromList(pre.map((i, k) => [i, post[k]!, weight[k]!, delay[k]!])));
      expect(hashOf(connectors.fromList(typed))).toBe(hash);
      expect(hashOf(connectors.fromRows(typed))).toBe(hash);
      expect(hashOf(connectors.fromRows({ start, post, weight, delay }))).toBe(hash);
      expect(hashOf(connectors.fromRows({ start, post, delay }), weight)).toBe(hash);
      // Rows from the last to the first; within a row the order counts where a pair occurs twice.
      const back = columnsOf([...given].reverse());
      const list = { ...back, pre: back.pre.map((i) => PRE - 1 - i) };
      expect(hashOf(connectors.fromList(list))).toBe(hash);
      expect(Array.from(typed.start)).toEqual(start);
      expect(Array.from(typed.post)).toEqual(post);
      expect(Array.from(typed.weight)).toEqual(weight);
      expect(Array.from(typed.delay)).toEqual(delay);
    }),
    { numRuns: 60, seed: 4 },
  );
});

it('keeps the order of a pair given twice', () => {
  const long = Array.from({ length: 40 }, (_, k) => ({ post: 39 - k, weight: 1, delay: 0 }));
  for (const filling of [[], long]) {
    const row = [{ post: 4, weight: 9, delay: 3 }, ...filling, { post: 4, weight: 5, delay: 1 }];
    const { image } = compile(network(connectors.fromRows(columnsOf([row, [], [], [], [], []]))), {
      profile: 'unlimited',
    });
    const twice = readSynapses(image).filter(({ post, weight }) => post === 9 + 4 && weight > 1);
    expect(twice.map(({ weight, delay }) => [weight, delay])).toEqual([
      [9, 3],
      [5, 1],
    ]);
  }
});

describe('rows that make no sense', () => {
  const post = [1, 2, 3, 4];
  it.each([
    [{ start: [0, 1, 4], post }, 'has 3 starts of rows, p[2:8] needs 7'],
    [{ start: [0, 1, 3, 2, 4, 4, 4], post }, 'row 3 starts at 2'],
    [{ start: [1, 1, 1, 1, 1, 1, 4], post }, 'row 0 starts at 1'],
    [{ start: [0, 0.5, 1, 1, 1, 1, 4], post }, 'row 1 starts at 0.5'],
    [{ start: [0, 1, 1, 1, 1, 1, 3], post }, 'the rows end at 3, there are 4 post neurons'],
    [
      { start: [0, 1, 1, 1, 1, 1, 4], post, weight: [1] },
      'the rows have 4 post neurons and 1 values of weight',
    ],
    [
      { start: [0, 1, 1, 1, 1, 1, 4], post, delay: [1] },
      'the rows have 4 post neurons and 1 values of delay',
    ],
    [
      { start: [0, 1, 1, 1, 1, 1, 4], post: Uint32Array.of(1, 2, 50, 3) },
      'synapse 2 names post neuron of p[9:59] 50, there are 50',
    ],
  ])('%j', (given, line) => {
    expect(complaintsOf(network(connectors.fromRows(given))).lines).toEqual([`projection x: ${line}`]);
  });
});
