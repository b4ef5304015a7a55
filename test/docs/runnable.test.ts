import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documents, type Runnable, read, root, runnables } from './blocks.js';

const all = documents().flatMap((name) => runnables(name, read(name)));

const here = (path: string): string => pathToFileURL(join(root, path)).href;

/** The package's own name means its sources here, so that a document is checked against the code beside it. */
const fromSources = (code: string): string =>
  code
    .replaceAll(/(['"])seamount\1/g, `'${here('src/index.ts')}'`)
    .replaceAll(
      /(['"])seamount\/(cores|routing|coding)\1/g,
      (_all, _quote, door) => `'${here(`${door === 'coding' ? 'src/coding' : door}/index.ts`)}'`,
    );

function execute(block: Runnable): { status: number | null; stdout: string; stderr: string } {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-docs-'));
  const node = (args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), ...args], {
      cwd: dir,
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...process.env, NO_COLOR: '1' },
    });
  try {
    if (block.language === 'ts') {
      writeFileSync(join(dir, 'block.mts'), fromSources(block.code));
      return node(['block.mts']);
    }
    if (block.language === 'yaml') {
      writeFileSync(join(dir, 'network.yaml'), block.code);
      return node([join(root, 'src/cli/main.ts'), 'run', 'network.yaml']);
    }
    throw new Error(`${block.where}: cannot run ${block.language}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `...` on a line of its own stands for any lines. */
const pattern = (output: string): RegExp =>
  new RegExp(
    `^${output
      .trimEnd()
      .split('\n')
      .map((line) => (line.trim() === '...' ? '[\\s\\S]*?' : line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('\n')}\\s*$`,
  );

describe('documents', () => {
  it.skipIf(!existsSync(join(root, 'README.md')))('the README has blocks that run', () => {
    expect(all.filter(({ where }) => where.startsWith('README.md')).length).toBeGreaterThan(0);
  });

  it.each(all.map((block) => [block.where, block] as const))('%s runs', (_where, block) => {
    const { status, stdout, stderr } = execute(block);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    if (block.output !== null) expect(stdout).toMatch(pattern(block.output));
  });

  it('links to files of the repository lead somewhere', () => {
    const dead = documents().flatMap((name) =>
      [...read(name).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(root, dirname(name), target)))
        .map((target) => `${name}: ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

describe('finding blocks', () => {
  const text = [
    '# a',
    '```ts run',
    'run();',
    '```',
    'prints',
    '```text output',
    'x',
    '...',
    'z',
    '```',
    '```ts',
    'no',
    '```',
  ];

  it('takes those marked run, with the output that follows', () => {
    expect(runnables('a.md', text.join('\n'))).toEqual([
      { where: 'a.md:2', language: 'ts', code: 'run();\n', output: 'x\n...\nz\n' },
    ]);
  });

  it('compares output with gaps', () => {
    expect('x\ny\ny\nz\n').toMatch(pattern('x\n...\nz\n'));
    expect('x\ny\n').not.toMatch(pattern('x\n...\nz\n'));
  });
});
