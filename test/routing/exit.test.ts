/** A program whose chips are closed ends by itself. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('no thread or timer outlives close', async () => {
  const program = fileURLToPath(new URL('./unruly/exits.ts', import.meta.url));
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
    cwd,
    timeout: 55_000,
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('there is no source 99; the chip has 5\n');
});
