/** The library knows nothing of the chip: what it imports, followed through the sources. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../docs/blocks.js';

/** Files below src/ and packages that are reached at run time, and the doors of other layers. */
function reached(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!path.startsWith('src/')) return seen;
  const code = readFileSync(`${root}${path}`, 'utf8');
  for (const [, clause, specifier = ''] of code.matchAll(
    /^(?:import|export)\s([^'";]*?)\s?from\s'([^']+)'/gm,
  )) {
    if (clause?.startsWith('type ')) continue;
    if (specifier.startsWith('.'))
      reached(posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'), seen);
    else seen.add(specifier);
  }
  return seen;
}

it('reaches no chip, no compiler of networks and no node: module', () => {
  const outside = [...reached('src/coding/index.ts')]
    .filter((path) => !path.startsWith('src/coding/'))
    .sort();
  expect(outside).toEqual([
    'cores/index.ts',
    'pure-rand/generator/xoroshiro128plus',
    'src/api/sources.ts',
    'src/compiler/random-stream.ts',
    'src/compiler/violations.ts',
    'src/io/npy.ts',
    'src/netfile/did-you-mean.ts',
  ]);
});
