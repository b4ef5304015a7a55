import { describe, expect, it } from 'vitest';
import { ViolationsError } from '../../cores/index.js';
import { networkFromText } from '../../src/netfile/network-from-text.js';

/** `line:column message (hint)` of everything wrong with a text. */
function complaints(text: string): readonly string[] {
  try {
    networkFromText(text, 'net.yaml');
  } catch (error) {
    if (!(error instanceof ViolationsError)) throw error;
    expect(error.code).toBe('E_INPUT');
    return error.violations.map(({ subject, message, hint }) => {
      expect(subject).toMatch(/^net\.yaml/);
      return `${subject.slice('net.yaml:'.length)} ${message}${hint === '' ? '' : ` (${hint})`}`;
    });
  }
  return [];
}

const CELL = 'cell: { type: loihi, vth: 1 }';
const ONE = `populations:\n  a: { size: 2, ${CELL} }\n`;

describe('errors of a network file', () => {
  it.each([
    ['nothing', '', ['1:1 expected a network, got nothing']],
    ['only a comment', '# nothing\n', ['1:1 expected a network, got nothing']],
    ['a list', '- a\n', ['1:1 expected a network, got a list']],
    ['no populations', 'label: x\n', ['1:1 a network needs populations or neurons']],
    ['a slip in a key', `${ONE}sed: 3\n`, ['3:1 unknown key "sed" (did you mean seed?)']],
    [
      'a slip in an adaptive threshold',
      'populations:\n  a: { size: 2, cell: { type: loihi, vth: 1, adaptive: { vthSteps: 8, dth: 40 } } }\n',
      [
        '2:46 vthStep is missing: expected an integer 0..131071 or a list of integers 0..131071',
        '2:58 unknown key "vthSteps" (did you mean vthStep?)',
      ],
    ],
    [
      'a slip in a word',
      `${ONE}profile: loihi\n`,
      [
        '3:10 expected one of loihi1, nengo-loihi, lava, brian2loihi, unlimited, got text "loihi" (did you mean loihi1?)',
      ],
    ],
    [
      'text for a number',
      `populations:\n  a: { size: two, ${CELL} }\n`,
      ['2:14 expected an integer 1..67108864, got text "two"'],
    ],
    ['a number for text', `${ONE}label: 3\n`, ['3:8 expected text, got 3 (put it in quotes)']],
    [
      'a fraction',
      `populations:\n  a: { size: 2.5, ${CELL} }\n`,
      ['2:14 expected an integer 1..67108864, got 2.5'],
    ],
    ['no size', `populations:\n  a: { ${CELL} }\n`, ['2:3 size is missing: expected an integer 1..67108864']],
    [
      'no threshold',
      'populations:\n  a: { size: 1, cell: { type: loihi } }\n',
      ['2:17 expected one of the keys vth, vthMant'],
    ],
    [
      'two thresholds',
      'populations:\n  a: { size: 1, cell: { type: loihi, vth: 1, vthMant: 2 } }\n',
      ['2:46 vth and vthMant exclude each other (keep one of vth, vthMant)'],
    ],
    [
      'no cell type',
      'populations:\n  a: { size: 1, cell: { vth: 1 } }\n',
      ['2:17 type is missing: expected one of loihi, lif, spikeArray, poisson, regular'],
    ],
    [
      'an unknown cell type',
      'populations:\n  a: { size: 1, cell: { type: izhikevich } }\n',
      ['2:31 expected one of loihi, lif, spikeArray, poisson, regular, got text "izhikevich"'],
    ],
    [
      'a register out of all ranges',
      'populations:\n  a: { size: 1, cell: { type: loihi, vth: 131072 } }\n',
      ['2:43 expected an integer 0..131071, got 131072'],
    ],
    [
      'a list of the wrong length',
      'populations:\n  a: { size: 2, cell: { type: loihi, vth: [1, 2, 3] } }\n',
      ['2:43 expected 2 values, one per neuron, got 3'],
    ],
    [
      'an unknown population',
      `${ONE}projections:\n  - { pre: a, post: b, connector: allToAll }\n`,
      ['4:21 no population "b" (did you mean a?)'],
    ],
    [
      'a range beyond the population',
      `${ONE}projections:\n  - { pre: a, post: "a[1:9]", connector: allToAll }\n`,
      ['4:21 [1:9] is not a range of the 2 neurons of a'],
    ],
    [
      'an unquoted range in braces',
      `${ONE}probes:\n  - { population: a[0:1] }\n`,
      [
        '4:20 this does not belong here: a comma, colon or quote may be missing before it (inside braces, put "exc[0:100]" in quotes)',
      ],
    ],
    [
      'a neuron that is not there',
      `${ONE}probes:\n  - { population: a, neurons: [0, 2] }\n`,
      ['4:35 no neuron 2: a has 2, from 0'],
    ],
    [
      'a window that ends before it begins',
      `${ONE}probes:\n  - { population: a, from: 9, to: 3 }\n`,
      ['4:35 to 3 is before from 9'],
    ],
    [
      'the same label twice',
      `populations:\n  - { label: a, size: 1, ${CELL} }\n  - { label: a, size: 1, ${CELL} }\n`,
      ['3:14 a population "a" is there already'],
    ],
    [
      'a matrix with ragged rows',
      `${ONE}projections:\n  - { pre: a, post: a, connector: { type: matrix, weights: [[1, 2], [3]] } }\n`,
      ['4:35 matrix: row 1 has 1 values, row 0 has 2'],
    ],
    [
      'a kernel that does not fit',
      `${ONE}projections:\n  - { pre: a, post: a, connector: { type: conv2d, inputShape: [1, 1, 2], kernel: [[[[1], [1]]]] } }\n`,
      ['4:35 conv2d: a 2 x 1 kernel is larger than the padded input'],
    ],
    [
      'events of neurons there are not',
      'populations:\n  a: { size: 1, cell: { type: spikeArray, events: { neurons: [0, 1], steps: [1] } } }\n',
      ['2:51 expected as many steps as neurons, got 1 and 2', '2:66 no neuron 1: there are 1, from 0'],
    ],
    ['a key twice', `label: a\nlabel: b\n${ONE}`, ['2:1 this key was already given in the same map']],
    [
      'two documents',
      `${ONE}---\nlabel: b\n`,
      ['3:1 more than one document in the file: expected one network'],
    ],
    ['a tab', 'populations:\n\ta: 1\n', ['2:1 Tabs are not allowed as indentation']],
    ['a tag', 'label: !mine x\n', ['1:8 Unresolved tag: !mine']],
    ['an alias of nothing', 'label: *x\n', ['1:8 no anchor &x before this alias']],
    ['YAML 1.1', `%YAML 1.1\n---\n${ONE}`, ['1:1 is YAML 1.1, expected 1.2']],
    ['binary data', 'label: !!binary aGVsbG8=\n', ['1:17 expected text, got a value no JSON has']],
    [
      'synapses without neurons',
      `${ONE}synapses: []\n`,
      ['3:1 synapses join explicit neurons, and there are none (use projections, or add neurons)'],
    ],
    [
      'a neuron named twice',
      'neurons:\n  - { name: a, vth: 1 }\n  - { name: a, vth: 1 }\n',
      ['3:13 a neuron named "a" is there already'],
    ],
    [
      'a neuron with registers and spikes',
      'neurons:\n  - { vth: 1, spikes: [1] }\n',
      ['2:7 spikes and vth exclude each other (keep one of spikes, vth, vthMant)'],
    ],
    [
      'a synapse of unknown neurons',
      'neurons: [{ name: left, vth: 1 }]\nsynapses:\n  - [lef, 7, 3]\n',
      ['3:6 no neuron named "lef" (did you mean left?)', '3:11 no neuron 7: there are 1, from 0'],
    ],
    [
      'a synapse onto an input',
      'neurons: [{ spikes: [1] }, { vth: 1 }]\nsynapses:\n  - [1, 0, 3]\n',
      ['3:9 an input neuron cannot receive synapses'],
    ],
  ])('%s', (_, text, expected) => {
    expect(complaints(text)).toEqual(expected);
  });

  it('finds everything at once, in the order of the file', () => {
    const text = [
      'dt: 0',
      'populations:',
      '  in: { size: 10, cell: { type: poisson, rat: 20 } }',
      '  exc: { size: ten, cell: { type: loihi, vth: 9 } }',
      'projections:',
      '  - { pre: in, post: ex, connector: all-to-all, synapse: { weight: x, dely: 3 } }',
      'probes: [{ population: in, record: [spike] }]',
      'run: { steps: 0 }',
    ].join('\n');
    expect(complaints(text).map((line) => line.split(' ')[0])).toEqual(
      '1:5 3:19 3:42 4:16 6:22 6:37 6:68 6:71 7:37 8:15'.split(' '),
    );
  });

  it('says the same of the same network in JSON', () => {
    const text =
      '{\n  "populations": {\n    "a": {"size": 0, "cell": {"type": "loihi", "vth": 1}}\n  },\n  "sed": 1\n}';
    expect(complaints(text)).toEqual([
      '3:19 expected an integer 1..67108864, got 0',
      '5:3 unknown key "sed" (did you mean seed?)',
    ]);
  });

  it('does not let JSON repeat a key', () => {
    expect(complaints('{"label": "a",\n "label": "b"}')).toEqual([
      '2:2 the key "label" was already given in the same map',
    ]);
  });

  it('lists two hundred errors and counts the rest', () => {
    const bad = Array.from({ length: 300 }, (_, i) => `  k${i}: 1`).join('\n');
    const all = complaints(`${ONE}run:\n${bad}\n`);
    expect(all).toHaveLength(201);
    expect(all.at(-1)).toMatch(/and 100 more$/);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('refuses %s without end instead of dying', (_, text) => {
    expect(complaints(text)).toEqual(
      [' is nested more than 500 deep'].map((s) => expect.stringContaining(s.trim())),
    );
  });

  it('refuses aliases that stand for billions', () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++) {
      const before = `*${String.fromCharCode(96 + i)}`;
      const name = String.fromCharCode(97 + i);
      laughs.push(`${name}: &${name} [${Array(10).fill(before).join(', ')}]`);
    }
    expect(complaints(laughs.join('\n')).join()).toContain('aliases stand for more than');
  });
});
