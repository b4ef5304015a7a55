import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
import { NETWORK, root, SOURCES, scratch, seamount, writeText } from './harness.js';

const COMMANDS = ['run', 'compile', 'inspect', 'neuron', 'verify'] as const;

/** The command lines a help text shows, without `$ seamount`. */
const examplesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^ *\$ seamount (.*)$/gm)].map((match) => match[1]!);

describe('help', () => {
  it('shows every command, an example and the exit codes', async () => {
    const { code, out } = await seamount(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(out).toContain('Exit codes: 0 ok, 1 failure, 2 usage, 3 does not fit the chip, 4 bad input');
    expect(out.endsWith('\n')).toBe(true);
  });

  it.each(COMMANDS)('of %s shows an example, and --json', async (command) => {
    const { code, out, err } = await seamount([command, '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(examplesIn(out).length).toBeGreaterThan(0);
    expect(out).toContain('--json');
  });

  it('without a command is shown on stderr, as a mistake', async () => {
    const { code, out, err } = await seamount([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: seamount');
  });

  it('shows examples that work', async () => {
    const dir = scratch();
    writeText(dir, 'network.yaml', NETWORK);
    const first = readFileSync(join(root, 'docs/recordings.md'), 'utf8').match(
      /```json\n(\{\n {2}"schema"[\s\S]*?)```/,
    )![1]!;
    cpSync(join(root, 'test/cli'), join(dir, 'recordings'), {
      recursive: true,
      filter: (path) => !path.endsWith('.ts'),
    });
    writeText(dir, 'recordings/net.json.gz', first);
    const texts = await Promise.all([[], ...COMMANDS.map((c) => [c])].map((c) => seamount([...c, '--help'])));
    const examples = texts.flatMap(({ out }) => examplesIn(out));
    expect(examples.length).toBeGreaterThan(8);
    const home = process.cwd();
    try {
      process.chdir(dir);
      for (const example of examples) {
        const { code, err } = await seamount(example.split(' '));
        expect([example, code, err.replace(/^saved .*\n$/, '')]).toEqual([example, 0, '']);
      }
    } finally {
      process.chdir(home);
    }
  });
});

describe('version', () => {
  it("is the package's", async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect(await seamount(['--version'])).toEqual({ code: 0, out: `seamount ${version}\n`, err: '' });
  });

  it('comes from the real program', () => {
    const out = execFileSync(process.execPath, [...SOURCES, '--version'], { cwd: root }).toString();
    expect(out).toBe(`seamount ${VERSION}\n`);
  });
});

describe('starting', () => {
  it('loads nothing but commander before a command is chosen', () => {
    const seen = new Set<string>();
    const outside = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      // Type imports are erased, `import()` waits for its command.
      for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
        /^import (?!type )[^;]*? from '([^']+)'/gm,
      )) {
        if (!specifier!.startsWith('.')) outside.add(specifier!);
        else visit(join(file, '..', specifier!.replace(/\.js$/, '.ts')));
      }
    };
    visit(fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)));
    expect([...outside].sort()).toEqual(['commander', 'node:process', 'node:util']);
    expect([...seen].map((file) => file.slice(root.length)).sort()).toEqual([
      'src/cli/main.ts',
      'src/cli/program.ts',
      'src/cli/terminal.ts',
      'src/version.ts',
    ]);
  });
});
