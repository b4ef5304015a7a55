/** Weights as stored: the profile's rounding, exponents of every kind, and what is reported of it. */
import { describe, expect, it } from 'vitest';
import { cells, compile, connectors, Network, type StaticParameters, synapses } from '../../src/index.js';
import { readSynapses } from './image-reader.js';
import { complaintsOf } from './violations-of.js';

function network(
  weights: readonly number[],
  parameters: StaticParameters = {},
  delays?: readonly number[],
): Network {
  const net = new Network();
  const a = net.population(weights.length, cells.loihi({ vth: 100 }), 'a');
  const b = net.population(1, cells.loihi({ vth: 100 }), 'b');
  net.projection(
    a,
    b,
    connectors.fromList(weights.map((weight, i) => [i, 0, weight, delays?.[i] ?? 0] as const)),
    synapses.static(parameters),
  );
  return net;
}

const stored = (
  weights: readonly number[],
  parameters: StaticParameters = {},
  profile = 'loihi1',
): number[] =>
  readSynapses(compile(network(weights, parameters), { profile }).image).map(({ weight }) => weight);

describe('rounding', () => {
  const mixed = { signMode: 'mixed' } as const;
  // docs/semantics.md, section 4: mantissas 3, -3, -5 and -256 in mixed mode.
  it.each([
    ['nengo-loihi', [4, -4, -4, -254]],
    ['lava', [2, -4, -6, -256]],
    ['brian2loihi', [2, -2, -4, -256]],
  ])('%s', (profile, expected) => {
    expect(stored([3, -3, -5, -256], mixed, profile)).toEqual(expected);
  });

  it('loihi1 stores exactly or refuses, once for all weights', () => {
    expect(stored([254, -256, 2], mixed)).toEqual([254, -256, 2]);
    const { lines, hints } = complaintsOf(network([3, 4, 5, 300], mixed));
    expect(lines).toEqual([
      'projection a -> b: weight 3 cannot be stored with 8 bits mixed: those are multiples of 2 in -256..254 (3 of 4 weights)',
    ]);
    expect(hints[0]).toContain('signMode excitatory');
  });

  it('is reported', () => {
    const { report } = compile(network([3, -5, 1, 100], { ...mixed, weightBits: 6 }), {
      profile: 'brian2loihi',
    });
    expect(report.weights).toEqual([
      {
        projection: 'a -> b',
        synapses: 4,
        signMode: 'mixed',
        weightBits: 6,
        weightExp: 0,
        rounded: 4,
        lost: 3,
        maxError: 5,
        worstWanted: -5,
        unit: 'mantissa',
      },
    ]);
  });
});

describe('sign mode', () => {
  it('is found: one sign keeps odd mantissas', () => {
    expect(stored([1, 255, 7])).toEqual([1, 255, 7]);
    expect(stored([-1, -255])).toEqual([-1, -255]);
    expect(complaintsOf(network([1, -2])).lines).toHaveLength(1);
  });
  it('is kept when given', () => {
    expect(complaintsOf(network([-2], { signMode: 'excitatory' })).lines[0]).toContain('excitatory');
    const { formats } = compile(network([2], { signMode: 'inhibitory' }), { profile: 'lava' }).image.cores[0]!
      .synapses;
    expect(formats[0]!.signMode).toBe('inhibitory');
  });
});

describe('exponents', () => {
  it('shift left when positive', () => {
    expect(stored([3, 5], { weightExp: 7 })).toEqual([384, 640]);
  });
  it('shift each synapse right when negative, down or to the nearest', () => {
    const mixed = { signMode: 'mixed', weightExp: -3 } as const;
    expect(stored([-2, 12, 20], mixed)).toEqual([-1, 1, 2]);
    expect(stored([-2, 12, 20], mixed, 'nengo-loihi')).toEqual([0, 2, 2]);
  });
  it('shift the sum of a connection and delay under Lava', () => {
    const net = network([4, 6, 8], { weightExp: -2, signMode: 'mixed' }, [0, 3, 3]);
    const { image } = compile(net, { profile: 'lava' });
    const target = image.cores.find(({ inAxons }) => inAxons > 0)!;
    expect(
      target.synapses.formats.map(({ sumShift, shift, connection }) => [sumShift, shift, connection]),
    ).toEqual([
      [2, 0, 1],
      [2, 0, 4],
    ]);
    expect(readSynapses(image).map(({ weight, delay }) => [weight, delay])).toEqual([
      [4, 0],
      [6, 3],
      [8, 3],
    ]);
  });
  it('may differ from synapse to synapse', () => {
    const { image, report } = compile(network([3, 5, 7, 9], { weightExp: [0, 4, 0, 2] }));
    expect(readSynapses(image).map(({ weight }) => weight)).toEqual([3, 80, 7, 36]);
    expect(report.weights[0]!.weightExp).toBeNull();
  });
  it('that a mantissa and a shift cannot hold make wide synapses', () => {
    // -256 << 7 is clipped to -(2^15 - 1) units of 64.
    const { image } = compile(network([-256, 254, -2], { weightExp: 7, signMode: 'mixed' }));
    expect(readSynapses(image).map(({ weight }) => weight)).toEqual([-32_767, 254 * 128, -256]);
    expect(Array.from(image.cores[0]!.synapses.wide)).toEqual([1, 0, 0]);
  });
  it('out of range are refused, and so are widths the profile lacks', () => {
    expect(complaintsOf(network([2], { weightExp: 9 })).lines).toEqual([
      'projection a -> b: weightExp is 9; it must be an integer -8..7',
    ]);
    expect(complaintsOf(network([2], { weightBits: 7 })).lines).toEqual([
      'projection a -> b: weightBits is 7; profile loihi1 stores 1, 2, 3, 4, 5, 6, 8',
    ]);
  });
});

describe('formats', () => {
  const build = (format: 'auto' | 'sparse' | 'dense', density: number) => {
    const net = new Network();
    const a = net.population(10, cells.loihi({ vth: 100 }), 'a');
    const b = net.population(200, cells.loihi({ vth: 100 }), 'b');
    net.projection(a, b, connectors.fixedProbability(density), synapses.static({ weight: 3, format }));
    const { image } = compile(net);
    const { formats, format: of } = image.cores[0]!.synapses;
    return { kinds: [...new Set(Array.from(of, (f) => formats[f]!.kind))], image };
  };
  it('are dense where that takes less memory, else sparse', () => {
    expect(build('auto', 1).kinds).toEqual(['dense']);
    expect(build('auto', 0.1).kinds).toEqual(['sparse']);
    expect(build('sparse', 1).kinds).toEqual(['sparse']);
    expect(build('dense', 0.1).kinds).toEqual(['dense']);
  });
  it('hold the same synapses', () => {
    const list = (format: 'auto' | 'sparse' | 'dense') =>
      readSynapses(build(format, 0.6).image).map(({ pre, post, weight }) => `${pre} ${post} ${weight}`);
    expect(list('dense')).toEqual(list('sparse'));
    expect(list('auto')).toEqual(list('sparse'));
  });
  it('dense rows have one delay', () => {
    const { lines } = complaintsOf(network([2, 4], { format: 'dense' }, [0, 1]));
    expect(lines).toEqual(['projection a -> b: dense rows have one delay, its synapses have several']);
  });
});

describe('refuses', () => {
  it('delays that are none, and columns of the wrong length', () => {
    expect(complaintsOf(network([2], { delay: 63 })).lines[0]).toContain('delay 63 must be an integer 0..62');
    expect(complaintsOf(network([2], { delay: 0.5 })).lines[0]).toContain('delay 0.5');
    expect(complaintsOf(network([2], { weight: [1, 2, 3] })).lines).toEqual([
      'projection a -> b: weight has 3 values for 1 synapses',
    ]);
    expect(complaintsOf(network([2], { weight: { uniform: [0.5, 3] } })).lines[0]).toContain(
      'needs integers',
    );
    expect(complaintsOf(network([Number.NaN]), { profile: 'lava' }).lines[0]).toContain('is not a number');
  });
});
