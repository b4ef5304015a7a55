import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDirectoryWhole, writeFileWhole } from '../../src/io/write-file.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'seamount-write-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const files = (...entries: readonly (readonly [string, string])[]): ReadonlyMap<string, Uint8Array> =>
  new Map(entries.map(([name, text]) => [name, bytes(text)]));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a script against the sources with files limited to 4 KiB: the system's own way of a full disk. */
function runWithSmallFiles(script: string): string {
  const module = `import { writeFileWhole, writeDirectoryWhole } from ${JSON.stringify(join(root, 'src/io/write-file.ts'))};
const said = (e) => console.log(e.code + ' ' + e.message);
${script}`;
  writeFileSync(join(dir, 'script.mts'), module);
  const command = `ulimit -f 4; exec ${process.execPath} --import tsx ${join(dir, 'script.mts')}`;
  return execFileSync('bash', ['-c', command], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  }).toString();
}

describe('writeFileWhole', () => {
  it('writes, replaces, and leaves nothing else', async () => {
    const file = join(dir, 'deep/in/a.bin');
    await writeFileWhole(file, bytes('one'));
    await writeFileWhole(file, bytes('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(dir, 'deep/in'))).toEqual(['a.bin']);
  });

  it('refuses a directory', async () => {
    await expect(writeFileWhole(dir, bytes('x'))).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining('is a directory'),
    });
  });

  it('writes to a device, never in its place', async () => {
    await writeFileWhole('/dev/null', bytes('x'));
    expect(readFileSync('/dev/null')).toHaveLength(0);
  });

  it('names the file and the cause when its directory cannot be', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(writeFileWhole(join(dir, 'file/below'), bytes('x'))).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining(`${join(dir, 'file/below')}: cannot be written`),
    });
  });

  it('leaves the old file when there is no room for the new one', () => {
    const file = join(dir, 'a.bin');
    writeFileSync(file, 'old');
    const said = runWithSmallFiles(
      `await writeFileWhole(${JSON.stringify(file)}, new Uint8Array(100_000)).catch(said);`,
    );
    expect(said).toMatch(/^E_IO .*a\.bin: cannot be written: EFBIG/);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(dir).sort()).toEqual(['a.bin', 'script.mts']);
  });
});

describe('writeDirectoryWhole', () => {
  it('writes, and replaces all of what was there', async () => {
    const run = join(dir, 'runs/a');
    await writeDirectoryWhole(run, files(['a', '1'], ['b', '2']));
    await writeDirectoryWhole(run, files(['b', '3']));
    expect(readdirSync(run)).toEqual(['b']);
    expect(readFileSync(join(run, 'b'), 'utf8')).toBe('3');
    expect(readdirSync(join(dir, 'runs'))).toEqual(['a']);
  });

  it('replaces a link to a directory, not the directory', async () => {
    mkdirSync(join(dir, 'real'));
    writeFileSync(join(dir, 'real/mine'), 'keep');
    symlinkSync(join(dir, 'real'), join(dir, 'link'));
    await writeDirectoryWhole(join(dir, 'link'), files(['a', '1']));
    expect(readFileSync(join(dir, 'real/mine'), 'utf8')).toBe('keep');
    expect(readdirSync(join(dir, 'link'))).toEqual(['a']);
  });

  it('leaves the old directory when there is no room for the new one', () => {
    const run = join(dir, 'run');
    mkdirSync(run);
    writeFileSync(join(run, 'old'), 'old');
    const said = runWithSmallFiles(
      `await writeDirectoryWhole(${JSON.stringify(run)}, new Map([['small', new Uint8Array(1)], ['large', new Uint8Array(100_000)]])).catch(said);`,
    );
    expect(said).toMatch(/^E_IO .*run: cannot be written: EFBIG/);
    expect(readdirSync(run)).toEqual(['old']);
    expect(readdirSync(dir).sort()).toEqual(['run', 'script.mts']);
  });

  it('leaves nothing where nothing was when it fails', () => {
    const run = join(dir, 'new');
    runWithSmallFiles(
      `await writeDirectoryWhole(${JSON.stringify(run)}, new Map([['large', new Uint8Array(100_000)]])).catch(said);`,
    );
    expect(existsSync(run)).toBe(false);
    expect(readdirSync(dir)).toEqual(['script.mts']);
  });

  // Root may rename anywhere.
  it.skipIf(process.getuid?.() === 0)('keeps the old directory when nothing may be renamed', async () => {
    const run = join(dir, 'run');
    mkdirSync(run);
    chmodSync(dir, 0o555);
    await expect(writeDirectoryWhole(run, files(['a', '1']))).rejects.toMatchObject({ code: 'E_IO' });
    chmodSync(dir, 0o755);
    expect(readdirSync(dir)).toEqual(['run']);
  });
});
