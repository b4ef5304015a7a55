/** A verification reports how far it is, can be stopped, and sums up over files and profiles. */
import { describe, expect, it } from 'vitest';
import type { VerifyProgress } from '../../src/verify/replay-context.js';
import { renderVerifyReport } from '../../src/verify/report.js';
import { verifyRecording, verifyRecordings } from '../../src/verify/verify.js';
import { bytesOf, header, smallLif, smallNetwork } from './small.js';

describe('progress and stopping', () => {
  it('tells cases and steps as they are done', async () => {
    const seen: VerifyProgress[] = [];
    const record = smallNetwork();
    await verifyRecording(bytesOf(record), 'ring.json', {
      kernels: 'scalar',
      onProgress: (p) => seen.push(p),
    });
    expect(seen[0]).toEqual({ file: 'ring.json', profile: 'loihi1', done: 0, total: 1, step: 0, steps: 60 });
    expect(seen.at(-1)).toMatchObject({ done: 1, total: 1, step: 60 });
  });

  it.each([
    ['a neuron', smallLif],
    ['a network', smallNetwork],
  ])('stops before %s when aborted', async (_, make) => {
    const signal = AbortSignal.abort();
    const run = verifyRecordings([{ name: 'r.json', read: () => bytesOf(make()) }], {
      kernels: 'scalar',
      signal,
    });
    await expect(run).rejects.toMatchObject({ code: 'E_ABORTED' });
  });
});

describe('the report', () => {
  it('sums over files and profiles, and prints a line for each', async () => {
    const wrong = smallLif();
    wrong.cases[0].v[4] = 1;
    wrong.remark = 'recorded at night';
    const ring = { ...smallNetwork(), peers: ['loihi1', 'unlimited'] };
    const files = [
      ['lif.json', smallLif()],
      ['wrong.json', wrong],
      ['ring.json', ring],
      ['learning.json', header('learning', 'lava')],
      ['bad.json', { kind: 'lif' }],
    ] as const;
    const report = await verifyRecordings(
      files.map(([name, recording]) => ({ name, read: () => bytesOf(recording) })),
      { kernels: 'scalar', workers: 3 },
    );
    expect(report).toMatchObject({
      schema: 'seamount/verify/1',
      kernels: 'scalar',
      workers: 3,
      cases: 4,
      passed: 3,
      failed: 1,
      skippedFiles: 1,
      errorFiles: 1,
      firstMismatch: { file: 'wrong.json', profile: 'nengo-loihi', case: 'small', step: 5, field: 'v' },
    });
    expect(renderVerifyReport(report).split('\n')).toEqual([
      'PASSED  lif.json       lif  nengo-loihi: 1 of 1 case',
      'FAILED  wrong.json     lif  nengo-loihi: 0 of 1 case',
      expect.stringMatching(/^ {8}case small, step 5, neuron 0, v: expected 1, got -?\d+$/),
      '        remark: recorded at night',
      'PASSED  ring.json      network  loihi1: 1 of 1 case',
      'PASSED  ring.json      network  unlimited: 1 of 1 case',
      'SKIPPED learning.json  learning',
      '        this emulator does not learn yet',
      'ERROR   bad.json',
      '        bad.json: schema: missing, expected a string',
      '        bad.json: peer: missing, expected a string',
      '4 cases, 3 passed, 1 failed, 1 file skipped, 1 file not usable',
      'scalar kernels, 3 workers',
    ]);
  });
});
