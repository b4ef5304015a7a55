/**
 * Everything a user can get wrong: the message, the exit code, and that nothing on the disk was touched.
 * Cases run in a directory that holds a good network, image, run and checkpoint.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { json, NETWORK, scratch, seamount, snapshot, writeText } from './harness.js';

const dir = scratch();
const at = (name: string): string => join(dir, name);

const CELL = 'cell: { type: loihi, vth: 100 }';
const twoPopulations = (more: string, cell = CELL): string =>
  `populations:\n  a: { size: 4, ${CELL} }\n  b: { size: 4, ${cell} }\n${more}`;
const oneProjection = (rest: string): string =>
  twoPopulations(`projections:\n  - { pre: a, post: b, ${rest} }\n`);
const recording = (fields: object): string =>
  JSON.stringify({ schema: 'loihi-golden/1', kind: 'lif', peer: 'loihi1', cases: [], ...fields });

const FILES: Readonly<Record<string, string>> = {
  'net.yaml': NETWORK,
  'other.yaml': NETWORK.replace('seed: 5', 'seed: 6'),
  'steps.yaml': NETWORK.replace('run: { steps: 200 }\n', ''),
  'empty.yaml': '',
  'syntax.yaml': 'populations: { a: [1, 2 }\n',
  'many.yaml': 'dt: -1\nsed: 3\npopulations: { a: { size: 0, cell: { type: loihi } } }\nprofile: loihi3\n',
  'list.yaml': '- a\n- b\n',
  'nothing.yaml': 'label: nothing\n',
  'sources.yaml': 'populations:\n  a: { size: 4, cell: { type: poisson, rate: 9 } }\n',
  'unknown.yaml': twoPopulations('projections:\n  - { pre: a, post: c, connector: allToAll }\n'),
  'twice.json': '{"populations": {},\n "populations": {}}',
  'odd-weight.yaml': oneProjection(
    'connector: allToAll, synapse: { weight: [1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] }',
  ),
  'large-weight.yaml': oneProjection('connector: allToAll, synapse: { weight: 300 }'),
  'few-weights.yaml': oneProjection('connector: allToAll, synapse: { weight: [2, 4] }'),
  'delay.yaml': oneProjection('connector: allToAll, synapse: { weight: 2, delay: 63 }'),
  'sizes.yaml': twoPopulations('projections:\n  - { pre: a, post: "b[0:2]", connector: oneToOne }\n'),
  'fan-in.yaml': oneProjection('connector: { type: fixedNumberPre, n: 9 }'),
  'pair.yaml': oneProjection('connector: { type: fromList, synapses: [[0, 9, 2]] }'),
  'bits.yaml': oneProjection('connector: allToAll, synapse: { weight: 2, weightBits: 7 }'),
  'units.yaml': oneProjection('connector: allToAll, synapse: { weight: 2, unit: mV }'),
  'vmin.yaml': twoPopulations('', 'cell: { type: loihi, vth: 1, vmin: -5 }'),
  'dv.yaml': twoPopulations('', 'cell: { type: loihi, vth: 1, dv: 4096 }'),
  'bias.yaml': twoPopulations('', 'cell: { type: loihi, vth: 1, bias: 8191 }'),
  'reset.yaml': twoPopulations('', 'cell: { type: loihi, vth: 1, reset: { mode: subtract } }'),
  'lif.yaml': twoPopulations('', 'cell: { type: lif, v_th: -70, v_reset: -65 }'),
  'to-source.yaml': `${twoPopulations('', 'cell: { type: poisson, rate: 5 }')}projections:\n  - { pre: a, post: b, connector: allToAll }\n`,
  'placement.yaml':
    'populations:\n  a: { size: 4, cell: { type: loihi, vth: 1 }, placement: [{ core: 0, neurons: [0, 3] }] }\n',
  'crowded.yaml':
    'populations:\n  a: { size: 1100, cell: { type: loihi, vth: 1 }, placement: [{ core: 0, neurons: [0, 1100] }] }\n',
  'hub.yaml':
    'populations:\n  many: { size: 5000, cell: { type: poisson, rate: 1 } }\n  one: { size: 1, cell: { type: loihi, vth: 1 } }\nprojections:\n  - { pre: many, post: one, connector: allToAll, synapse: { weight: 2 } }\n',
  'overflow.yaml': twoPopulations(
    'run: { steps: 20 }\n',
    'cell: { type: loihi, vth: 131071, biasMant: 4095, biasExp: 7, u0: 8388607, du: 0 }',
  ),
  'text.txt': 'hello, this is not a network',
  'not.json.gz': 'not gzip at all',
  'no-schema.json': '{"kind": "lif"}',
  'kind.json': recording({ kind: 'dance' }),
  'peer.json': recording({ peer: 'truenorth' }),
  'field.json': recording({ cases: [{ id: 'x', steps: 1, params: { du: 1 }, surprise: 3 }] }),
};

/** Copies a file with its bytes changed. */
function damaged(from: string, to: string, change: (bytes: Uint8Array) => Uint8Array): void {
  writeFileSync(at(to), change(new Uint8Array(readFileSync(at(from)))));
}
const flipped = (place: number) => (bytes: Uint8Array) =>
  bytes.map((byte, i) => (i === Math.floor(bytes.length * place) ? byte ^ 0x10 : byte));

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeText(dir, name, text);
  const good = async (...argv: string[]): Promise<void> => {
    const { code, err } = await seamount(argv);
    if (code !== 0) throw new Error(err);
  };
  await good('compile', at('net.yaml'), '-o', at('net.smt'), '-q');
  await good('run', at('net.yaml'), '-o', at('run'), '--checkpoint-at', '100', '--save-checkpoint');
  await good('run', at('net.yaml'), '-o', at('plain'));
  cpSync(at('run/checkpoint-100.smc'), at('good.smc'));

  writeFileSync(
    at('garbage.bin'),
    Uint8Array.from({ length: 999 }, (_, i) => (i * 37) & 0xff),
  );
  damaged('net.smt', 'cut.smt', (bytes) => bytes.subarray(0, bytes.length >> 1));
  damaged('net.smt', 'flipped.smt', flipped(0.7));
  damaged('net.smt', 'longer.smt', (bytes) => Uint8Array.of(...bytes, 0));
  damaged('good.smc', 'cut.smc', (bytes) => bytes.subarray(0, bytes.length - 7));
  damaged('good.smc', 'flipped.smc', flipped(0.5));
  damaged('good.smc', 'head.smc', (bytes) => bytes.subarray(0, 20));
  writeFileSync(at('bomb.json.gz'), gzipSync(Buffer.alloc(1000)).subarray(0, 20));

  mkdirSync(at('papers'));
  writeText(dir, 'papers/thesis.txt', 'years of work');
  cpSync(at('run'), at('mixed'), { recursive: true });
  writeText(dir, 'mixed/notes.txt', 'mine');
  cpSync(at('run'), at('changed'), { recursive: true });
  damaged('changed/image.smt', 'changed/image.smt', flipped(0.9));
  cpSync(at('run'), at('torn'), { recursive: true });
  writeText(dir, 'torn/manifest.json', '{"schema": "seamount/run/1",');
  cpSync(at('run'), at('stranger'), { recursive: true });
  writeText(dir, 'stranger/manifest.json', '{"schema": "someone/else/4"}');
  mkdirSync(at('empty'));
}, 60_000);

interface Case {
  readonly name: string;
  readonly argv: readonly string[];
  readonly code: number;
  /** All of these are in the message. */
  readonly says: readonly (string | RegExp)[];
}

const group = (
  code: number,
  cases: readonly (readonly [string, readonly string[], ...(string | RegExp)[]])[],
): readonly Case[] => cases.map(([name, argv, ...says]) => ({ name, argv, code, says }));

const run = (file: string, ...more: string[]): readonly string[] => ['run', at(file), ...more];
const STEPS = ['--steps', '10'] as const;

const CASES: readonly Case[] = [
  ...group(2, [
    ['an unknown command', ['rum', at('net.yaml')], "unknown command 'rum'", 'Did you mean run?'],
    ['an unknown option', run('net.yaml', '--step', '5'), "unknown option '--step'", '--steps'],
    ['no file', ['run'], "missing required argument 'file'"],
    ['two files of ours', run('net.yaml', at('net.yaml')), 'is no architecture', 'one file'],
    ['three files', run('net.yaml', at('net.yaml'), at('net.yaml')), 'too many arguments'],
    ['no value for an option', run('net.yaml', '--steps'), 'argument missing'],
    ['zero steps', run('net.yaml', '--steps', '0'), '--steps', 'expected an integer 1..2147483647'],
    ['half a step', run('net.yaml', '--steps', '1.5'), 'expected an integer'],
    ['no workers', run('net.yaml', '--workers', '0'), 'expected an integer 1..'],
    ['a million workers', run('net.yaml', '--workers', '1000000'), 'expected an integer 1..'],
    ['unknown kernels', run('net.yaml', '--kernels', 'gpu'), 'expected one of wasm, scalar'],
    [
      'an unknown overflow rule',
      run('net.yaml', '--on-overflow', 'ignore'),
      'expected one of wrap, clamp, error',
    ],
    [
      'an unknown format',
      run('net.yaml', '--out', at('new'), '--format', 'npy,xml'),
      '"xml": expected npy, npz, csv or json',
    ],
    [
      'a format without a place',
      run('net.yaml', '--format', 'csv'),
      '--format needs a place to save to',
      'add --out DIR',
    ],
    ['force without a place', run('net.yaml', '--force'), '--force needs a place'],
    ['a checkpoint without a place', run('net.yaml', '--save-checkpoint'), '--save-checkpoint needs a place'],
    [
      'checkpoints at steps without a place',
      run('net.yaml', '--checkpoint-at', '5'),
      '--checkpoint-at needs a place',
    ],
    [
      'a checkpoint after the end',
      run('net.yaml', '-o', at('new'), '--checkpoint-at', '50,500'),
      '--checkpoint-at 500 is not in the steps 1..200',
    ],
    [
      'a checkpoint at no number',
      run('net.yaml', '-o', at('new'), '--checkpoint-at', '50,end'),
      'expected an integer',
    ],
    ['no steps at all', run('steps.yaml'), 'how many steps to run is not said', 'add --steps N'],
    ['no steps for an image', run('net.smt'), 'how many steps to run is not said'],
    [
      'an unknown profile',
      run('net.yaml', '--profile', 'loihi9'),
      'there is no profile loihi9',
      'loihi1, nengo-loihi',
    ],
    ['a negative seed', run('net.yaml', '--seed=-1'), 'expected an integer 0..4294967295'],
    [
      'another seed for an image',
      run('net.smt', ...STEPS, '--seed', '3'),
      '--seed cannot change',
      'compiled already',
    ],
    [
      'another profile for an image',
      run('net.smt', ...STEPS, '--profile', 'lava'),
      '--profile cannot change',
    ],
    ['running a checkpoint', run('good.smc', ...STEPS), 'is a checkpoint, not a network', '--resume'],
    ['a run that is there already', run('net.yaml', '-o', at('run')), 'holds a run already', 'add --force'],
    [
      'a directory of other things',
      run('net.yaml', '-o', at('papers')),
      'is a directory with other files in it',
    ],
    [
      'the same, with force',
      run('net.yaml', '-o', at('papers'), '--force'),
      'is a directory with other files in it',
    ],
    [
      'a run with a file of yours',
      run('net.yaml', '-o', at('mixed'), '--force'),
      'also holds notes.txt, which no run wrote',
    ],
    ['a file for a directory', run('net.yaml', '-o', at('text.txt')), 'is a file, expected a new directory'],
    [
      'resuming where it ended',
      run('net.yaml', '--steps', '100', '--resume', at('good.smc')),
      'is at step 100; --steps 100 is not after it',
    ],
    [
      'a core that is not there',
      ['inspect', at('net.yaml'), '--core', '7'],
      'there is no core 7: cores are 0..1',
    ],
    ['a core of a checkpoint', ['inspect', at('good.smc'), '--core', '0'], 'holds state, not registers'],
    [
      'another profile for an inspected image',
      ['inspect', at('net.smt'), '-p', 'lava'],
      '--profile cannot change',
    ],
    ['a sweep of words', ['neuron', '--sweep', 'a:b:c'], 'expected from:to:step in nA'],
    ['a sweep backwards', ['neuron', '--sweep', '4:0:1'], 'expected from:to:step in nA'],
    ['a sweep without end', ['neuron', '--sweep', '0:4:0.00001'], 'at most 1000'],
    ['a sweep and a current', ['neuron', '--sweep', '0:4:1', '--current', '3'], 'exclude each other'],
    ['time that stands still', ['neuron', '--dt', '0'], '--dt 0: expected a number of ms > 0'],
    ['a negative time constant', ['neuron', '--tau-m=-5'], 'tau_m'],
    ['a threshold below reset', ['neuron', '--v-th=-80'], 'v_th'],
    ['a word for a number', ['neuron', '--current', 'lots'], 'expected a number'],
    [
      'an unknown profile to verify',
      ['verify', at('kind.json'), '-p', 'loihi9'],
      'there is no profile "loihi9"',
    ],
  ]),
  ...group(4, [
    ['a file that is not there', run('missing.yaml'), 'missing.yaml: no such file'],
    ['a directory that is no run', run('papers', ...STEPS), 'is no run directory: it has no manifest.json'],
    ['an empty file', run('empty.yaml'), 'is empty, expected a network or an image'],
    ['text that is no network', run('text.txt'), 'text.txt:1:1: expected a network, got text'],
    ['bytes that are nothing of ours', run('garbage.bin', ...STEPS), 'garbage.bin: '],
    ['a slip of syntax', run('syntax.yaml'), 'syntax.yaml:1:'],
    [
      'four mistakes',
      run('many.yaml'),
      '5 things are wrong',
      'many.yaml:1:5: ',
      'many.yaml:2:1: unknown key "sed"',
      'did you mean seed?',
      'many.yaml:3:',
      'many.yaml:4:10: ',
    ],
    ['a list for a network', run('list.yaml'), 'list.yaml:1:1: expected a network, got a list'],
    ['a network of nothing', run('nothing.yaml'), 'a network needs populations or neurons'],
    [
      'a network of sources only',
      run('sources.yaml', ...STEPS),
      'sources.yaml:1:1: ',
      'has no neurons for a chip',
    ],
    ['an unknown population', run('unknown.yaml'), 'unknown.yaml:5:21: no population "c"'],
    ['a key twice', run('twice.json'), 'twice.json:2:2: the key "populations" was already given'],
    [
      'a weight the format cannot hold',
      run('odd-weight.yaml', ...STEPS),
      'odd-weight.yaml:5:5: projection a -> b: ',
      'cannot be stored',
    ],
    [
      'a weight beyond its range',
      run('large-weight.yaml', ...STEPS),
      'large-weight.yaml:5:5: projection a -> b: ',
    ],
    [
      'fewer weights than synapses',
      run('few-weights.yaml', ...STEPS),
      'few-weights.yaml:5:5: projection a -> b: ',
    ],
    ['a delay beyond the profile', run('delay.yaml', ...STEPS), 'delay.yaml:5:5: projection a -> b: '],
    ['one to one of two sizes', run('sizes.yaml', ...STEPS), 'sizes.yaml:5:5: projection a -> b'],
    ['more inputs than neurons', run('fan-in.yaml', ...STEPS), 'fan-in.yaml:5:5: projection a -> b: '],
    ['a synapse to nowhere', run('pair.yaml', ...STEPS), 'pair.yaml:5:5: projection a -> b: '],
    ['seven weight bits', run('bits.yaml', ...STEPS), 'bits.yaml:5:5: projection a -> b: '],
    [
      'millivolts for registers',
      run('units.yaml', ...STEPS),
      'units.yaml:5:5: projection a -> b: has weights in mV',
    ],
    ['a vmin that is none', run('vmin.yaml', ...STEPS), 'vmin.yaml:3:3: population b: ', '-(2^k) + 1'],
    ['a register of another profile', run('dv.yaml', ...STEPS), 'dv.yaml:3:3: population b: ', 'dv is 4096'],
    ['a bias no mantissa gives', run('bias.yaml', ...STEPS), 'bias.yaml:3:3: population b: ', '8191'],
    [
      'a reset Loihi 1 has not',
      run('reset.yaml', ...STEPS),
      'reset.yaml:3:3: population b: ',
      'subtract',
      'unlimited',
    ],
    ['a threshold below reset in a file', run('lif.yaml', ...STEPS), 'lif.yaml:3:3: population b: '],
    [
      'synapses onto a source',
      run('to-source.yaml', ...STEPS),
      'to-source.yaml:5:5: projection a -> b: ',
      'spike source',
    ],
    ['a placement with a hole', run('placement.yaml', ...STEPS), 'placement.yaml:2:3: population a: '],
    ['half an image', run('cut.smt', ...STEPS), 'cut.smt: '],
    ['an image with a bit flipped', run('flipped.smt', ...STEPS), 'flipped.smt: '],
    ['an image with a byte more', run('longer.smt', ...STEPS), 'longer.smt: '],
    ['compiling an image', ['compile', at('net.smt')], 'is an image, expected a network'],
    ['half a checkpoint', run('net.yaml', '--resume', at('cut.smc')), 'cut.smc: is a damaged checkpoint'],
    [
      'a checkpoint with a bit flipped',
      run('net.yaml', '--resume', at('flipped.smc')),
      'flipped.smc: is a damaged checkpoint',
    ],
    [
      'the head of a checkpoint',
      run('net.yaml', '--resume', at('head.smc')),
      'head.smc: is a damaged checkpoint',
    ],
    [
      'a checkpoint of another network',
      run('other.yaml', '--resume', at('good.smc')),
      'is a checkpoint of image',
      'the same network, profile and seed',
    ],
    ['a checkpoint that is not there', run('net.yaml', '--resume', at('none.smc')), 'none.smc: no such file'],
    ['a network for a checkpoint', run('net.yaml', '--resume', at('net.yaml')), 'net.yaml: is no checkpoint'],
    [
      'a run without checkpoint',
      run('net.yaml', '--resume', at('plain')),
      'its run saved no checkpoint',
      '--save-checkpoint',
    ],
    ['a run whose image was changed', run('changed', ...STEPS), 'image.smt: is not what its run wrote'],
    ['a run with half a manifest', run('torn', ...STEPS), 'manifest.json: is not JSON'],
    [
      'half a manifest in the way',
      run('net.yaml', '-o', at('torn'), '--force'),
      'manifest.json: is not JSON',
    ],
    ["somebody else's manifest", ['inspect', at('stranger')], 'manifest.json: is no manifest of a run'],
    ['inspecting a damaged checkpoint', ['inspect', at('flipped.smc')], 'is a damaged checkpoint'],
    ['a recording that is not there', ['verify', at('missing.json')], 'missing.json: no such file'],
    ['no recordings in a directory', ['verify', at('empty')], 'has no recordings'],
    ['a recording that is no gzip', ['verify', at('not.json.gz')], 'not.json.gz'],
    ['half a gzip', ['verify', at('bomb.json.gz')], 'damaged gzip'],
    ['a recording without schema', ['verify', at('no-schema.json')], 'schema'],
    ['a recording of an unknown kind', ['verify', at('kind.json')], '"dance"'],
    ['a recording by nobody we know', ['verify', at('peer.json')], '"truenorth"'],
    ['a recording with a surprise', ['verify', at('field.json')], 'surprise'],
    ['a network as a recording', ['verify', at('net.yaml')], 'is not JSON'],
  ]),
  ...group(3, [
    [
      'a core with too many neurons',
      run('crowded.yaml', ...STEPS),
      'crowded.yaml:2:63: core 0: ',
      '1100',
      '1024',
    ],
    ['a neuron with too many inputs', run('hub.yaml', ...STEPS), 'population one', '5000', '4096'],
  ]),
  ...group(1, [
    [
      'an overflow that must not be',
      run('overflow.yaml', '--on-overflow', 'error', '-o', at('new')),
      'error E_OVERFLOW',
      'population b',
    ],
    ['a place below a file', run('net.yaml', '-o', at('text.txt/run')), 'error E_IO', 'text.txt'],
    [
      'an image in place of a directory',
      ['compile', at('net.yaml'), '-o', at('papers')],
      'error E_IO',
      'is a directory',
    ],
  ]),
];

describe('bad input', () => {
  it('has at least forty kinds', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(CASES.length).toBeGreaterThan(80);
  });

  it.each(CASES)('$name: exit $code, and nothing touched', async ({ argv, code, says }) => {
    const before = snapshot(dir);
    const outcome = await seamount(argv);
    const said = outcome.err + (argv[0] === 'verify' ? outcome.out : '');
    for (const words of says)
      expect(said).toMatch(
        typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words,
      );
    expect(outcome.code).toBe(code);
    expect(said).not.toContain('unexpected:');
    if (argv[0] !== 'verify') expect(outcome.out).toBe('');
    expect(snapshot(dir)).toEqual(before);
  });

  it.each(CASES.filter(({ argv }) => argv[0] !== 'verify'))('$name, as an object', async ({ argv, code }) => {
    const { out, code: exit } = await seamount([...argv, '--json']);
    expect(exit).toBe(code);
    expect(json(out)).toMatchObject({ schema: 'seamount/error/1', exit: code, message: expect.any(String) });
  });
});
