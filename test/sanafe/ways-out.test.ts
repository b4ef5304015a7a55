/** What is refused says what was meant, or what to do instead, in the words of the format. */
import { describe, expect, it } from 'vitest';
import type { Violation, ViolationsError } from '../../cores/index.js';
import { json, root, seamount } from '../cli/harness.js';
import { LOIHI_YAML } from './golden.js';
import { load, PAIR } from './networks.js';

function violations(text: string, architecture = LOIHI_YAML): readonly Violation[] {
  try {
    load(text, architecture);
    return [];
  } catch (error) {
    return (error as ViolationsError).violations;
  }
}

const only = (from: string, to: string): Violation => {
  expect(PAIR).toContain(from);
  const [one, ...others] = violations(PAIR.replace(from, to));
  expect(others).toEqual([]);
  expect(`${one!.message} ${one!.hint}`).not.toMatch(/\bpeer/);
  return one!;
};

describe('of a network', () => {
  it.each([
    ['threshold: 3', 'treshold: 3', /^treshold has no counterpart here$/, /^did you mean threshold\?$/],
    ['bias: 2,', 'tau: 3,', /^tau has no counterpart/, /^attributes: threshold, reset, .*refractory_delay$/],
    ['rate: 0.25', 'rates: 0.25', /^rates has no counterpart/, /^did you mean rate\?$/],
    ['log_spikes: true', 'log_spike: true', /^log_spike has no counterpart/, /^did you mean log_spikes\?$/],
    ['{w: 5}', '{weigth: 5, w: 5}', /^edge attribute weigth has/, /^did you mean weight\?$/],
    [
      'threshold: 3',
      'reset_mode: none',
      /^reset_mode: none has no counterpart/,
      /^reset_mode: hard or soft$/,
    ],
    ['threshold: 3', 'threshold: -3', /^threshold: a negative threshold/, /a bias for what is to fire/],
    ['rate: 0.25', 'poisson: 0.25', /^poisson: SANA-FE's random numbers/, /^record its spikes there/],
    ['threshold: 3', 'input_decay: 0.5', /not cut to 1\/64 by SANA-FE/, /^input_decay: 0$/],
    ['{w: 5}', '{w: 5, d: 2}', /^synaptic delays are refused: SANA-FE loses/, /^use a network of ours/],
    [
      'leak_decay: 0.5',
      'leak_decay: 0.5, reset: 1, refractory_delay: 4',
      /^refractory_delay: SANA-FE leaks while it is refractory/,
      /^reset: 0 with reset_mode: hard, or leak_decay: 1, or no refractory_delay$/,
    ],
    [
      'weight: [0, 1, 2, 3, 4, 5, 6, 7, 8]',
      'weight: [0]',
      /^edge out -> out: 1 weight for 3 x 3 = 9 edges$/,
      /^give 9$/,
    ],
    [
      '{type: dense, weight: [0, 1, 2, 3, 4, 5, 6, 7, 8]}',
      '{type: sparse, weight: [0, 1], source_target_pairs: [[0, 1], [1, 2], [2, 0]]}',
      /^edge out -> out: 2 weights for 3 source_target_pairs$/,
      /^give 3$/,
    ],
    [
      'soma: loihi_lif]',
      'axon: x]',
      /^mapping: axon is not known$/,
      /^a mapping has core, soma, dendrite, synapse$/,
    ],
  ] as const)('%s -> %s', (from, to, says, hint) => {
    const { message, hint: way } = only(from, to);
    expect(message).toMatch(says);
    expect(way).toMatch(hint);
  });
});

describe('of an architecture', () => {
  it.each([
    [
      'model: leaky_integrate_fire',
      'model: truenorth',
      /the TrueNorth neuron/,
      /^soma models here: leaky_integrate_fire, input$/,
    ],
    [
      'model: leaky_integrate_fire',
      'model: leaky_integrate_and_fire',
      /model "leaky_integrate_and_fire" has/,
      /^did you mean leaky_integrate_fire\?$/,
    ],
    [
      'model: accumulator',
      'model: mine, plugin: ./mine.so',
      /plugins are code for SANA-FE/,
      /^dendrite models here: accumulator, accumulator_with_delay$/,
    ],
    [
      'model: leaky_integrate_fire',
      'model: leaky_integrate_fire\n                log_enegry: true',
      /attribute log_enegry has no counterpart/,
      /^did you mean log_energy\?$/,
    ],
    [
      'max_neurons_supported: 1024',
      'max_neurons_supported: 1',
      /^core 0\.1 has room for 1 neuron, 3 are mapped to it$/,
      /^map 2 of them to other cores$/,
    ],
  ] as const)('%s -> %s', (from, to, says, hint) => {
    expect(LOIHI_YAML).toContain(from);
    const found = violations(PAIR, LOIHI_YAML.replace(from, to));
    const one = found.find(({ message }) => says.test(message));
    expect(one?.hint).toMatch(hint);
  });
});

describe('half of a pair', () => {
  const example = (name: string): string => `${root}examples/sana-fe/${name}`;

  it.each([
    ['run', 'loihi.yaml', /is an architecture of SANA-FE/, 'seamount run FILE NETWORK'],
    ['inspect', 'loihi.yaml', /is an architecture of SANA-FE/, 'seamount run FILE NETWORK'],
    ['run', 'net.yaml', /is a network of SANA-FE/, 'seamount run ARCHITECTURE FILE'],
    ['compile', 'net.yaml', /is a network of SANA-FE/, 'seamount run ARCHITECTURE FILE'],
  ])('%s %s', async (command, name, says, line) => {
    const { code, out } = await seamount([command, example(name), '--json']);
    expect(code).toBe(2);
    const { code: error, message, hint } = json(out);
    expect({ error, hint }).toEqual({
      error: 'E_USAGE',
      hint: `name both files: ${line.replace('FILE', example(name))}`,
    });
    expect(message).toMatch(says);
  });

  it('a netlist', async () => {
    const { err } = await seamount(['run', '-'], { input: 'g 2 threshold=1\nn 0.0\n& 0.0@0.0\n' });
    expect(err).toMatch(/standard input: is a network of SANA-FE/);
    expect(err).toMatch(/name both files: seamount run ARCHITECTURE NETWORK/);
  });
});
