/** A bad recording is refused with the file, the field and what was expected; all its faults at once. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/verify/report.js';
import { verifyRecordings } from '../../src/verify/verify.js';
import {
  bytesOf,
  type Json,
  packed,
  replay,
  replayAll,
  smallConn,
  smallLif,
  smallNetwork,
  smallNoise,
  smallTables,
} from './small.js';

const asBytes = (bytes: Uint8Array) =>
  verifyRecordings([{ name: 'small.json.gz', read: () => bytes }], { kernels: 'scalar' });

describe('files that are no recordings', () => {
  const whole = bytesOf(smallLif());
  const flipped = whole.slice();
  flipped[whole.length - 6]! ^= 0xff;
  it.each([
    ['cut off', whole.slice(0, 200), /small\.json\.gz: damaged gzip/],
    ['with a wrong checksum', flipped, /small\.json\.gz: damaged gzip/],
    ['empty', new Uint8Array(0), /small\.json\.gz: is not JSON/],
    ['text', new TextEncoder().encode('hello'), /small\.json\.gz: is not JSON/],
    ['cut-off JSON', new TextEncoder().encode('{"schema": "loihi-gol'), /small\.json\.gz: is not JSON/],
    ['binary', Uint8Array.of(0x93, 0xff, 0xfe, 0x80), /neither gzip nor UTF-8/],
    ['a JSON list', gzipSync('[1, 2]'), /small\.json\.gz: expected an object, got \[1,2\]/],
    ['null', gzipSync('null'), /expected an object, got null/],
  ])('%s', async (_, bytes, message) => {
    const report = await asBytes(bytes);
    expect(report.files[0]!.status).toBe('error');
    expect(report.files[0]!.reason).toMatch(message);
    expect(outcomeOf(report)).toBe('E_INPUT');
  });
});

/** What is broken, in which recording, and what the message must say. */
const BROKEN: readonly (readonly [string, () => Json, (r: Json) => void, RegExp])[] = [
  [
    'schema',
    smallLif,
    (r) => (r.schema = 'loihi-golden/9'),
    /schema: expected loihi-golden\/1, got "loihi-golden\/9"/,
  ],
  ['no schema', smallLif, (r) => delete r.schema, /schema: missing/],
  ['unknown kind', smallLif, (r) => (r.kind = 'lifs'), /kind: expected one of lif, .*got "lifs"/],
  ['unknown peer', smallLif, (r) => (r.peer = 'nest'), /peer: "nest" is not one of nengo-loihi, lava/],
  ['no peer', smallLif, (r) => delete r.peer, /peer: missing/],
  ['no peers', smallNetwork, (r) => (r.peers = []), /peers: is empty/],
  ['unknown field', smallLif, (r) => (r.vth = 5), /small\.json\.gz: vth: is not a field/],
  ['no cases', smallLif, (r) => (r.cases = []), /cases: is empty/],
  ['cases no list', smallLif, (r) => (r.cases = {}), /cases: expected a list of objects/],
  ['no params', smallLif, (r) => delete r.cases[0].params, /cases\[0\]\.params: missing/],
  [
    'no register',
    smallLif,
    (r) => delete r.cases[0].params.du,
    /cases\[0\]\.params\.du: missing, expected an integer 0\.\.4095/,
  ],
  [
    'unknown register',
    smallLif,
    (r) => (r.cases[0].params.vreset = 3),
    /cases\[0\]\.params\.vreset: is not a field/,
  ],
  [
    'register out of range',
    smallLif,
    (r) => (r.cases[0].params.du = 4096),
    /cases\[0\]\.params\.du: expected an integer 0\.\.4095, got 4096/,
  ],
  [
    'register no integer',
    smallLif,
    (r) => (r.cases[0].params.dv = 2.5),
    /params\.dv: expected an integer 0\.\.4096, got 2\.5/,
  ],
  [
    'register no number',
    smallLif,
    (r) => (r.cases[0].params.dv = '7'),
    /params\.dv: expected an integer 0\.\.4096, got "7"/,
  ],
  [
    'vmin the chip has not',
    smallLif,
    (r) => (r.cases[0].params.vmin = -100),
    /vmin is -100; it must be -\(2\^k\)/,
  ],
  [
    'event of no axon',
    smallLif,
    (r) => r.cases[0].events.push([4, 2]),
    /events\[9\]: there is no axon 2 of 2/,
  ],
  [
    'event after the end',
    smallLif,
    (r) => r.cases[0].events.push([41, 0]),
    /events\[9\]: step 41 is not in 1\.\.40/,
  ],
  ['event no pair', smallLif, (r) => r.cases[0].events.push([4]), /events\[9\]: expected 2 values, got 1/],
  ['trace too short', smallLif, (r) => r.cases[0].u.pop(), /cases\[0\]\.u: expected 40 values, got 39/],
  [
    'trace no integers',
    smallLif,
    (r) => (r.cases[0].v[7] = 1.5),
    /cases\[0\]\.v\[7\]: expected an integer, got 1\.5/,
  ],
  [
    'spike after the end',
    smallLif,
    (r) => r.cases[0].spikes.push(41),
    /spikes\[4\]: expected an integer 1\.\.40, got 41/,
  ],
  ['spike twice', smallLif, (r) => r.cases[0].spikes.push(2), /spikes\[4\]: step 2 is listed twice/],
  [
    'spike value 0',
    smallLif,
    (r) => (r.cases[0].spikeValues = [1, 0, 1, 1]),
    /spikeValues\[1\]: expected -1 or 1, got 0/,
  ],
  [
    'nothing recorded',
    smallLif,
    (r) => {
      for (const key of ['u', 'v', 'spikes']) delete r.cases[0][key];
    },
    /cases\[0\]\.spikes: missing, as are u and v/,
  ],
  [
    'weight no chip has',
    smallLif,
    (r) => (r.cases[0].axons[0].eff = 3201),
    /axons\[0\]\.eff: 3201 is not a multiple of 64/,
  ],
  [
    'axon without weight',
    smallLif,
    (r) => (r.cases[0].axons[0] = { exp: 0 }),
    /axons\[0\]\.eff: missing, as is mant/,
  ],
  [
    'sign mode',
    smallLif,
    (r) => (r.cases[0].axons[0].signMode = 4),
    /axons\[0\]\.signMode: expected MIXED.*got 4/,
  ],
  [
    'delay',
    smallLif,
    (r) => (r.cases[0].axons[0].delay = 63),
    /axons\[0\]: delay is 63; the profile has 0\.\.62/,
  ],
  [
    'bias of a profile without',
    () => smallLif('brian2_loihi'),
    () => {},
    /biasMant is 7; it must be an integer 0\.\.0/,
  ],
  [
    'ternary under a profile without',
    smallLif,
    (r) => {
      r.cases[0].params.vthHiMant = 100;
      r.cases[0].params.vthLoMant = -3;
      delete r.cases[0].params.vthMant;
    },
    /no ternary spikes; profiles that have: lava/,
  ],
  [
    'dtype',
    smallNetwork,
    (r) => (r.u = { dtype: 'float32', shape: [60, 4], b64: '' }),
    /u: dtype "float32" is not one of/,
  ],
  ['shape', smallNetwork, (r) => (r.u = packed(r.u.slice(1))), /u\.shape: expected \[60, 4\], got \[59,4\]/],
  [
    'bytes',
    smallNetwork,
    (r) => (r.v = { ...packed(r.v), dtype: 'int16' }),
    /v: shape \[60,4\] of int16 needs 480 bytes, b64 holds 960/,
  ],
  ['base64', smallNetwork, (r) => (r.v = { ...packed(r.v), b64: '%%%%' }), /v: b64 is not base64/],
  [
    'column length',
    smallNetwork,
    (r) => (r.params.refract = [1, 2]),
    /params\.refract: expected 12 values, got 2/,
  ],
  [
    'column value',
    smallNetwork,
    (r) => (r.params.refract = Array(12).fill(65)),
    /params\.refract\[0\]: expected an integer 0\.\.64, got 65 \(and 11 more values\)/,
  ],
  [
    'cores with a gap',
    smallNetwork,
    (r) => (r.cores[1] = [6, 9]),
    /cores\[1\]: expected \[5, \.\.\.\).*got \[6, 9\)/,
  ],
  ['cores too few', smallNetwork, (r) => r.cores.pop(), /cores: end at neuron 9 of 12/],
  ['vmin per core', smallNetwork, (r) => (r.vmin = [0, 0]), /vmin: expected 3 values, got 2/],
  ['fanout and nSyn', smallNetwork, (r) => (r.synapses.nSyn = 5), /synapses\.nSyn: fanout sums to 28/],
  [
    'fanout and post',
    smallNetwork,
    (r) => r.synapses.post.pop(),
    /synapses\.post: expected 28 values, got 27/,
  ],
  [
    'fanout length',
    smallNetwork,
    (r) => r.synapses.fanout.pop(),
    /synapses\.fanout: expected 16 values, got 15/,
  ],
  [
    'post neuron',
    smallNetwork,
    (r) => (r.synapses.post[3] = 12),
    /synapses\.post\[3\]: expected an integer 0\.\.11, got 12/,
  ],
  [
    'synaptic delay',
    smallNetwork,
    (r) => (r.synapses.delay[0] = 64),
    /synapses\.delay\[0\]: expected an integer 0\.\.63/,
  ],
  [
    'input axon',
    smallNetwork,
    (r) => (r.inputEvents.axon[0] = 4),
    /inputEvents\.axon\[0\]: expected an integer 0\.\.3, got 4/,
  ],
  [
    'input step',
    smallNetwork,
    (r) => (r.inputEvents.step[0] = 0),
    /inputEvents\.step\[0\]: expected an integer 1\.\.60, got 0/,
  ],
  ['spike counts', smallNetwork, (r) => (r.spikes.perStep[20] += 1), /spikes\.neuron: expected \d+ values/],
  [
    'spike order',
    smallNetwork,
    (r) => {
      const at = r.spikes.perStep.findIndex((k: number) => k > 1);
      const first = r.spikes.perStep.slice(0, at).reduce((a: number, b: number) => a + b, 0);
      r.spikes.neuron[first + 1] = r.spikes.neuron[first];
    },
    /spikes\.neuron\[\d+\]: ids of step \d+ are not ascending/,
  ],
  [
    'sampled neuron',
    smallNetwork,
    (r) => (r.sample[3] = 12),
    /sample\[3\]: expected an integer 0\.\.11, got 12/,
  ],
  ['conn shape', smallConn, (r) => r.cases[0].sIn[2].pop(), /cases\[0\]\.sIn\[2\]: expected 2 values, got 1/],
  [
    'conn binary',
    smallConn,
    (r) => (r.cases[0].sIn[2][0] = 2),
    /sIn\[2\]\[0\]: expected an integer 0\.\.1, got 2/,
  ],
  ['conn rows', smallConn, (r) => r.cases[0].aOut.pop(), /aOut: expected 5 rows, got 4/],
  [
    'graded under a profile without',
    smallConn,
    (r) => {
      r.peer = 'nengo-loihi';
      r.cases[0].graded = true;
    },
    /cases\[0\]: nengo-loihi has no graded spikes/,
  ],
  [
    'noise threshold',
    smallNoise,
    (r) => (r.cases[0].params.vth = 650),
    /params\.vth: 650 is not a multiple of 64/,
  ],
  [
    'noise bias',
    smallNoise,
    (r) => (r.cases[0].params.bias = 5001),
    /params\.bias: no mantissa and exponent give 5001/,
  ],
  [
    'noise draw',
    smallNoise,
    (r) => (r.cases[0].raw[1][0] = -128),
    /raw\[1\]\[0\]: -128 is not a draw of -127\.\.127/,
  ],
  [
    'no table',
    smallTables,
    (r) => {
      for (const key of ['decay', 'overflow', 'weights']) delete r[key];
    },
    /has none of the tables decay, overflow/,
  ],
  [
    'table columns',
    smallTables,
    (r) => (r.decay.columns[2] = 'bits'),
    /decay\.columns: expected x, decay, offset, result/,
  ],
  [
    'table lengths',
    smallTables,
    (r) => r.weights[0].eff.pop(),
    /weights\[0\]\.eff: expected 3 values, got 2/,
  ],
];

describe('recordings with a fault', () => {
  it.each(BROKEN)('%s', async (_, make, spoil, message) => {
    const recording = make();
    spoil(recording);
    const report = await replayAll(recording);
    const [file] = report.files;
    expect(file!.reason).toMatch(message);
    expect(file!.reason).toContain('small.json.gz');
    expect(file).toMatchObject({ status: 'error', code: 'E_INPUT', runs: [] });
    expect(outcomeOf(report)).toBe('E_INPUT');
  });

  it('tells all faults of a file at once', async () => {
    const recording = smallLif();
    recording.cases[0].params.du = -1;
    recording.cases[0].params.vthMant = 'high';
    recording.cases[0].events.push([0, 9]);
    const { reason } = await replay(recording);
    expect(reason).toContain('params.du');
    expect(reason).toContain('params.vthMant');
    expect(reason).toContain('step 0 is not in 1..40');
    expect(reason).toContain('no axon 9');
  });

  it('goes on with the other files', async () => {
    const report = await verifyRecordings(
      [
        { name: 'bad.json', read: () => new Uint8Array(1) },
        { name: 'good.json.gz', read: () => bytesOf(smallLif()) },
      ],
      { kernels: 'scalar' },
    );
    expect(report.files.map((file) => file.status)).toEqual(['error', 'passed']);
    expect(report).toMatchObject({ cases: 1, passed: 1, failed: 0, errorFiles: 1 });
  });

  it('refuses an unknown profile before it reads anything', async () => {
    await expect(replay(smallLif(), { profile: 'loihi9' })).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
