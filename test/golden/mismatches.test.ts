/** One number changed in a recording is found, and reported by case, step, neuron, field, expected and got. */
import { describe, expect, it } from 'vitest';
import { outcomeOf, renderVerifyReport, type Mismatch } from '../../src/verify/report.js';
import {
  type Json,
  replay,
  replayAll,
  smallConn,
  smallLif,
  smallNetwork,
  smallNoise,
  smallTables,
} from './small.js';

const lif = smallLif().cases[0];
const network = smallNetwork();
const noise = smallNoise().cases[0];
const firstSpikeAt = network.spikes.perStep.findIndex((count: number) => count > 0) + 1;

const FLIPS: readonly (readonly [string, () => Json, (r: Json) => void, Mismatch])[] = [
  [
    'u of a neuron',
    smallLif,
    (r) => (r.cases[0].u[20] += 1),
    { case: 'small', step: 21, neuron: 0, field: 'u', expected: lif.u[20] + 1, got: lif.u[20] },
  ],
  [
    'v of a neuron',
    smallLif,
    (r) => (r.cases[0].v[30] -= 1),
    { case: 'small', step: 31, neuron: 0, field: 'v', expected: lif.v[30] - 1, got: lif.v[30] },
  ],
  [
    'a spike that was not',
    smallLif,
    (r) => r.cases[0].spikes.push(40),
    { case: 'small', step: 40, neuron: 0, field: 'spike', expected: 1, got: 0 },
  ],
  [
    'a spike left out',
    smallLif,
    (r) => r.cases[0].spikes.splice(1, 1),
    { case: 'small', step: lif.spikes[1], neuron: 0, field: 'spike', expected: 0, got: 1 },
  ],
  [
    'a spike of the other sign',
    smallLif,
    (r) => (r.cases[0].spikeValues = [1, 1, -1, 1]),
    { case: 'small', step: lif.spikes[2], neuron: 0, field: 'spike', expected: -1, got: 1 },
  ],
  [
    'an effective weight',
    smallLif,
    (r) => (r.cases[0].axons[1].eff = -2624),
    { case: 'small', step: null, neuron: 0, field: 'axons[1].eff', expected: -2624, got: -2560 },
  ],
  [
    'an event one step early',
    smallLif,
    (r) => (r.cases[0].events[5] = [8, 0]),
    { case: 'small', step: 8, neuron: 0, field: 'u', expected: lif.u[7], got: lif.u[7] + 3200 },
  ],
  [
    'what a connection delivers',
    smallConn,
    (r) => (r.cases[0].aOut[3][0] = 1),
    { case: 'cases[0]', step: 4, neuron: 0, field: 'aOut', expected: 1, got: 0 },
  ],
  [
    'a stored weight',
    smallConn,
    (r) => (r.cases[0].storedWeights[0][1] = -7),
    { case: 'cases[0]', step: null, neuron: 0, field: 'storedWeights[0][1]', expected: -7, got: -6 },
  ],
  [
    'v under noise',
    smallNoise,
    (r) => (r.cases[0].v[1][0] += 2),
    { case: 'cases[0]', step: 2, neuron: 0, field: 'v', expected: noise.v[1][0] + 2, got: noise.v[1][0] },
  ],
  [
    'a noise draw',
    smallNoise,
    (r) => (r.cases[0].raw[0][0] += 1),
    { case: 'cases[0]', step: 1, neuron: 0, field: 'v', expected: noise.v[0][0], got: noise.v[0][0] + 2 },
  ],
  [
    'a decay row',
    smallTables,
    (r) => (r.decay.rows[1][3] = 1),
    { case: 'decay.rows[1]', step: null, neuron: null, field: 'result', expected: 1, got: 0 },
  ],
  [
    'an overflow flag',
    smallTables,
    (r) => (r.overflow.rows[0][3] = 0),
    { case: 'overflow.rows[0]', step: null, neuron: null, field: 'overflowed', expected: 0, got: 1 },
  ],
  [
    'a weight of a table',
    smallTables,
    (r) => (r.weights[0].eff[1] = -384),
    { case: 'weights[0]', step: null, neuron: null, field: 'eff of mantissa -5', expected: -384, got: -256 },
  ],
  [
    'u in a network',
    smallNetwork,
    (r) => (r.u[33][2] += 1),
    {
      case: 'ring',
      step: 34,
      neuron: 5,
      field: 'u',
      expected: network.u[33][2] + 1,
      got: network.u[33][2],
    },
  ],
  [
    'v in a network',
    smallNetwork,
    (r) => (r.v[0][3] += 1),
    { case: 'ring', step: 1, neuron: 11, field: 'v', expected: network.v[0][3] + 1, got: network.v[0][3] },
  ],
  [
    'a spike left out of a network',
    smallNetwork,
    (r) => {
      r.spikes.neuron.shift();
      r.spikes.perStep[firstSpikeAt - 1] -= 1;
      r.spikes.total -= 1;
    },
    {
      case: 'ring',
      step: firstSpikeAt,
      neuron: network.spikes.neuron[0],
      field: 'spike',
      expected: 0,
      got: 1,
    },
  ],
  [
    'a spike too many in a network',
    smallNetwork,
    (r) => {
      r.spikes.neuron.unshift(2);
      r.spikes.perStep[0] += 1;
      r.spikes.total += 1;
    },
    { case: 'ring', step: 1, neuron: 2, field: 'spike', expected: 1, got: 0 },
  ],
  [
    'an effective weight of a network',
    smallNetwork,
    (r) => {
      r.effWeight = r.synapses.weight.map((w: number) => w * 64);
      r.effWeight[3] += 64;
    },
    {
      case: 'ring',
      step: null,
      neuron: 3,
      field: 'effWeight of recurrent synapse 3',
      expected: 3136,
      got: 3072,
    },
  ],
];

const KERNELS = ['scalar', 'wasm'] as const;

describe.each(KERNELS)('with %s kernels', (kernels) => {
  it.each(FLIPS)('%s', async (_, make, flip, mismatch) => {
    const recording = make();
    expect(await replay(recording, { kernels })).toMatchObject({ status: 'passed' });
    flip(recording);
    const report = await replayAll(recording, { kernels });
    expect(report.files[0]!.runs[0]).toMatchObject({ failed: 1, firstMismatch: mismatch });
    expect(report.firstMismatch).toMatchObject({ file: 'small.json.gz', ...mismatch });
    expect(outcomeOf(report)).toBe('E_MISMATCH');
    expect(renderVerifyReport(report)).toContain(
      `${mismatch.field}: expected ${mismatch.expected}, got ${mismatch.got}`,
    );
  });
});
