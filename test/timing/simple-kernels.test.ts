/** The kernels of `simple` where they leave the ordinary: crowded steps, many steps, lists, costs they cannot hold. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChipImage, Recording } from '../../routing/index.js';
import { cells, compile, connectors, Network, sources, synapses } from '../../src/index.js';
import { type CoreCosts, coreCosts } from '../../src/timing/core-costs.js';
import { rowFormat } from '../../src/timing/row-format.js';
import { simpleCosts } from '../../src/timing/simple-costs.js';
import { SimpleSums } from '../../src/timing/simple-sums.js';
import { BYTES, MOST_SPIKES, NIBBLES, WORDS } from '../../src/timing/simple-words.js';
import { drawFrom } from '../cores/kernels-case.js';
import { tinyImage } from '../routing/tiny-image.js';
import { randomRecording, withSenders } from './random-recording.js';
import { PEER_COSTS } from './sanafe-case.js';
import { timesBySums } from './simple-times.js';

const PS = coreCosts(PEER_COSTS).costs;
const MESH = { barrier: 1_400_000 };

/** Neuron k of so many spikes 7 k + 3 times over in step `from`, in order of neuron. */
function crowded(image: ChipImage, from: number, neurons: number, times: number): Recording {
  const recording = randomRecording(image, { seed: 3, from, steps: 2, rarity: 2 });
  const ids = Uint32Array.from({ length: neurons * times }, (_, i) => Math.floor(i / times));
  return { ...recording, spikes: { steps: new Uint32Array(ids.length).fill(from), ids, values: null } };
}

describe('the kernels of simple', () => {
  it('take a step with more spikes than they have room for', () => {
    const { image } = tinyImage({ cores: [9, 12], sources: 0, density: 0.5 });
    const recordings = [7000, 781, 780].map((times, i) => crowded(image, 1 + 2 * i, 21, times));
    expect(21 * 781).toBeGreaterThan(2 * MOST_SPIKES);
    expect(21 * 780).toBeLessThan(2 * MOST_SPIKES);
    const { times } = timesBySums(image, PS, MESH, recordings);
    expect(times[0]).toBeGreaterThan(times[1]!);
  });

  it.each([10, MOST_SPIKES])('name the first spike of %s that nobody has', (room) => {
    const { image } = tinyImage({ cores: [9, 12], sources: 0, density: 0.5 });
    const recording = crowded(image, 1, 21, 1000);
    recording.spikes.ids.set([99, 98], room + 4);
    for (const kernels of ['scalar', 'wasm'] as const) {
      const sums = new SimpleSums(image, PS, MESH, { kernels });
      expect(() => sums.time(recording, new Float64Array(2), new Int32Array(2), 0)).toThrow(/99/);
    }
  });

  it('take more steps than they have room for, and those in which nothing happens', () => {
    const { image } = tinyImage({ cores: [2, 1], sources: 0 });
    const busy = randomRecording(image, { seed: 5, from: 1, steps: 9000, rarity: 300 });
    const { times, bounds } = timesBySums(image, { ...PS, visit: 0, updateIdle: 0 }, MESH, [busy]);
    expect(times).toHaveLength(9000);
    expect(bounds.find(({ bound }) => bound.kind === 'barrier')!.steps).toBeGreaterThan(100);
  });

  // dense rows and lists of a few synapses cost amounts that have nothing in common
  it.each([
    ['nibbles where few costs differ', 5, { ...PS, synapseDense: PS.synapseSparse }, NIBBLES],
    ['bytes where some do', 5, { ...PS, synapseDense: 4 * PS.synapseSparse }, BYTES],
    ['words where many do', 5, PS, WORDS],
    ['words of few cores', 100, PS, WORDS],
  ] as const)('add %s, in several chunks', (_, coreSize, costs, kind) => {
    const network = new Network();
    const input = network.population(8, sources.poisson({ rate: 20 }), 'input');
    const all = network.population(505, cells.lif({}), 'all');
    network.projection(input, all, connectors.fixedNumberPre(3), synapses.static({ weight: 3 }));
    network.projection(all, all, connectors.fixedNumberPre(80), synapses.static({ weight: 3 }));
    const { image } = compile(network, { coreSize });
    const { rows, cores: count } = simpleCosts(image, costs, MESH);
    const format = rowFormat(rows, count, 100);
    expect(format.kind).toBe(kind);
    // between none and all in a step
    const recordings = [1, 2, 40].map((rarity, i) =>
      randomRecording(image, { seed: i, from: 1 + 20 * i, steps: 20, rarity }),
    );
    expect(recordings[0]!.spikes.ids.length / 20).toBeGreaterThan(2 * format.chunk);
    timesBySums(image, costs, MESH, recordings);
    timesBySums(withSenders(image, drawFrom(7)), costs, MESH, recordings);
  });

  it('add lists where sources reach few of many cores', () => {
    const network = new Network();
    const ring = network.population(600, cells.lif({}), 'ring');
    network.projection(ring, ring, connectors.fixedNumberPre(2), synapses.static({ weight: 3 }));
    const { image } = compile(network, { coreSize: 10 });
    const recording = randomRecording(image, { seed: 1, from: 1, steps: 40, rarity: 6 });
    timesBySums(image, PS, MESH, [recording]);
  });

  it.each<[string, Partial<CoreCosts>]>([
    ['that are no 16-bit multiples of one number', { axonIn: 70_001, synapseSparse: 1, spike: 7 }],
    ['that are all 0', { axonIn: 0, axonOut: 0, spike: 0, synapseSparse: 0, synapseDense: 0 }],
  ])('leave costs to the scalar code, or not: %s', (_, changes) => {
    const { image } = tinyImage({ cores: [9, 12], sources: 0, density: 0.5 });
    const costs = { ...PS, ...changes };
    const { kernels } = new SimpleSums(image, costs, MESH);
    expect(kernels).toBe(costs.axonIn === 0 ? 'wasm' : 'scalar');
  });
});

describe('where there is no WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('the scalar code computes', async () => {
    const { image } = tinyImage({});
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { SimpleSums: fresh } = await import('../../src/timing/simple-sums.js');
    expect(new fresh(image, PS, MESH).kernels).toBe('scalar');
  });
});
