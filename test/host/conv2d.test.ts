/** A convolution equals the same synapses written out, whatever its stride and padding and however it is split. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Conv2dConnector,
  cells,
  compile,
  connectors,
  LOIHI1,
  Network,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';
import { readSynapses, readUse } from './image-reader.js';

const parameters = fc
  .record({
    channels: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 3, max: 7 }),
    width: fc.integer({ min: 3, max: 7 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    kernelHeight: fc.integer({ min: 1, max: 3 }),
    kernelWidth: fc.integer({ min: 1, max: 3 }),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    padding: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })),
  })
  .chain((shape) => {
    const size = shape.outputs * shape.channels * shape.kernelHeight * shape.kernelWidth;
    const weight = fc.integer({ min: -30, max: 30 }).map((k) => 2 * k);
    return fc.array(weight, { minLength: size, maxLength: size }).map((data) => ({
      connector: connectors.conv2d({
        inputShape: [shape.channels, shape.height, shape.width],
        kernel: { shape: [shape.outputs, shape.channels, shape.kernelHeight, shape.kernelWidth], data },
        stride: shape.stride,
        padding: shape.padding,
      }),
      ...shape,
      data,
    }));
  });

/** The definition, output by output. */
function naive(c: Conv2dConnector): [number, number, number][] {
  const [channels, height, width] = c.inputShape;
  const [outputs, outHeight, outWidth] = c.outputShape;
  const list: [number, number, number][] = [];
  for (let o = 0; o < outputs; o++)
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++)
        for (let i = 0; i < channels; i++)
          for (let ky = 0; ky < c.kernelHeight; ky++)
            for (let kx = 0; kx < c.kernelWidth; kx++) {
              const iy = y * c.stride[0] + ky - c.padding[0];
              const ix = x * c.stride[1] + kx - c.padding[1];
              if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
              const weight = c.kernel[((o * channels + i) * c.kernelHeight + ky) * c.kernelWidth + kx]!;
              list.push([(i * height + iy) * width + ix, (o * outHeight + y) * outWidth + x, weight]);
            }
  return list;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b);

function build(connector: Conv2dConnector, dense: boolean): Network {
  const network = new Network();
  const inputs = sizeOf(connector.inputShape);
  const trains = Array.from({ length: inputs }, (_, i) => [1 + (i % 5), 7 + ((3 * i) % 7)]);
  const input = network.population(inputs, sources.spikeArray({ steps: trains }), 'input');
  const output = network.population(
    sizeOf(connector.outputShape),
    cells.loihi({ vth: 40, du: 1000, dv: 300 }),
    'output',
  );
  const connect = dense
    ? connectors.fromList(naive(connector).filter(([, , weight]) => weight !== 0))
    : connector;
  network.projection(input, output, connect, synapses.static({ signMode: 'mixed' }));
  network.probe(output, ['u', 'v', 'spikes']);
  return network;
}

it('has the synapses of the definition', () => {
  fc.assert(
    fc.property(parameters, fc.constantFrom(4, 11, 1024), ({ connector }, coreSize) => {
      const { image } = compile(build(connector, false), { coreSize });
      const inputs = sizeOf(connector.inputShape);
      const key = (list: readonly number[]) => list.join(' ');
      const held = readSynapses(image).map(({ pre, post, weight }) => key([pre, post - inputs, weight]));
      const wanted = naive(connector).filter(([, , weight]) => weight !== 0);
      expect(held.sort()).toEqual(wanted.map(key).sort());
    }),
    { numRuns: 60 },
  );
});

it('runs as the same synapses written out', async () => {
  await fc.assert(
    fc.asyncProperty(parameters, fc.constantFrom(5, 1024), async ({ connector, data }, coreSize) => {
      fc.pre(data.some((weight) => weight !== 0));
      const shared = await simulate(build(connector, false), { steps: 20, coreSize });
      const dense = await simulate(build(connector, true), { steps: 20, coreSize: 1024 });
      expect(shared.spikes).toEqual(dense.spikes);
      expect(shared.traces).toEqual(dense.traces);
    }),
    { numRuns: 25 },
  );
});

describe('sharing', () => {
  const data = Array.from({ length: 8 * 4 * 9 }, (_, k) => 2 * ((k * 7) % 50) - 50 || 2);
  const connector = connectors.conv2d({
    inputShape: [4, 16, 16],
    kernel: { shape: [8, 4, 3, 3], data },
    padding: 1,
  });

  it('stores a kernel once, for two out-axon slots a source', () => {
    const network = new Network();
    const a = network.population(4 * 256, cells.loihi({ vth: 100 }), 'a');
    const b = network.population(8 * 256, cells.loihi({ vth: 100 }), 'b');
    network.projection(a, b, connector, synapses.static());
    const { image } = compile(network);
    const [first] = image.cores;
    // Every neuron of a is on core 0 and reaches both cores of b.
    expect(image.cores).toHaveLength(3);
    expect(first!.used.outAxonSlots).toBe(1024 * 2 * 2);
    for (const core of image.cores.slice(1)) {
      const held = core.synapses.count.reduce((sum, n) => sum + n, 0);
      expect(held).toBe(core.used.synapses);
      expect(core.synapses.words.length).toBeLessThan(held / 20);
      expect(readUse(image, core).synapseBits).toBe(core.used.synapseBits);
    }
  });

  it('is split where its lists no longer fit the memory', () => {
    const limits = { ...LOIHI1.limits, synapseBitsPerCore: 6_000 };
    const profile = { ...LOIHI1, name: 'small memory', limits };
    const network = new Network();
    const a = network.population(4 * 256, sources.regular({ period: 3 }), 'a');
    const b = network.population(8 * 256, cells.loihi({ vth: 100 }), 'b');
    network.projection(a, b, connector, synapses.static());
    const { image, report } = compile(network, { profile });
    expect(image.cores.length).toBeGreaterThan(3);
    expect(report.splits.some(({ reason }) => reason === 'synapseBits')).toBe(true);
    for (const core of image.cores) expect(readUse(image, core).synapseBits).toBeLessThanOrEqual(6_000);
  });
});

it('refuses shapes that do not fit', () => {
  const kernel = { shape: [1, 2, 3, 3] as const, data: new Array(18).fill(1) };
  expect(() => connectors.conv2d({ inputShape: [3, 8, 8], kernel })).toThrow('takes 2 channels');
  expect(() => connectors.conv2d({ inputShape: [2, 2, 2], kernel })).toThrow('larger than the padded input');
  expect(() => connectors.conv2d({ inputShape: [2, 8, 8], kernel, stride: 0 })).toThrow('stride');
  expect(() =>
    connectors.conv2d({ inputShape: [2, 8, 8], kernel: { shape: [1, 2, 3, 3], data: [1] } }),
  ).toThrow('has 1 values');
});
