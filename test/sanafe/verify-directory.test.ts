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

  it('a time within the tolerance passes, with one note a case', async () => {
    const report = await changed('perf_detailed.csv', '1.438800e-06', '1.439800e-06');
    expect(report).toMatchObject({ passed: 7, failed: 0 });
    expect(report.files[0]!.runs[0]!.notes).toEqual([
      'detailed time: 1 of 80 steps deviates, by at most 0.069 % (step 1: 1.438800e-06 s here, 1.439800e-06 s printed), the run by 0.0008 %; the tolerance, for the order of equal send times, is 1.5 % a step and 0.02 % a run',
      'messages: times and delays on the way are not compared in 1 step whose detailed time deviates',
    ]);
  });

  /** perf_detailed.csv with the times of these steps scaled. */
  const scaled = async (by: number, isOf: (step: number) => boolean) => {
    const rows = textIn(golden('g03_mesh_cross64'), 'perf_detailed.csv').split('\n');
    const changedRows = rows.map((row) => {
      const cells = row.split(',');
      if (!isOf(Number(cells[0]))) return row;
      cells[6] = (Number(cells[6]) * by).toExponential(6);
      return cells.join(',');
    });
    return changed('perf_detailed.csv', /[\s\S]*/, changedRows.join('\n'));
  };

  it('a step 1 % off is told, one 2 % off fails', async () => {
    const near = await scaled(1.01, (step) => step === 40);
    expect(near.failed).toBe(0);
    expect(renderVerifyReport(near)).toMatch(
      /note: detailed time: 1 of 80 steps deviates, .* 0\.99 % \(step 40: /,
    );
    const far = await scaled(1.02, (step) => step === 40);
    expect(far.firstMismatch).toMatchObject({ case: 'detailed time', step: 40, field: 'sim_time' });
  });

  it('a run beyond 0.02 % fails though each step is within 1.5 %, and is told in as few lines', async () => {
    const report = await scaled(1.001, (step) => step >= 1);
    expect(report.firstMismatch).toMatchObject({
      case: 'detailed time',
      step: null,
      field: 'sim_time of the run',
      expected: expect.stringMatching(/^1\.25\d{4}e-04$/),
      got: '1.255492e-04',
    });
    const { notes } = report.files[0]!.runs[0]!;
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/^detailed time: 80 of 80 steps deviate, .* the run by 0\.1 %/);
    expect((await scaled(1.0001, (step) => step >= 1)).failed).toBe(0);
  });

  it('a total within the tolerance of a run is told, beyond it fails', async () => {
    const near = await changed('summary.json', '0.0001255492', '0.0001255592');
    expect(near.failed).toBe(0);
    expect(renderVerifyReport(near)).toMatch(
      /note: totals: sim_time_detailed: 1\.255492e-04 s here, 1\.255592e-04 s printed, 0\.008 % apart;/,
    );
    const far = await changed('summary.json', '0.0001255492', '0.0001255992');
    expect(renderVerifyReport(far)).toMatch(
      /case totals, sim_time_detailed: expected 1\.25599200e-04, got 1\.25549200e-04/,
    );
  });

  it.each([
    [['perf_detailed.csv'], 6, 'detailed time (no perf_detailed.csv)'],
    [['perf_simple.csv'], 6, 'simple time (no perf_simple.csv)'],
    [
      ['perf_simple.csv', 'perf_detailed.csv', 'messages_detailed.csv.gz', 'summary.json'],
      1,
      'counts (no perf_simple.csv, perf_detailed.csv), energies (no perf_simple.csv, perf_detailed.csv), simple time (no perf_simple.csv), detailed time (no perf_detailed.csv), messages (no messages_detailed.csv), totals (no summary.json)',
    ],
  ] as const)('without %s, says what is not compared', async (absent, cases, says) => {
    const files = filesOf(golden('g03_mesh_cross64'));
    for (const file of absent) expect(files.delete(file)).toBe(true);
    const report = await verifyRecordings([{ name: 'dir', files }], { kernels: 'scalar' });
    expect(report).toMatchObject({ cases, passed: cases });
    const text = renderVerifyReport(report);
    const { notCompared } = report.files[0]!.runs[0]!;
    expect(notCompared.map((one) => `${one.case} (no ${one.missing})`).join(', ')).toBe(says);
    expect(text).toContain(`        not compared: ${says}\n`);
    expect(text).toContain(`${cases} passed, 0 failed, ${7 - cases} not compared\n`);
  });

  it('a total that the summary lacks is not compared', async () => {
    const report = await changed('summary.json', /"total_spikes": \d+,/, '');
    expect(report).toMatchObject({ cases: 7, passed: 7 });
    expect(report.files[0]!.runs[0]!.notCompared).toEqual([
      { case: 'totals', missing: 'total_spikes in summary.json' },
    ]);
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
    ['perf_simple.csv', ',sim_time', '', /^dir\/perf_simple.csv: line 1: has no column sim_time; [^\n]*$/],
    ['messages_detailed.csv', ',mid,src_neuron', '', /^[^\n]*line 1: has no column mid, src_neuron; [^\n]*$/],
    [
      'perf_simple.csv',
      /,[^,]+$/gm,
      '',
      /^dir\/perf_simple.csv: line 1: has no column total_energy; [^\n]*$/,
    ],
    [
      'perf_simple.csv',
      /(?<=\d),[^,]+$/gm,
      '',
      /^dir\/perf_simple.csv: line 2 and 79 more: 11 cells, expected 12$/,
    ],
  ] as const)('a bad %s is refused: %s', async (file, from, to, says) => {
    const report = await changed(file, from, to);
    expect(report.errorFiles).toBe(1);
    expect(report.files[0]!.reason).toMatch(says);
  });

  it('a directory without its net is told so, and what else is beside it is replayed', async () => {
    const parent = join(scratchDir, 'netless');
    mkdirSync(join(parent, 'whole'), { recursive: true });
    for (const file of readdirSync(golden('g01_chain10'))) {
      const bytes = readFileSync(join(golden('g01_chain10'), file));
      writeFileSync(join(parent, 'whole', file), bytes);
      if (/^(?:perf|summary)/.test(file)) writeFileSync(join(parent, file), bytes);
    }
    const { code, out } = await seamount(['verify', parent]);
    expect(code).toBe(4);
    expect(out).toContain(
      `${parent}: has perf_detailed.csv, perf_simple.csv, summary.json of SANA-FE, but no net.json\n        net.json and spikes.csv are needed`,
    );
    expect(out).toMatch(/7 passed, 0 failed, 1 file not usable/);
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
