/** The legacy netlist: the same network as in YAML, and every reason to refuse one. */
import { describe, expect, it } from 'vitest';
import { imageHash } from '../../src/io/content-hash.js';
import { isSanafeNetlist } from '../../src/sanafe/part-of-pair.js';
import { complaints, load } from './networks.js';

const NETLIST = `# two groups
g 2 soma_hw_name=loihi_inputs[0]

g 3 threshold=3 bias=1.0 log_spikes=1 synapse_hw_name=loihi_sparse_synapse
n 0.0 {spikes: [1, 0, 1]}
n 0.1 rate=0.25 soma_hw_name=loihi_inputs[1]
n 1.2 bias=2 leak_decay=0.5 log_spikes=0 connections_out=3
e 0.0->1.0 weight=2.0
e 0.1->1.2 w=5 delay=0
e 1.0->1.1 {synapse: {weight: -3}}
& 0.0@0.0
& 0.1@0.0
& 1.0@0.1
& 1.1@0.1
& 1.2@0.1
`;

const YAML = `network:
  groups:
    - name: "0"
      neurons:
        - 0: {spikes: [1, 0, 1]}
        - 1: {rate: 0.25}
    - name: "1"
      attributes: {threshold: 3, bias: 1, log_spikes: true}
      neurons:
        - 0..1
        - 2: {bias: 2, leak_decay: 0.5, log_spikes: false}
  edges:
    - 0.0 -> 1.0: {weight: 2}
    - 0.1 -> 1.2: {weight: 5}
    - 1.0 -> 1.1: {weight: -3}
mappings:
  - 0.0: {core: 0.0, soma: "loihi_inputs[0]"}
  - 0.1: {core: 0.0, soma: "loihi_inputs[1]"}
  - 1.0..2: {core: 0.1, synapse: loihi_sparse_synapse}
`;

it('is the network that YAML says', () => {
  const netlist = load(NETLIST);
  const yaml = load(YAML);
  expect(isSanafeNetlist(NETLIST)).toBe(true);
  expect(imageHash(netlist.image)).toBe(imageHash(yaml.image));
  expect(netlist.neuronNames).toEqual(yaml.neuronNames);
  expect(netlist.logged).toEqual([false, false, true, true, false]);
  expect(yaml.logged).toEqual(netlist.logged);
});

it('may have lines that end as on Windows', () => {
  expect(imageHash(load(NETLIST.replaceAll('\n', '\r\n')).image)).toBe(imageHash(load(NETLIST).image));
});

describe('refuses', () => {
  const change = (from: string, to: string): string => {
    expect(NETLIST).toContain(from);
    return NETLIST.replace(from, to);
  };

  it.each([
    ['an unknown line', 'e 0.0->1.0', 'x 0.0->1.0', /^net\.yaml:8:1: expected g, n, e, & or #, got "x"/],
    ['half a line', '& 1.2@0.1', '&', /expected what & is about/],
    ['no number of neurons', 'g 3', 'g three', /neurons of the group: expected a whole number/],
    ['no neuron', 'n 1.2', 'n 1', /expected group.neuron, got "1"/],
    ['an unknown group', 'n 1.2', 'n 7.2', /there is no group 7/],
    ['an unknown neuron', '0.1->1.2', '0.1->1.3', /group 1 has no neuron 3, it has 3/],
    ['no attribute', 'weight=2.0', 'weight', /expected key=value, got "weight"/],
    ['no weight', ' weight=2.0', '', /the edge has no weight/],
    ['a delay', 'delay=0', 'delay=1', /synaptic delays are refused/],
    ['no core', '& 1.2@0.1', '& 1.2', /expected group.neuron@tile.core, got "1.2"/],
    ['a neuron that is not mapped', '& 1.2@0.1', '#', /neuron 1.2 is not mapped/],
    ['braces that do not close', '{spikes: [1, 0, 1]}', '{spikes: [1, 0, 1]', /is not YAML/],
    ['an attribute', 'leak_decay=0.5', 'leak_bias=1', /^net\.yaml:7:\d+: leak_bias has no counterpart here/],
  ])('%s', (_, from, to, says) => {
    expect(complaints(change(from, to))).toMatch(says);
  });
});
