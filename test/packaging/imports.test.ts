import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeBuilt, root } from './built.js';

interface Outcome {
  readonly globals: readonly string[];
  readonly resources: readonly string[];
  readonly ms: number;
  readonly names: readonly string[];
}

/** Imports a built entry in a fresh process and says what that did. */
function importing(file: string): { outcome: Outcome; stderr: string; lines: readonly string[] } {
  const code = `
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    const resources = process.getActiveResourcesInfo().length;
    const begin = performance.now();
    const library = await import(${JSON.stringify(`${root}${file}`)});
    const ms = performance.now() - begin;
    // the module loader itself is still closing files
    await new Promise((later) => setTimeout(later, 50));
    console.log(JSON.stringify({
      globals: Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name)),
      resources: process.getActiveResourcesInfo().slice(resources),
      ms, names: Object.keys(library),
    }));`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(child.error).toBeUndefined();
  expect(child.status).toBe(0);
  const lines = child.stdout.trim().split('\n');
  return { outcome: JSON.parse(lines.at(-1) ?? '') as Outcome, stderr: child.stderr, lines };
}

describeBuilt('importing', () => {
  it.each([
    'dist/src/index.js',
    'dist/src/browser.js',
    'dist/cores/index.js',
    'dist/routing/index.js',
    'dist/src/coding/index.js',
  ])('%s has no side effects: no output, no globals, nothing left open, no default export', (file) => {
    const { outcome, stderr, lines } = importing(file);
    expect(stderr).toBe('');
    expect(lines).toHaveLength(1);
    expect(outcome.globals).toEqual([]);
    expect(outcome.resources).toEqual([]);
    expect(outcome.names).not.toContain('default');
    expect(outcome.names.length).toBeGreaterThan(0);
    expect(outcome.ms).toBeLessThan(2000);
  });
});
