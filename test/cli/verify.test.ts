import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itWithShared } from '../shared.js';
import { json, scratch, seamount, writeText } from './harness.js';

/** One neuron with a bias of 1000 and a threshold of 30 << 6. */
const recording = (v: readonly number[]): string =>
  JSON.stringify({
    schema: 'loihi-golden/1',
    peer: 'loihi1',
    kind: 'lif',
    cases: [
      {
        id: 'bias only',
        steps: 6,
        params: { du: 4095, dv: 0, vthMant: 30, biasMant: 1000, biasExp: 0, refract: 1 },
        axons: [],
        events: [],
        u: [0, 0, 0, 0, 0, 0],
        v,
        spikes: [2, 4, 6],
      },
    ],
  });

const dir = scratch();
mkdirSync(join(dir, 'recordings'));
const good = writeText(dir, 'recordings/good.json', recording([1000, 0, 1000, 0, 1000, 0]));
const wrong = writeText(dir, 'wrong.json', recording([1000, 0, 1001, 0, 1000, 0]));
const broken = writeText(dir, 'broken.json', '{');

describe('seamount verify', () => {
  it('reports cases, passed and failed, and exits 0 when all is as recorded', async () => {
    const { code, out } = await seamount(['verify', good]);
    expect(code).toBe(0);
    expect(out).toMatch(/1 cases?, 1 passed, 0 failed/);
  });

  it('reads every recording of a directory', async () => {
    const { code, out } = await seamount(['verify', `${join(dir, 'recordings')}/`, '--json']);
    expect(code).toBe(0);
    expect(json(out)).toMatchObject({ schema: 'seamount/verify/1', cases: 1, passed: 1 });
  });

  it('exits 5 at a mismatch, and names case, step, neuron, field, expected and got', async () => {
    const { code, out } = await seamount(['verify', good, wrong, '--kernels', 'scalar']);
    expect(code).toBe(5);
    expect(out).toMatch(/case bias only, step 3, neuron 0, v: expected 1001, got 1000/);
    const object = json((await seamount(['verify', wrong, '--json'])).out);
    expect(object.firstMismatch).toMatchObject({
      case: 'bias only',
      step: 3,
      field: 'v',
      expected: 1001,
      got: 1000,
    });
  });

  it('says in its help that it takes directories of SANA-FE', async () => {
    const { out } = await seamount(['verify', '--help']);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/directories of what SANA-FE printed of a net/);
  });

  it('exits 4 when a file is no recording, 5 when another one mismatches', async () => {
    expect((await seamount(['verify', broken, good])).code).toBe(4);
    expect((await seamount(['verify', broken, wrong])).code).toBe(5);
  });

  itWithShared('replays the shared recordings of networks', async (shared) => {
    const { code, out } = await seamount([
      'verify',
      join(shared, 'vectors/net-common-100.json.gz'),
      '-w',
      '2',
    ]);
    expect(out).toMatch(/ 0 failed/);
    expect(code).toBe(0);
  });
});
