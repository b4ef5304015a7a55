import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { networkFromText } from '../../src/netfile/network-from-text.js';
import { GOOD_NETWORKS } from './corpus.js';

const read = (value: unknown) => networkFromText(JSON.stringify(value), 'net.json');
const generated = () => read(GOOD_NETWORKS.generated).network;

/** What a network is, without the classes that refer to each other. */
function told({ network, profile, steps }: ReturnType<typeof read>): unknown {
  return structuredClone({
    label: network.label,
    dt: network.dt,
    seed: network.seed,
    profile,
    steps,
    populations: network.populations.map(({ label, size, cell, placements }) => ({
      label,
      size,
      cell,
      placements,
    })),
    projections: network.projections.map(({ label, pre, post, connector, synapse }) => ({
      label,
      pre: pre.label,
      post: post.label,
      connector,
      synapse,
    })),
    probes: network.probes.map(({ population, variables, neurons, from, to, every }) => ({
      population: population.label,
      variables,
      neurons,
      from,
      to,
      every,
    })),
  });
}

describe('network files', () => {
  it.each(Object.entries(GOOD_NETWORKS))('%s is the same network in JSON and in YAML', (_, value) => {
    expect(told(networkFromText(stringify(value), 'net.yaml'))).toEqual(told(read(value)));
  });

  it('reads what is about the whole', () => {
    const { network, profile, steps } = read(GOOD_NETWORKS.generated);
    expect([network.label, network.dt, network.seed, profile, steps]).toEqual([
      'generated',
      0.5,
      7,
      'unlimited',
      100,
    ]);
  });

  it("a seed of the caller's goes before the file's", () => {
    expect(
      networkFromText(JSON.stringify(GOOD_NETWORKS.generated), 'net.json', { seed: 9 }).network.seed,
    ).toBe(9);
  });

  it('reads cells of every type', () => {
    const cells = new Map(generated().populations.map(({ label, cell }) => [label, cell]));
    expect(cells.get('poisson')).toEqual({ kind: 'poisson', level: 20, unit: 'Hz', start: 2, stop: 90 });
    expect(cells.get('coins')).toMatchObject({ kind: 'poisson', level: [0.25, 1], unit: 'probability' });
    expect(cells.get('clock')).toEqual({ kind: 'regular', period: [3, 0, 5, 7], phase: 2, stop: 50 });
    expect(cells.get('given')).toMatchObject({ kind: 'spikeArray', trains: [[1, 5, 9], []], unit: 'steps' });
    expect(cells.get('timed')).toMatchObject({ kind: 'spikeArray', trains: [[0.5, 12]], unit: 'ms' });
    expect(cells.get('listed')).toMatchObject({
      kind: 'spikeArray',
      events: { neurons: [0, 2], times: [4, 1] },
    });
    expect(cells.get('exc')).toMatchObject({
      kind: 'loihi',
      parameters: {
        du: 409,
        dv: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        noise: { target: 'voltage', exp: 3 },
        reset: { mode: 'value', value: 7 },
      },
    });
    expect(cells.get('map')).toMatchObject({ kind: 'lif', parameters: { tau_m: 20, I: 1.5 } });
    expect(cells.get('map')).not.toHaveProperty('parameters.type');
  });

  it('reads connectors of every type, and synapses', () => {
    const projections = generated().projections;
    expect(projections.map(({ connector }) => connector.kind)).toEqual(
      'oneToOne oneToOne allToAll fixedProbability fixedNumberPre fixedNumberPost list matrix matrix conv2d'.split(
        ' ',
      ),
    );
    expect(projections[0]!.synapse).toEqual({ kind: 'static', weight: 12, delay: 3 });
    expect(projections[1]!.synapse).toMatchObject({ weight: { uniform: [1, 9] } });
    expect(projections[3]!.connector).toMatchObject({ probability: 0.5, allowSelf: false });
    expect(projections[4]!.connector).toMatchObject({ n: 2, multapses: true });
    expect(projections[6]!.synapse).toMatchObject({ weightExp: [0, 1], signMode: 'mixed', format: 'sparse' });
    expect(projections[9]!.connector).toMatchObject({ outputShape: [2, 2, 2], kernelHeight: 2 });
    expect(projections[9]!.synapse).toMatchObject({ weight: { normal: { mean: 1, sd: 0.5 } }, unit: 'mV' });
  });

  it('reads views, labels, placement and probes', () => {
    const network = generated();
    const [, view, clock] = network.projections;
    expect([view!.post.from, view!.post.to, clock!.label]).toEqual([0, 2, 'clock']);
    expect(network.populations.find(({ label }) => label === 'exc')!.placements).toHaveLength(2);
    expect(network.probes.map(({ variables, every }) => ({ variables, every }))).toEqual([
      { variables: ['spikes', 'v'], every: 2 },
      { variables: ['spikes'], every: 1 },
    ]);
    expect(Array.from(network.probes[1]!.neurons)).toEqual([0, 1, 2, 3]);
  });

  it('makes two populations of an explicit network', () => {
    const { network, neuronNames } = read(GOOD_NETWORKS.explicit);
    expect(network.populations.map(({ label, size }) => [label, size])).toEqual([
      ['inputs', 1],
      ['neurons', 2],
    ]);
    expect(Object.fromEntries(neuronNames)).toEqual({ inputs: ['in'], neurons: ['a', '2'] });
    expect(network.populations[1]!.cell).toMatchObject({
      kind: 'loihi',
      parameters: {
        vthMant: Float64Array.of(10, 4),
        bias: Float64Array.of(128, 6),
        refract: Float64Array.of(2, 1),
        vmin: Float64Array.of(0, -8388607),
        v0: Float64Array.of(1, 0),
      },
    });
    expect(
      network.projections.map(({ connector, synapse }) => ({ connector, weightExp: synapse.weightExp })),
    ).toEqual([
      { connector: { kind: 'list', pre: [0], post: [0], weights: [64], delays: [2] }, weightExp: 0 },
      {
        connector: { kind: 'list', pre: [0, 0], post: [1, 1], weights: [-3, 4], delays: [0, 1] },
        weightExp: [0, 2],
      },
    ]);
  });

  it('finds explicit neurons by name in probes and projections', () => {
    const { network } = read({
      neurons: [
        { name: 'in', spikes: [1] },
        { name: 'a', vth: 1 },
        { name: 'b c', vth: 1 },
      ],
      synapses: [['in', 'b c', 9]],
      probes: [{ population: 'b c', record: ['v'] }, { population: 'neurons' }],
    });
    expect(network.probes.map(({ population, neurons }) => [population.label, Array.from(neurons)])).toEqual([
      ['neurons', [1]],
      ['neurons', [0, 1]],
    ]);
  });

  it('says where in the file a part is', () => {
    const file = networkFromText(
      'populations:\n  a: { size: 2, cell: { type: loihi, vth: 1 } }\nprojections:\n  - { pre: a, post: a, connector: allToAll }\n',
      'net.yaml',
    );
    expect(file.locate('population a')).toBe('net.yaml:2:3');
    expect(file.locate('projection a -> a')).toBe('net.yaml:4:5');
    expect(file.locate('network network')).toBe('net.yaml:1:1');
    expect(file.locate('population b')).toBeUndefined();
  });

  it('reads a hundred thousand explicit synapses in a moment', () => {
    const n = 1000;
    const synapses = Array.from({ length: 100_000 }, (_, i) => [i % n, (i * 7) % n, (i % 127) * 2, i % 8]);
    const text = JSON.stringify({ neurons: Array.from({ length: n }, () => ({ vth: 100 })), synapses });
    const start = performance.now();
    const { network } = networkFromText(text, 'big.json');
    expect(network.projections[0]!.connector).toMatchObject({ kind: 'list' });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
