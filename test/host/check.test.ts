/** Networks that make no sense: every fault named, all at once. */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, Network, SeamountError, sources, synapses } from '../../src/index.js';
import { complaintsOf } from './violations-of.js';

const cell = cells.loihi({ vth: 1 });
const thrown = (f: () => unknown): SeamountError => {
  try {
    f();
  } catch (error) {
    if (error instanceof SeamountError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('while building', () => {
  it('throws E_USAGE for what cannot be at all', () => {
    const net = new Network({ label: 'one' });
    const p = net.population(3, cell, 'p');
    const errors = [
      thrown(() => net.population(0, cell, 'none')),
      thrown(() => new Network({ dt: 0 })),
      thrown(() => new Network({ seed: -1 })),
      thrown(() => p.slice(1, 4)),
      thrown(() => new Network({ label: 'two' }).projection(p, p, connectors.oneToOne(), synapses.static())),
      thrown(() => new Network({ label: 'two' }).probe(p)),
      thrown(() => connectors.fromList([[0, 1, 2], [0, 1] as never])),
      thrown(() => connectors.matrix([[1], [1, 2]])),
    ];
    expect(errors.map(({ code }) => code)).toEqual(errors.map(() => 'E_USAGE'));
    expect(errors[0]!.message).toBe('population none: size 0 must be a positive integer');
    expect(errors[4]!.message).toBe('population p belongs to network one, not to two');
  });
});

describe('while compiling', () => {
  it('refuses at once what no memory holds', () => {
    const net = new Network({ label: 'huge' });
    net.population(300_000_000, cell, 'a');
    const { code, message } = thrown(() => compile(net));
    expect(code).toBe('E_CAPACITY');
    expect(message).toBe(
      'network huge: has 300000000 neurons, an emulated chip has room for 67108864 at most',
    );
  });

  it('collects everything', () => {
    const net = new Network({ dt: 1, label: 'bad' });
    const a = net.population(10, cell, 'a');
    const twin = net.population(4, cell, 'a');
    const src = net.population(3, sources.poisson({ rate: 2000 }), 'src');
    net.projection(a, src, connectors.oneToOne(), synapses.static());
    net.projection(a, twin, connectors.oneToOne(), synapses.static(), { label: 'x' });
    net.projection(a, a, connectors.fixedProbability(1.5), synapses.static(), { label: 'y' });
    net.projection(a, a, connectors.fixedNumberPre(11), synapses.static(), { label: 'z' });
    net.projection(a, a, connectors.fromList([[0, 10]]), synapses.static(), { label: 'l' });
    net.projection(a, twin, connectors.matrix([[1, 2]]), synapses.static(), { label: 'm' });
    net.probe(src, ['v']);
    net.probe(a, ['spikes'], { neurons: [10], from: 0, every: 0, to: -1 });
    const { code, lines } = complaintsOf(net);
    expect(code).toBe('E_INPUT');
    expect(lines).toEqual([
      'population a: 2 populations have this label',
      'population src: rate 2000 Hz is not 0..1000 Hz, one spike a step of 1 ms',
      'projection a -> src: ends at src, which is a spike source',
      'projection a -> src: joins 10 neurons one to one with 3',
      'projection x: joins 10 neurons one to one with 4',
      'projection y: probability is 1.5; it must be 0..1',
      'projection z: draws 11 of 10 pre neurons',
      'projection l: synapse 0 names post neuron of a[0:10] 10, there are 10',
      'projection m: the matrix is 1 x 2, pre x post are 10 x 4',
      'probe of src: a spike source has no u and v, only spikes',
      'probe of a: neuron 10 is not one of its 10',
      'probe of a: from is 0; the first step is 1',
      'probe of a: to is -1; it must be 0 (to the end) or a step from 0 on',
      'probe of a: every is 0; it must be 1 or more steps',
    ]);
  });

  it('wants neurons, and a profile that exists', () => {
    const net = new Network({ label: 'empty' });
    net.population(1, sources.regular({ period: 2 }), 'src');
    expect(complaintsOf(net).lines).toEqual(['network empty: has no neurons for a chip']);
    const error = thrown(() => complaintsOf(net, { profile: 'loihi3' }));
    expect([error.code, error.message]).toEqual(['E_USAGE', 'there is no profile loihi3']);
    expect(error.hint).toContain('loihi1, nengo-loihi, lava');
    expect(thrown(() => complaintsOf(net, { coreSize: 0 })).code).toBe('E_USAGE');
  });

  it('finds bad spikes of sources', () => {
    const lines = (parameters: Parameters<typeof sources.spikeArray>[0]) => {
      const net = new Network();
      net.population(1, cell, 'p');
      net.population(2, sources.spikeArray(parameters), 'src');
      return complaintsOf(net).lines;
    };
    expect(lines({ steps: [[1]] })[0]).toContain('1 spike trains for 2 neurons');
    expect(lines({ steps: [[1], [0]] })[0]).toContain('neuron 1: spike step 0');
    expect(lines({ times: [[1], [-2]] })[0]).toContain('neuron 1: spike time -2 ms');
    expect(lines({ neurons: [0, 2], steps: [1, 1] })[0]).toContain('spike 1 is of neuron 2');
    expect(lines({ neurons: [0], steps: [1, 1] })[0]).toContain('1 neurons and 2 steps');
    expect(lines({ steps: [[1], [2.5]] })[0]).toContain('spike step 2.5');
    expect(lines({ steps: [[1], []] })).toEqual([]);
  });

  it('finds more synapses than can be', () => {
    const net = new Network();
    const p = net.population(100_000, cell, 'p');
    net.projection(p, p, connectors.allToAll(), synapses.static());
    expect(complaintsOf(net, { profile: 'unlimited' }).lines[0]).toContain('would have 10000000000 synapses');
  });
});
