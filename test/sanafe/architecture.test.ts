/** Architectures as chips and prices, and every reason to refuse one. */
import { describe, expect, it } from 'vitest';
import type { SeamountError } from '../../cores/index.js';
import { LOIHI1_SANAFE } from '../../src/energy/profiles/loihi1-sanafe.js';

import { readSanafeArchitecture } from '../../src/sanafe/architecture-yaml.js';
import { chipProfileOf } from '../../src/sanafe/chip-profile.js';
import { allUnits, costsOf } from '../../src/sanafe/cost-profile.js';
import { isSanafeArchitecture } from '../../src/sanafe/part-of-pair.js';
import { LOIHI_YAML } from './golden.js';

const read = (text: string) => readSanafeArchitecture(text, 'arch.yaml');

/** What reading and pricing all of it complains of. */
function complaints(text: string): string {
  try {
    const architecture = read(text);
    costsOf(architecture, allUnits(architecture));
    architecture.problems.throwIfAny();
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'E_INPUT' });
    return (error as SeamountError).message;
  }
}

const change = (from: string | RegExp, to: string): string => {
  expect(LOIHI_YAML).toMatch(from);
  return LOIHI_YAML.replace(from, to);
};

describe('loihi.yaml', () => {
  const architecture = read(LOIHI_YAML);

  it('is a mesh of 8 x 4 tiles of 4 cores of 1,024 neurons', () => {
    expect(isSanafeArchitecture(LOIHI_YAML)).toBe(true);
    expect(chipProfileOf(architecture).limits).toMatchObject({
      tilesX: 8,
      tilesY: 4,
      coresPerTile: 4,
      compartmentsPerCore: 1024,
      chips: 1,
    });
    expect(architecture.tiles).toHaveLength(32);
  });

  it('prices to the digit as the profile we ship', () => {
    const { profile } = costsOf(architecture, allUnits(architecture));
    const figures = (prices: (typeof profile)['energy']) =>
      Object.fromEntries(
        Object.entries(prices).map(([event, price]) => [
          event,
          'value' in price ? price.value : price.includedIn,
        ]),
      );
    expect(figures(profile.energy)).toEqual(figures(LOIHI1_SANAFE.energy));
    expect(figures(profile.latency as typeof profile.energy)).toEqual(
      figures(LOIHI1_SANAFE.latency as typeof profile.energy),
    );
    const steps = (barrier: typeof profile.barrier) => barrier.map(({ tiles, time }) => [tiles, time.value]);
    expect(steps(profile.barrier)).toEqual(steps(LOIHI1_SANAFE.barrier));
    expect(profile.linkBuffer?.value).toBe(16);
    expect(profile.source).toBe('architecture file arch.yaml');
  });
});

it.each([
  [
    'sync_model: table',
    'sync_model: fixed',
    'latency_sync: { 1: 0.6e-6, 2: 1.0e-6, 4: 1.4e-6, 29: 1.8e-6 }',
    'latency_sync: 5e-7',
    [[1, 500]],
  ],
  [
    'sync_model: table',
    'sync_model: table',
    '{ 1: 0.6e-6, 2: 1.0e-6, 4: 1.4e-6, 29: 1.8e-6 }',
    '[1e-6, 2e-6]',
    [
      [1, 1000],
      [2, 2000],
    ],
  ],
] as const)('barrier: %s, %s', (model, newModel, times, newTimes, expected) => {
  const architecture = read(LOIHI_YAML.replace(model, newModel).replace(times, newTimes));
  const { profile } = costsOf(architecture, allUnits(architecture));
  expect(profile.barrier.map(({ tiles, time }) => [tiles, time.value])).toEqual(expected);
});

it('synapses without a telling name take the classes in order', () => {
  const text = LOIHI_YAML.replace('loihi_dense_synapse', 'first')
    .replace('loihi_sparse_synapse', 'second')
    .replace('loihi_conv_synapse', 'third');
  const architecture = read(text);
  const { classOf, profile } = costsOf(architecture, allUnits(architecture));
  expect([...classOf].map(([{ name }, of]) => [name, of])).toEqual([
    ['first', 'sparse'],
    ['second', 'dense'],
    ['third', 'conv'],
  ]);
  expect(profile.energy.synapseSparse).toMatchObject({ value: 35.5 });
});

describe('refuses', () => {
  it.each([
    ['no mesh', 'topology: mesh', 'topology: torus', /arch.yaml:\d+:\d+: topology/],
    ['too many tiles', 'tile[0..31]', 'tile[0..32]', /33 tiles do not fit a mesh of 8 x 4/],
    ['no width', 'width: 8', 'breadth: 8', /the architecture has no width/],
    [
      'a buffer elsewhere',
      'buffer_position: soma',
      'buffer_position: dendrite',
      /buffer_position: only soma/,
    ],
    ['a buffer inside', 'buffer_inside_unit: false', 'buffer_inside_unit: true', /buffer inside a unit/],
    [
      'no price',
      'energy_east_hop: 3.0e-12',
      'energy_eastern_hop: 3.0e-12',
      /the tile has no energy_east_hop/,
    ],
    [
      'a price that is no number',
      'energy_spike_out: 69.3e-12',
      'energy_spike_out: much',
      /energy_spike_out: expected a number >= 0, got "much"/,
    ],
    ['a negative price', 'energy_message_out: 111.0e-12', 'energy_message_out: -1', /expected a number >= 0/],
    [
      'two axon units',
      /( +)(- name: axons_out\n.*)/,
      '$1$2\n$1- name: other\n$1  attributes: {energy_message_out: 1.0, latency_message_out: 1.0}',
      /several axon_out units/,
    ],
    ['one unit in two sections', 'name: sums', 'name: loihi_lif', /is .* in one/],
    ['a sync model', 'sync_model: table', 'sync_model: none', /sync_model: expected fixed or table/],
    ['dendrites that cost', 'energy_update: 0.0', 'energy_update: 1.0e-12', /dendrites that cost/],
    [
      'inputs that cost',
      'energy_access_neuron: 0.0',
      'energy_access_neuron: 1.0e-12',
      /input neurons that cost/,
    ],
    ['a range backwards', 'core[0..3]', 'core[3..0]', /no range/],
    ['no YAML', 'width: 8', 'width: [8', /is not YAML/],
    ['nothing', LOIHI_YAML, '', /the file has no architecture/],
  ])('%s', (_, from, to, says) => {
    expect(complaints(change(from, to))).toMatch(says);
  });

  it('everything at once, each where it is', () => {
    const text = change('topology: mesh', 'topology: ring')
      .replace('buffer_position: soma', 'buffer_position: synapse')
      .replace('model: current_based', 'moodel: x');
    const lines = complaints(text).split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^arch\.yaml:\d+:\d+: /);
    expect(lines[0]).toMatch(/^arch\.yaml:5:15: /);
  });
});
