/** Edges between groups are those that loops over the definition make, and the fast readers read what YAML does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scanEdgeLines } from '../../src/sanafe/edge-lines.js';
import { readSanafeYaml } from '../../src/sanafe/network-yaml.js';
import { scanNumberLists } from '../../src/sanafe/number-lists.js';

const network = (from: number, to: number, edge: string) =>
  readSanafeYaml(
    `network:\n  groups:\n    - {name: a, neurons: [0..${from - 1}]}\n    - {name: b, neurons: [0..${to - 1}]}\n  edges:\n    - a -> b: ${edge}\nmappings:\n  - a: {core: 0.0}\n  - b: {core: 0.0}\n`,
    'net.yaml',
  );

const edgesOf = (...args: Parameters<typeof network>): string[] => {
  const { pre, post, weight } = network(...args).edges;
  return Array.from(pre, (a, e) => `${a} -> ${post[e]}: ${weight[e]! / 64}`);
};

it('dense: weight i x targets + j', () => {
  expect(edgesOf(2, 3, '{type: dense, weight: [1, 2, 3, 4, 5, 6]}')).toEqual([
    '0 -> 2: 1',
    '0 -> 3: 2',
    '0 -> 4: 3',
    '1 -> 2: 4',
    '1 -> 3: 5',
    '1 -> 4: 6',
  ]);
});

it('sparse: a weight a pair', () => {
  expect(
    edgesOf(2, 3, '{type: sparse, source_target_pairs: [[1, 0], [0, 2], [1, 0]], weight: [7, -8, 9]}'),
  ).toEqual(['1 -> 2: 7', '0 -> 4: -8', '1 -> 2: 9']);
});

it('conv2d: channels first in neurons, last in kernels', () => {
  const [height, width, channels, kernelHeight, kernelWidth, kernels, strideY, strideX] = [
    5, 4, 2, 3, 2, 3, 2, 1,
  ];
  const weights = Array.from({ length: kernelHeight * kernelWidth * channels * kernels }, (_, k) => k + 1);
  const [outHeight, outWidth] = [2, 3];
  const expected: string[] = [];
  for (let c = 0; c < channels; c++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let k = 0; k < kernels; k++)
          for (let y = 0; y < outHeight; y++)
            for (let x = 0; x < outWidth; x++) {
              const [ky, kx] = [row - y * strideY, column - x * strideX];
              if (ky < 0 || ky >= kernelHeight || kx < 0 || kx >= kernelWidth) continue;
              const source = c * height * width + row * width + column;
              const target = 40 + k * outHeight * outWidth + y * outWidth + x;
              const weight =
                weights[ky * kernelWidth * channels * kernels + kx * channels * kernels + c * kernels + k];
              expected.push(`${source} -> ${target}: ${weight}`);
            }
  const sizes = `input_height: 5, input_width: 4, input_channels: 2, kernel_height: 3, kernel_width: 2, kernel_count: 3, stride_height: 2, stride_width: 1`;
  const made = edgesOf(40, 18, `{type: conv2d, ${sizes}, weight: [${weights}]}`);
  expect(made.sort()).toEqual(expected.sort());
  const old = sizes
    .replace('kernel_height', 'filter_height')
    .replace('kernel_width', 'filter_width')
    .replace('kernel_count', 'filters');
  expect(edgesOf(40, 18, `{type: conv2d, ${old}, weight: [${weights}]}`).sort()).toEqual(expected.sort());
});

it.each([
  [
    '{type: conv2d, input_height: 2, input_width: 2, input_channels: 1, kernel_height: 3, kernel_width: 1, kernel_count: 1, weight: [1, 1, 1]}',
    /the kernel is larger than its input/,
  ],
  [
    '{type: conv2d, input_height: 2, input_width: 2, input_channels: 1, kernel_height: 2, kernel_width: 2, kernel_count: 1, weight: [1, 1, 1, 1]}',
    /group b has 3 neurons, the convolution needs 1 x 1 x 1 = 1/,
  ],
  ['{type: conv2d, weight: [1]}', /edge a -> b has no input_height/],
  ['{type: sparse, source_target_pairs: [[0, 5]], weight: [1]}', /group b has no neuron 5/],
  ['{type: sparse, source_target_pairs: [[0]], weight: [1]}', /source_target_pairs\[0\]: expected a pair/],
  ['{type: sparse, source_target_pairs: 3, weight: [1]}', /expected a list of pairs, got "3"/],
  ['{type: sparse, weight: [1]}', /edge a -> b has no source_target_pairs/],
])('refuses %s', (edge, says) => {
  expect(() => network(4, 3, edge)).toThrow(says);
});

describe('the fast reader of number lists', () => {
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const list = fc.oneof(
    fc.array(number, { minLength: 60, maxLength: 200 }),
    fc.array(fc.tuple(number, number), { minLength: 40, maxLength: 100 }),
  );

  it('reads what the parser reads, and leaves everything else where it was', () => {
    fc.assert(
      fc.property(list, fc.constantFrom('', ' ', '\n  '), (values, space) => {
        const text = JSON.stringify(values).replaceAll(',', `,${space}`);
        const whole = `before: [1, 2]\nlist: ${text}\nafter: x`;
        const scanned = scanNumberLists(whole);
        const { before, list: word, after } = parse(scanned.rest.toString());
        expect([before, after]).toEqual([[1, 2], 'x']);
        for (const key of ['before', 'list', 'after'])
          expect(scanned.rest.origin(scanned.rest.toString().indexOf(key))).toBe(whole.indexOf(key));
        expect(scanned.rest.origin(scanned.rest.toString().indexOf(word))).toBe(whole.indexOf(text));
        const found = scanned.listOf(word)!;
        expect(Array.from(found.values)).toEqual((values as number[][]).flat().map((x) => x + 0 || 0));
        expect(found.width).toBe(Array.isArray(values[0]) ? 2 : 1);
      }),
    );
  });

  it.each([
    [`[${'[1, 2], '.repeat(40)}[3]]`, 0],
    [`[${'[1, 2], '.repeat(40)}3]`, 0],
    [`[${'1, '.repeat(80)}[3, 4]]`, 0],
  ])('knows lists that are no rows: %s', (text, width) => {
    const scanned = scanNumberLists(text);
    expect(scanned.listOf(scanned.rest.toString())?.width).toBe(width);
  });

  it('leaves lists alone that hold anything else', () => {
    const text = `[${'1, '.repeat(80)}x]`;
    expect(scanNumberLists(text).rest.toString()).toBe(text);
    const deep = `[${'[[1]], '.repeat(80)}[[1]]]`;
    expect(scanNumberLists(deep).rest.toString()).toBe(deep);
  });
});

it('the fast reader of edge lines reads what the parser would', () => {
  const lines = Array.from(
    { length: 200 },
    (_, e) => `    - a.${e % 4} -> b.${e % 3}: {weight: ${e - 100}.5}`,
  );
  const text = `network:\n  groups:\n    - {name: a, neurons: [0..3]}\n    - {name: b, neurons: [0..2]}\n  edges:\n${lines.join('\n')}\nmappings:\n  - a: {core: 0.0}\n  - b: {core: 0.0}\n`;
  expect(scanEdgeLines(text).edges).toHaveLength(200);
  const { pre, post, weight } = readSanafeYaml(text, 'net.yaml').edges;
  const slow = readSanafeYaml(
    text.replaceAll('{weight', '{ synapse: {weight').replaceAll('.5}', '.5}}'),
    'net.yaml',
  ).edges;
  expect([pre, post, weight]).toEqual([slow.pre, slow.post, slow.weight]);
  const wrong = text.replace('a.3 -> b.0', 'a.3 -> b.9');
  expect(() => readSanafeYaml(wrong, 'net.yaml')).toThrow(/^net\.yaml:9:7: group b has no neuron 9/);
});
