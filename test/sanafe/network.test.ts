/** Networks in YAML: what becomes of their parts, and every reason to refuse one. */
import { describe, expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { LOIHI_YAML } from './golden.js';
import { complaints, load, PAIR } from './networks.js';

const change = (from: string | RegExp, to: string): string => {
  expect(PAIR).toMatch(from);
  return PAIR.replace(from, to);
};

describe('a pair of groups', () => {
  const { image, neuronNames, logged, notices } = load(PAIR);

  it('keeps names, ids and places', () => {
    expect(neuronNames).toEqual(['in.0', 'in.1', 'out.0', 'out.1', 'out.2']);
    expect(logged).toEqual([true, true, false, false, false]);
    expect(notices).toEqual([]);
    expect(image.cores.map(({ tileX, tileY, slot, n }) => [tileX, tileY, slot, n])).toEqual([[0, 0, 1, 3]]);
    expect(image.populations.map(({ label, kind, firstId, size }) => [label, kind, firstId, size])).toEqual([
      ['in', 'source', 0, 2],
      ['out', 'cells', 2, 3],
    ]);
    expect(image.sources.senders).toMatchObject({
      places: [{ tileX: 0, tileY: 0, slot: 0 }],
      core: Uint32Array.of(1, 1),
      visit: Uint32Array.of(0, 0),
    });
  });

  it('programs what the neurons say over what their group says', () => {
    const { biasMant, biasExp, vthMant, dv } = image.cores[0]!.compartments;
    expect({ biasMant, biasExp, vthMant, dv }).toEqual({
      biasMant: Int32Array.of(1, 1, 2),
      biasExp: 6,
      vthMant: 3,
      dv: Int32Array.of(0, 0, 2048),
    });
  });

  it('has one in-axon a source and core', () => {
    expect(image.sources.core).toEqual(Uint32Array.of(0, 0));
    expect(image.cores[0]!.outAxons.start).toEqual(Uint32Array.of(0, 1, 2, 3));
    expect(image.cores[0]!.inAxons).toBe(5);
    expect(image.cores[0]!.used.synapses).toBe(11);
  });

  it('spikes at its list and at multiples of its period', async () => {
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { spikes } = await chip.run(12);
    const of = (id: number) => [...spikes.steps].filter((_, i) => spikes.ids[i] === id);
    expect(of(0)).toEqual([1, 3]);
    expect(of(1)).toEqual([4, 8, 12]);
  });

  it('has periods beyond any run, not what is left of them in 32 bits', () => {
    const rare = load(change('rate: 0.25', `rate: ${1 / (2 ** 32 + 5)}`)).image;
    expect(rare.schedules[1]).toMatchObject({ kind: 'regular', periods: Uint32Array.of(0, 2 ** 31 - 1) });
  });
});

it('core 0.10 is not core 0.1', () => {
  const wide = LOIHI_YAML.replace('core[0..3]', 'core[0..10]');
  const { image } = load(change('core: 0.1', 'core: 0.10'), wide);
  expect(image.cores[0]!.slot).toBe(10);
});

it('neurons of a core are visited in the order of their mapping', () => {
  const { image } = load(
    change(
      '  - out: [core: 0.1, soma: loihi_lif]\n',
      '  - out.2: {core: 0.1}\n  - out.0..1: {core: 0.1}\n',
    ).replace('  - in.0: {core: 0.0', '  - in.0: {core: 0.1'),
  );
  expect(image.populations.find(({ label }) => label === 'out')!.slices).toEqual([
    { core: 0, compartment: 1, neuron: 0, count: 2 },
    { core: 0, compartment: 0, neuron: 2, count: 1 },
  ]);
});

it('an input neuron is visited after the compartments mapped before it', () => {
  const moved = PAIR.replace('core: 0.0', 'core: 0.1')
    .replace(/ {2}- out: .*\n/, '')
    .replace('mappings:\n', 'mappings:\n  - out.1..2: {core: 0.1}\n');
  const { image } = load(`${moved}  - out.0: {core: 0.1}\n`);
  expect(image.sources.senders).toMatchObject({ core: Uint32Array.of(0, 1), visit: Uint32Array.of(2, 0) });
});

it('a group of inputs and others is as many populations, with one row of ids', () => {
  const mixed = change('soma: loihi_lif]', 'soma: loihi_lif]')
    .replace('- 0..1\n', '- 0\n        - 1: {spikes: [1]}\n')
    .replace(
      '- out: [core: 0.1, soma: loihi_lif]',
      '- out.0: {core: 0.1}\n  - out.1: {core: 0.1, soma: "loihi_inputs[0]"}\n  - out.2: {core: 0.1}',
    )
    .replace(/ {4}- out -> out.*\n/, '');
  const { image } = load(mixed);
  expect(image.populations.map(({ label, kind, firstId }) => [label, kind, firstId])).toEqual([
    ['in', 'source', 0],
    ['out.0', 'cells', 2],
    ['out.1', 'source', 3],
    ['out.2', 'cells', 4],
  ]);
});

it.each([
  [
    '0.99975585937',
    1,
    /^leak_decay 0\.99975585937 is taken for 4095\/4096, which is 5\.00e-12 more: .* \(1 of 5 neurons\)$/,
  ],
  ['0.9', 410, /^leak_decay 0\.9 is taken for 3686\/4096, which is 9\.77e-5 less/],
] as const)('a leak of %s is taken for the nearest 4096th, which is said', (leak, dv, says) => {
  const { notices, image } = load(change('leak_decay: 0.5', `leak_decay: ${leak}`));
  expect(image.cores[0]!.compartments.dv).toEqual(Int32Array.of(0, 0, dv));
  expect(notices).toEqual([expect.stringMatching(says)]);
});

it('weights beyond a mantissa, and fractions without a leak, are kept exactly', () => {
  const { image, notices } = load(change('w: 5', 'w: 100000').replace('[weight: 2]', '[weight: 2.25]'));
  expect(notices).toEqual([expect.stringMatching(/^1 neurons have fractional weights/)]);
  expect(image.cores[0]!.compartments.vthMant).toEqual(Int32Array.of(12, 3, 3));
});

it('events go to the counter of the synapse unit, whatever the storage', () => {
  const { image } = load(change('soma: loihi_lif]', 'soma: loihi_lif, synapse: loihi_conv_synapse]'));
  const { formats } = image.cores[0]!.synapses;
  expect(formats.map(({ kind, events }) => events ?? kind)).toEqual(formats.map(() => 'conv'));
});

it('neurons that are not mapped are told by group', () => {
  expect(complaints(change('  - out: [', '  - out.1: ['))).toMatch(
    /^net\.yaml:\d+:\d+: neuron out\.0 and 1 more of its group are not mapped to a core$/,
  );
});

describe('refuses', () => {
  it.each([
    ['no groups', /groups:[\s\S]*edges:/, 'edges:', /the network has no groups/],
    ['no mappings', /mappings:[\s\S]*/, '', /the file has no mappings/],
    [
      'a neuron that is not mapped',
      /.*- in\.1: .*core.*\n/,
      '',
      /net.yaml:\d+:\d+: neuron in.1 is not mapped/,
    ],
    [
      'a neuron mapped twice',
      'mappings:\n',
      'mappings:\n  - in.0: {core: 0.3, soma: "loihi_inputs[9]"}\n',
      /neuron in.0 is mapped already/,
    ],
    ['a group twice', 'name: out', 'name: in', /there is a group in already/],
    ['an unknown group', 'in.0 -> out.0', 'inn.0 -> out.0', /there is no group inn/],
    ['an unknown neuron', 'in.0 -> out.0', 'in.7 -> out.0', /group in has no neuron 7, it has 2/],
    ['a neuron to a group', 'in.0 -> out.0', 'in.0 -> out', /not a neuron and a group/],
    ['no arrow', 'in.0 -> out.0', 'in.0 to out.0', /expected "a.0 -> b.1"/],
    ['an unknown type', 'type: dense', 'type: ring', /type: expected dense, sparse or conv2d/],
    [
      'too few weights',
      '[0, 1, 2, 3, 4, 5, 6, 7, 8]',
      '[0, 1, 2]',
      /edge out -> out: 3 weights for 3 x 3 = 9 edges/,
    ],
    ['no weight', '{w: 5}', '{}', /the edge has no weight/],
    ['an edge attribute', '{w: 5}', '{w: 5, latency: 1}', /edge attribute latency has no counterpart/],
    ['a delay', '{w: 5}', '{w: 5, dendrite: {delay: 2}}', /synaptic delays are refused/],
    ['a weight beyond 1/64', '{w: 5}', '{w: 0.3}', /edge in.1 -> out.2: weight 0.3 is no multiple of 1\/64/],
    ['a fraction and a leak', '{w: 5}', '{w: 0.5}', /out.2: fractions of weights or threshold and a leak/],
    [
      'an edge into an input',
      'in.1 -> out.2: {w: 5}',
      'out.1 -> in.0: {w: 5}',
      /input neuron in.0 takes no edges/,
    ],
    ['no tile', 'core: 0.1', 'core: 40.1', /there is no tile 40, the architecture has 32/],
    ['no core', 'core: 0.1', 'core: 0.4', /there is no core 0.4, the tile has 4/],
    ['no core address', 'core: 0.1', 'core: 5', /core: expected tile.core/],
    ['a unit', 'soma: loihi_lif', 'soma: lif', /core 0.1 has no soma unit lif/],
    [
      'an input unit twice',
      'loihi_inputs[1]',
      'loihi_inputs[0]',
      /in.1: input unit loihi_inputs\[0\] of core 0.0 is taken/,
    ],
    ['an attribute', 'bias: 2,', 'bias: 2, tau: 3,', /tau has no counterpart here/],
    ['spikes of no input', 'bias: 2,', 'spikes: [1],', /spikes is of input neurons/],
    ['a list that is no spikes', '[1, 0, 1]', '[1, 2, 1]', /spikes\[1\]: expected 0 or 1, got 2/],
    ['random inputs', 'rate: 0.25', 'poisson: 0.25', /poisson: SANA-FE's random numbers/],
    ['no reset', 'threshold: 3', 'threshold: 3, reset_mode: none', /reset_mode: none has no counterpart/],
    ['a lower threshold', 'threshold: 3', 'threshold: 3, reverse_reset_mode: saturate', /a lower threshold/],
    ['a negative threshold', 'threshold: 3', 'threshold: -1', /a negative threshold/],
    ['input that lasts', 'threshold: 3', 'threshold: 3, input_decay: 0.5', /input that lasts/],
    ['a growing leak', 'leak_decay: 0.5', 'leak_decay: 1.5', /leak_decay: expected 0..1/],
    ['forced updates', 'threshold: 3', 'threshold: 3, force_update: true', /forced updates/],
    [
      'two resets on a core',
      'bias: 2,',
      'bias: 2, reset_mode: soft,',
      /core 0.1: out.0 and out.2 differ in reset_mode/,
    ],
    ['a bias beyond v', 'bias: 2,', 'bias: 20000000,', /bias: 20000000 is beyond the 30 bits of v/],
    [
      'a threshold beyond v',
      'threshold: 3',
      'threshold: 20000000',
      /threshold: 20000000 is beyond the 30 bits of v/,
    ],
    ['a text for a number', 'bias: 2,', 'bias: two,', /bias: expected a number, got "two"/],
    ['no range', '- 0..1', '- zero', /expected a neuron \(3\) or a range \(0..9\), got "zero"/],
    ['unknown parts of a mapping', 'soma: loihi_lif]', 'axon: x]', /mapping: axon is not known/],
    ['an alias of nothing', '[log_spikes: true]', '*nothing', /no anchor &nothing before this alias/],
    ['aliases in themselves', 'bias: 2,', 'bias: &a [*a],', /aliases within aliases/],
  ])('%s', (_, from, to, says) => {
    expect(complaints(change(from, to))).toMatch(says);
  });

  it('units without a counterpart when a neuron uses them, and names both places', () => {
    const truenorth = LOIHI_YAML.replace('model: leaky_integrate_fire', 'model: truenorth');
    expect(complaints(PAIR, truenorth)).toMatch(
      /^net\.yaml:\d+:\d+: soma unit loihi_lif \(loihi\.yaml:\d+:\d+\): the TrueNorth neuron/,
    );
    const plugin = LOIHI_YAML.replace('model: accumulator', 'model: mine, plugin: ./mine.so');
    expect(complaints(PAIR, plugin)).toMatch(/dendrite unit sums .*plugins are code for SANA-FE/);
    const noise = LOIHI_YAML.replace(
      'model: leaky_integrate_fire',
      'model: leaky_integrate_fire\n                noise: noise.csv',
    );
    expect(complaints(PAIR, noise)).toMatch(/attribute noise has no counterpart/);
  });

  it('cores that are full', () => {
    expect(
      complaints(PAIR, LOIHI_YAML.replace('max_neurons_supported: 1024', 'max_neurons_supported: 2')),
    ).toMatch(/core 0.1 has room for 2 neurons, 3 are mapped to it/);
  });

  it('everything at once', () => {
    const text = change('bias: 2,', 'bias: x,')
      .replace('rate: 0.25', 'poisson: 1')
      .replace('threshold: 3', 'threshold: -3');
    expect(complaints(text).split('\n')).toHaveLength(3);
  });
});
