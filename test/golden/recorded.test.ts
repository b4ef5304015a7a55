/** Every shared recording of a kind we replay passes under every profile it names: scalar and wasm, 1 and 3 workers. */
import '../peers-wrap.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outcomeOf, renderVerifyReport } from '../../src/verify/report.js';
import { verifyRecordings } from '../../src/verify/verify.js';
import { describeWithShared } from '../shared.js';

const NOT_REPLAYED = /learning/;

const open = (dir: string, file: string) => ({ name: file, read: () => readFileSync(join(dir, file)) });

describeWithShared('shared recordings', (shared) => {
  const dir = join(shared, 'vectors');
  const files = readdirSync(dir).filter((file) => file.endsWith('.json.gz'));
  const replayed = files.filter((file) => !NOT_REPLAYED.test(file));

  it('are there', () => {
    expect(replayed.length).toBeGreaterThanOrEqual(18);
  });

  it.each(
    (['scalar', 'wasm'] as const).flatMap((kernels) =>
      replayed.flatMap((file) =>
        (file.startsWith('net-') ? [1, 3] : [1]).map((workers) => [file, kernels, workers] as const),
      ),
    ),
  )('%s, %s kernels, %i workers', async (file, kernels, workers) => {
    const report = await verifyRecordings([open(dir, file)], { kernels, workers });
    expect(renderVerifyReport(report)).not.toMatch(/expected|without capacity limits/);
    expect(report.files[0]).toMatchObject({ status: 'passed' });
    expect(report.passed).toBe(report.cases);
    expect(report.cases).toBeGreaterThan(0);
    expect(outcomeOf(report)).toBeNull();
  });

  it('of other kinds are skipped with a reason, not passed', async () => {
    const others = files.filter((file) => NOT_REPLAYED.test(file));
    const report = await verifyRecordings(others.map((file) => open(dir, file)));
    expect(report).toMatchObject({ cases: 0, passed: 0, failed: 0, skippedFiles: others.length });
    for (const file of report.files) expect(file).toMatchObject({ status: 'skipped', runs: [] });
    for (const file of report.files) expect(file.reason).not.toBe('');
  });
});
