import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { read, root } from './blocks.js';

// in a process of its own, with the profiles as users have them
it('the tables of profiles, registers and counters in docs/ are those of the code', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/write-tables.ts', '--check'],
    { cwd: root, encoding: 'utf8', timeout: 30_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(read('docs/semantics.md')).toContain('<!-- table: profiles');
});

it('sections of docs/semantics.md are numbered 0 to 13 without gaps, as sources cite them', () => {
  const numbers = [...read('docs/semantics.md').matchAll(/^## (\d+)\. /gm)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: 14 }, (_, i) => i));
});
