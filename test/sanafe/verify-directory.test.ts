/** `verify` on a directory of the peer's output: passes as it is, and names the first thing that was changed. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderVerifyReport } from '../../src/verify/report.js';
import { verifyRecordings } from '../../src/verify/verify.js';
import { json, scratch, seamount } from '../cli/harness.js';
import { describeWithShared } from '../shared.js';
import { CASES, textIn } from './golden.js';

const scratchDir = scratch();

describeWithShared('directories of the peer', (shared) => {
  const golden = (name: string): string => join(shared, 'vectors/sanafe', name);
  const filesOf = (dir: string) =>
    new Map<string, () => Uint8Array>(
      readdirSync(dir).map((name) => [name, () => readFileSync(join(dir, name))]),
    );

  it.each(
    CASES.flatMap((name) =>
      (['scalar', 'wasm'] as const).flatMap((kernels) => [1, 3].map((w) => [name, kernels, w] as const)),
    ),
  )('%s, %s kernels, %i workers', async (name, kernels, workers) => {
    const source = { name, files: filesOf(golden(name)) };
    const report = await verifyRecordings([source], { kernels, workers });
    expect(renderVerifyReport(report)).not.toMatch(/expected|note/);
    expect(report).toMatchObject({ cases: 7, passed: 7, failed: 0 });
  });

  const changed = async (file: string, from: string | RegExp, to: string) => {
    const files = filesOf(golden('g03_mesh_cross64'));
    const text = textIn(golden('g03_mesh_cross64'), file);
    expect(text).toMatch(from);
    files.delete(`${file}.gz`);
    files.set(file, () => new TextEncoder().encode(text.replace(from, to)));
    return verifyRecordings([{ name: 'dir', files }], { kernels: 'scalar' });
  };

  it.each([
    ['spikes.csv', 'n.14,7\n', '', /spikes, step 7, neuron 14, spike: expected 0, got 1/],
    ['perf_simple.csv', '\n1,0,64,', '\n1,0,63,', /counts, step 1, perf_simple updated: expected 63, got 64/],
    ['perf_detailed.csv', '4.659200e-09,', '4.659201e-09,', /energies, step 1, perf_detailed soma_energy/],
    ['perf_simple.csv', '1.438800e-06', '1.438801e-06', /simple time, step 1, sim_time/],
    [
      'perf_detailed.csv',
      '1.438800e-06',
      '1.538800e-06',
      /detailed time, step 1, sim_time: expected 1.538800e-06/,
    ],
    [
      'messages_detailed.csv',
      '7,0,n.35,3.0,1.0,',
      '7,0,n.35,3.0,2.0,',
      /messages, step 7, message 0 dest_hw: expected 2.0, got 1.0/,
    ],
    ['messages_detailed.csv', '1.097e-07', '1.098e-07', /messages, step 7, message 0 received_timestamp/],
    [
      'messages_detailed.csv',
      /^7,0,.*\n/m,
      '',
      /messages, step 7, messages: expected 25 messages, got 26 messages/,
    ],
    [
      'summary.json',
      '"total_neurons_fired": 494',
      '"total_neurons_fired": 493',
      /totals, total_neurons_fired: expected 493, got 494/,
    ],
    ['net.json', '"lif",0,0,40,256,3', '"lif",0,0,40,256,4', /spikes, step \d+, neuron \d+, spike/],
  ] as const)('%s: %s', async (file, from, to, says) => {
    const report = await changed(file, from, to);
    expect(renderVerifyReport(report)).toMatch(says);
    expect(report.failed).toBeGreaterThan(0);
  });

  it('a time that another order of equal times explains is passed, with a note', async () => {
    const report = await changed('perf_detailed.csv', '1.438800e-06', '1.439800e-06');
    expect(report.failed).toBe(0);
    expect(renderVerifyReport(report)).toMatch(/note: detailed time of step 1 .* within 1.5 %/);
  });

  it.each([
    ['net.json', '"lif"', '"izhikevich"', /kind: expected lif or input/],
    ['net.json', '"arch":"loihi"', '"arch":"truenorth"', /chip.arch: expected loihi, got "truenorth"/],
    ['net.json', 'chipnet-1', 'chipnet-2', /format: expected chipnet-1/],
    [
      'net.json',
      '"width":8,"height":4',
      '"width":65536,"height":65536',
      /chip.mesh: 65536 x 65536 tiles, the most are 65536/,
    ],
    ['spikes.csv', 'n.14,7', 'n.140,7', /line \d+: there is no neuron n.140/],
    ['spikes.csv', 'neuron,timestep', 'a,b', /line 1: expected neuron,timestep/],
    ['messages_detailed.csv', '\n2,-1,', '\n200,-1,', /line \d+: there is no step 200/],
    ['messages_detailed.csv', '\n9,-1,', '\n3,-1,', /line \d+: step 3 after step 9/],
    ['messages_detailed.csv', ',x.x,0,0,', ',x.x,0,', /line 2: expected 16 cells/],
    ['perf_simple.csv', /\n80,.*/, '', /has 79 steps, the net says 80/],
  ] as const)('a bad %s is refused: %s', async (file, from, to, says) => {
    const report = await changed(file, from, to);
    expect(report.errorFiles).toBe(1);
    expect(report.files[0]!.reason).toMatch(says);
  });

  it('the command takes a directory, and one of several', async () => {
    const one = await seamount(['verify', golden('g01_chain10')]);
    expect(one.out).toMatch(/7 of 7 cases/);
    expect(one.code).toBe(0);
    const parent = join(scratchDir, 'runs');
    for (const name of ['a', 'b']) {
      mkdirSync(join(parent, name), { recursive: true });
      for (const file of readdirSync(golden('g01_chain10')))
        writeFileSync(join(parent, name, file), readFileSync(join(golden('g01_chain10'), file)));
    }
    writeFileSync(join(parent, 'b/spikes.csv'), 'neuron,timestep\n');
    const several = await seamount(['verify', parent, '--json']);
    expect(several.code).toBe(5);
    expect(json(several.out)).toMatchObject({
      cases: 14,
      failed: 1,
      firstMismatch: { case: 'spikes', step: 4, neuron: 0, expected: 0, got: 1 },
    });
  });
});
