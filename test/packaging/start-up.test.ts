import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
});
