/** The examples of docs/coding.md do what they say, against the sources beside them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { CODE_NAMES, optionsOfCode } from '../../src/coding/index.js';
import { read, root, runnables } from '../docs/blocks.js';

const text = read('docs/coding.md');
const examples = runnables('docs/coding.md', text.replaceAll('```ts example', '```ts run'));

const fromSources = (code: string): string =>
  code
    .replaceAll("'seamount'", `'${pathToFileURL(join(root, 'src/index.ts')).href}'`)
    .replaceAll("'seamount/coding'", `'${pathToFileURL(join(root, 'src/coding/index.ts')).href}'`);

function printed(code: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-coding-'));
  try {
    writeFileSync(join(dir, 'block.mts'), fromSources(code));
    const node = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), 'block.mts'], {
      cwd: dir,
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(node.stderr).toBe('');
    return node.stdout;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

it('there are examples', () => expect(examples.length).toBeGreaterThanOrEqual(4));

it.each(examples.map((example) => [example.where, example] as const))(
  '%s prints what it says',
  (_where, example) => {
    expect(printed(example.code)).toBe(example.output);
  },
);

it('the table of codes has every code and every option', () => {
  for (const name of CODE_NAMES) {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row, name).toBeDefined();
    const own = optionsOfCode(name).filter((option) => !['min', 'max'].includes(option));
    if (name !== 'regular') for (const option of own) expect(row).toContain(`\`${option}\``);
  }
});
