/** The recording that docs/recordings.md shows is a good one. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PEERS } from '../../src/verify/peers.js';
import { KINDS } from '../../src/verify/recording.js';
import { verifyRecordings } from '../../src/verify/verify.js';

const text = readFileSync(new URL('../../docs/recordings.md', import.meta.url), 'utf8');

it('passes as it stands, without gzip', async () => {
  const shown = /```json\n([\s\S]*?)```/.exec(text)![1]!;
  const report = await verifyRecordings(
    [{ name: 'first.json', read: () => new TextEncoder().encode(shown) }],
    { kernels: 'scalar' },
  );
  expect(report.files[0]).toMatchObject({ status: 'passed', reason: '' });
  expect(report).toMatchObject({ cases: 1, passed: 1, failed: 0, schema: 'seamount/verify/1' });
});

it('names every kind and peer', () => {
  for (const kind of KINDS) expect(text).toContain(`\`${kind}\``);
  for (const { name } of PEERS.slice(0, 3)) expect(text).toContain(`\`${name}\``);
});
