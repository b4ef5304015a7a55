import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { describeBuilt, manifest, root, type Target } from './built.js';

const leaves = (target: Target): string[] =>
  typeof target === 'string' ? [target] : Object.values(target).flatMap(leaves);

/** As Node and bundlers do: the first condition that is set wins. */
function pick(target: Target, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const found = pick(inner, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

const entry = (subpath: string, ...conditions: string[]): string | undefined =>
  pick(manifest.exports[subpath] ?? {}, conditions);

/** Packages and node: modules reached by static imports from a built file. */
function reached(from: string, seen = new Set<string>()): Set<string> {
  const outside = new Set<string>();
  const file = resolve(root, from);
  if (seen.has(file)) return outside;
  seen.add(file);
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  for (const match of code.matchAll(/^\s*(?:import|export)\b(?:[^'"=;]*\bfrom)?\s*['"]([^'"]+)['"];/gm)) {
    const specifier = match[1] ?? '';
    if (!specifier.startsWith('.')) outside.add(specifier);
    else for (const far of reached(join(dirname(file), specifier), seen)) outside.add(far);
  }
  return outside;
}

describeBuilt('exports', () => {
  it.each(Object.keys(manifest.exports))('every file of %s exists', (subpath) => {
    const missing = leaves(manifest.exports[subpath] ?? {}).filter((file) => !existsSync(join(root, file)));
    expect(missing).toEqual([]);
  });

  it('types come first in every branch, so TypeScript finds them', () => {
    for (const target of Object.values(manifest.exports).flatMap((t) =>
      typeof t === 'string' ? [] : [t, ...Object.values(t)],
    )) {
      if (typeof target !== 'string' && 'types' in target) {
        const plain = Object.keys(target).filter((key) => typeof target[key] === 'string');
        expect(plain[0]).toBe('types');
      }
    }
  });

  it('a browser gets its own entry', () => {
    expect(entry('.', 'browser', 'import')).toBe('./dist/src/browser.js');
    expect(entry('.', 'browser', 'types')).toBe('./dist/src/browser.d.ts');
    expect(entry('.', 'node', 'import')).toBe('./dist/src/index.js');
    expect(entry('.', 'types')).toBe('./dist/src/index.d.ts');
  });

  it.each(['.', './cores', './routing', './coding'])(
    '%s in a browser reaches no node: module and no Node-only package',
    (subpath) => {
      const file = entry(subpath, 'browser', 'import');
      expect(file).toBeDefined();
      const far = [...reached(file ?? '')];
      expect(far.filter((name) => /^node:|^(?:piscina|commander)\b/.test(name))).toEqual([]);
    },
  );

  it('./cores needs nothing at all', () => {
    expect([...reached(entry('./cores', 'import') ?? '')]).toEqual([]);
  });
});
