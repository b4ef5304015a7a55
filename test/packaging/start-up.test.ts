import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeBuilt, manifest, root } from './built.js';

const bin = `${root}${manifest.bin.seamount?.replace(/^\.\//, '')}`;

const cli = (...args: string[]): { stdout: string; stderr: string; status: number | null; ms: number } => {
  const begin = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { stdout, stderr, status, ms: performance.now() - begin };
};

/** Says on stderr which module is loaded, for `node --import`. */
const watcher = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) register(import.meta.url);
export const load = (url, context, next) => (writeSync(2, 'loads ' + url + '\\n'), next(url, context));
`)}`;

const HELLO = `populations:
  world: { size: 10, cell: { type: loihi, du: 400, dv: 200, vthMant: 100, biasMant: 1000 } }
projections:
  - { pre: world, post: world, connector: allToAll, synapse: { weight: 2 } }
run: { steps: 100 }
`;

describeBuilt('the command', () => {
  it('is a script for node', () => {
    expect(readFileSync(bin, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('--version says the version of the package', () => {
    const { stdout, status } = cli('--version');
    expect(status).toBe(0);
    expect(stdout).toBe(`seamount ${manifest.version}\n`);
  });

  it('--help answers in well under half a second', () => {
    // the best of several: other tests share the machine
    const runs = Array.from({ length: 7 }, () => cli('--help'));
    for (const { stdout, stderr, status } of runs) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/usage: seamount/i);
    }
    expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(500);
  });

  it('a small network runs in under half a second, from shell to result', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seamount-start-up-'));
    try {
      const file = join(folder, 'hello.yaml');
      writeFileSync(file, HELLO);
      const runs = Array.from({ length: 5 }, () => cli('run', file));
      for (const { stdout, stderr, status } of runs) {
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        expect(stdout).toContain('synaptic events');
      }
      expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(500);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('loads what draws for a report alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seamount-start-up-'));
    const drawing = (...more: string[]): string[] => {
      const args = ['--import', watcher, bin, 'run', file, ...more];
      const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
      expect(status).toBe(0);
      expect(stderr).toMatch(/^loads .*main\.js$/m);
      return stderr.split('\n').filter((line) => /^loads .*(?:\/views\/|\/d3-)/.test(line));
    };
    const file = join(folder, 'hello.yaml');
    try {
      writeFileSync(file, HELLO);
      expect(drawing()).toEqual([]);
      expect(drawing('--report', join(folder, 'hello.html'))).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
