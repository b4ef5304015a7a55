/** The built package, for tests that look at what users get. `npm ci` builds it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A branch of an `exports` entry: a file, or conditions in order of preference. */
export type Target = string | { readonly [condition: string]: Target };

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: { readonly [subpath: string]: Target };
  readonly bin: { readonly [name: string]: string };
  readonly files: readonly string[];
  readonly dependencies: { readonly [name: string]: string };
}

export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Manifest;

const built = existsSync(`${root}dist/src/index.js`);

/** `describe` for tests of `dist`; skipped, with the reason in its name, before the first build. In CI it must be there. */
export function describeBuilt(name: string, body: () => void): void {
  if (built || process.env.CI) describe(name, body);
  else describe.skip(`${name} (skipped: run npm run build first)`, body);
}
