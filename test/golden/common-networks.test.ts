/** Networks on which the peers agree pass under every profile we ship; what had to differ is noted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROFILES } from '../../cores/index.js';
import { verifyRecordings } from '../../src/verify/verify.js';
import { describeWithShared } from '../shared.js';

describeWithShared('net-common-*', (shared) => {
  const dir = join(shared, 'vectors');
  const files = readdirSync(dir).filter((file) => file.startsWith('net-common-'));

  it.each(files.flatMap((file) => PROFILES.map(({ name }) => [file, name] as const)))(
    '%s under %s',
    async (file, profile) => {
      const source = { name: file, read: () => readFileSync(join(dir, file)) };
      const report = await verifyRecordings([source], { profile });
      expect(report.files[0]).toMatchObject({ status: 'passed', runs: [{ profile, passed: 1, failed: 0 }] });
    },
  );

  it('says so where the recorded cores do not fit: delays of 30 steps take accumulators', async () => {
    const file = 'net-common-300d.json.gz';
    const source = { name: file, read: () => readFileSync(join(dir, file)) };
    const report = await verifyRecordings([source], { profile: 'loihi1' });
    expect(report.files[0]!.runs[0]!.notes).toEqual([
      expect.stringMatching(/the recorded cores do not fit loihi1 \(.*accumulators.*\); placed by the compiler on \d cores/),
    ]);
  });
});
