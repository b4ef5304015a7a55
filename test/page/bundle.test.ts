/** The built page is small, and refers to nothing outside. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const directory = fileURLToPath(new URL('../../dist/page/', import.meta.url));
const isBuilt = existsSync(join(directory, 'index.html'));

/** Bytes of the kernels, base64 in a script: the wasm that the limit does not count. */
const WASM = /AGFzbQ[\w+/=]{1000,}/g;
const LIMIT = 400_000;

describe.skipIf(!isBuilt && !process.env.CI)('the bundle (skipped without dist/page: npm run build)', () => {
  const files = isBuilt
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:html|js|css)$/.test(name))
        .map((name) => ({ name, text: readFileSync(join(directory, name), 'utf8') }))
    : [];

  it(`all of it is under ${LIMIT / 1000} kB compressed, beside the wasm`, () => {
    const sizes = files.map(({ name, text }) => [name, gzipSync(text.replaceAll(WASM, '')).length] as const);
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    console.log(`page: ${(sum / 1000).toFixed(0)} kB compressed in ${files.length} files`);
    expect(sum).toBeGreaterThan(20_000);
    expect(sum).toBeLessThan(LIMIT);
  });

  it('loads nothing from elsewhere, by paths that work anywhere', () => {
    const html = files.find(({ name }) => name === 'index.html')!.text;
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect(path!.startsWith('./') || path!.startsWith('data:')).toBe(true);
  });

  it('has no source of Node in it', () => {
    for (const { text } of files) expect(text).not.toMatch(/(?:from|import)\s*\(?"(?:piscina|node:)/);
  });
});
