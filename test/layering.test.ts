/**
 * The architecture as a test: which layer may import what, and a few habits a linter cannot express.
 * Reads the sources as text; a failure names the file, line and offending text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  /** path from the root, with forward slashes */
  readonly path: string;
  /** as in the file */
  readonly text: string;
  /** with comments blanked, same length and lines */
  readonly code: string;
}

/** Comments become spaces; strings stay, because import specifiers are strings. */
function withoutComments(text: string): string {
  const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(tokens, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}

const source = (path: string, text: string): Source => ({ path, text, code: withoutComments(text) });

const LAYERS = ['cores', 'routing', 'src'] as const;

const sources: readonly Source[] = LAYERS.flatMap((layer) =>
  readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
    .map((name) => `${layer}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('kernels.wasm.ts'))
    .sort()
    .map((path) => source(path, readFileSync(join(root, path), 'utf8'))),
);

/** AssemblyScript, which names what it imports without an ending. */
const isKernel = (path: string): boolean => /^(?:cores|src\/timing)\/kernels\//.test(path);

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** `path:line: text` of every match in code, comments excluded. */
function matches(file: Source, pattern: RegExp): string[] {
  return [...file.code.matchAll(pattern)].map(
    (match) => `${file.path}:${lineAt(file.code, match.index)}: ${match[0].trim()}`,
  );
}

const IMPORT =
  /(?:(?<!['"])\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+|\brequire\s*\(\s*|\bnew\s+URL\s*\(\s*(?=['"]\.))(['"])([^'"\n]+)\1/gm;

interface Import {
  readonly where: string;
  readonly specifier: string;
}

const importsOf = (file: Source): Import[] =>
  [...file.code.matchAll(IMPORT)].map((match) => ({
    where: `${file.path}:${lineAt(file.code, match.index + match[0].search(/\S/))}`,
    specifier: match[2] ?? '',
  }));

/** Files of other layers a layer may import. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  cores: [],
  routing: ['cores/index.js'],
  src: ['cores/index.js', 'routing/index.js'],
};

/** What the page shows of the examples is the example itself, not another network that looks like it. */
const SHOWN: readonly (readonly [by: RegExp, what: RegExp])[] = [
  [
    /^src\/page\/digits\//,
    /^examples\/digits\/(?:(?:model|encode|network|weights-format)\.js|weights\.json)$/,
  ],
];

/** The two public entries choose a pool, so a browser bundle never meets node: (docs/architecture.md). */
const NODE_FILES =
  /^(?:routing\/(?:pool-piscina|processors-node)\.ts|src\/io\/(?:read|write)-file\.ts|src\/cli\/[a-z-]+\.ts)$/;

/** Who may import which package. A package not listed here may be imported by nobody. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  piscina: /^routing\/pool-piscina\.ts$/,
  msgpackr: /^src\/io\/codec\.ts$/,
  commander: /^src\/cli\//,
  yaml: /^src\//,
  fflate: /^src\//,
  'pure-rand': /^src\//,
  preact: /^src\/page\//,
  'd3-array': /^src\/views\//,
  'd3-shape': /^src\/views\/paths\.ts$/,
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Why a file may not import something, or null when it may. */
function forbidden(path: string, specifier: string): string | null {
  const layer = path.split('/')[0] ?? '';
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    if (target.startsWith(`${layer}/`)) return null;
    const doors = DOORS[layer] ?? [];
    if (doors.includes(target)) return null;
    if (SHOWN.some(([by, what]) => by.test(path) && what.test(target))) return null;
    return doors.length === 0 ? `${layer} imports only itself` : `${layer} may add only ${doors.join(', ')}`;
  }
  if (specifier.startsWith('node:')) {
    return NODE_FILES.test(path) ? null : 'node: modules belong to the pool, file access and the CLI';
  }
  const owner = PACKAGES[packageOf(specifier)];
  if (owner === undefined) return 'not a package this layer may import';
  return owner.test(path) ? null : `${packageOf(specifier)} may be imported only by ${owner.source}`;
}

const illegalImports = (file: Source): string[] =>
  importsOf(file).flatMap(({ where, specifier }) => {
    const reason = forbidden(file.path, specifier);
    return reason === null ? [] : [`${where}: imports '${specifier}': ${reason}`];
  });

const DOORKEEPERS = new Set([
  'cores/index.ts',
  'routing/index.ts',
  'src/index.ts',
  'src/browser.ts',
  'src/coding/index.ts',
]);

const ALL_REEXPORTS = /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;]*?\bfrom\s*['"][^'"]+['"]/gm;

const MAX_LINES = 400;

/** Files that may be longer, each with its reason. */
const LONGER: Readonly<Record<string, string>> = {};

describe('layers', () => {
  it('has sources to check', () => {
    expect(sources.length).toBeGreaterThan(5);
  });

  it('cores import themselves, routing adds cores, src adds both; node: and packages only where listed', () => {
    expect(sources.flatMap(illegalImports)).toEqual([]);
  });

  it('relative imports name the emitted file (.js)', () => {
    const bad = sources
      .filter(({ path }) => !isKernel(path))
      .flatMap(importsOf)
      .filter(({ specifier }) => specifier.startsWith('.') && !/\.(?:js|json|css)$/.test(specifier));
    expect(bad).toEqual([]);
  });

  it('re-exports happen in the doors only', () => {
    const files = sources.filter(({ path }) => !DOORKEEPERS.has(path) && !isKernel(path));
    expect(files.flatMap((file) => matches(file, ALL_REEXPORTS))).toEqual([]);
  });

  it('no default exports', () => {
    expect(sources.flatMap((file) => matches(file, /^\s*export\s+default\b.*/gm))).toEqual([]);
  });
});

describe('determinism', () => {
  it('no unseeded randomness in product code', () => {
    expect(sources.flatMap((file) => matches(file, /\bMath\.random\b|\bcrypto\.getRandomValues\b/g))).toEqual(
      [],
    );
  });

  it('no clock in cores and routing, but for the time limits of pools and barrier, who runs a shard, and reports of busy shards', () => {
    const timeless = sources.filter(
      ({ path }) =>
        path.startsWith('cores/') ||
        (path.startsWith('routing/') && !/^routing\/(?:pool[a-z-]*|barrier|head-start|busy)\.ts$/.test(path)),
    );
    const clock = /\bDate\.now\b|\bperformance\.now\b|\bnew Date\b|\bprocess\.hrtime\b/g;
    expect(timeless.flatMap((file) => matches(file, clock))).toEqual([]);
  });

  it('profiles are data: no code asks for their names', () => {
    const asks =
      /\bprofile\.name\s*[!=]==?\s*['"`]|['"`]\s*[!=]==?\s*[\w.]*\bprofile\.name\b|\bswitch\s*\([^)]*profile\.name\)/g;
    expect(sources.flatMap((file) => matches(file, asks))).toEqual([]);
  });
});

describe('form', () => {
  it(`no file of product code is longer than ${MAX_LINES} lines`, () => {
    const long = sources
      .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > MAX_LINES && LONGER[path] === undefined);
    expect(long).toEqual([]);
  });

  it('no drawer files', () => {
    const drawers = sources
      .map(({ path }) => path)
      .filter((path) => /(?:^|\/)(?:utils?|helpers?|misc|common)(?:\/|\.ts$)/.test(path));
    expect(drawers).toEqual([]);
  });

  it('no notes to self and no silenced checks', () => {
    const notes = /\b(?:TODO|FIXME|XXX|HACK)\b|@ts-(?:ignore|nocheck|expect-error)|biome-ignore(?!.*:)/;
    // AssemblyScript puts decorators on functions, which editors take for an error of TypeScript.
    const found = sources.flatMap((file) =>
      file.text
        .replaceAll('// @ts-ignore: decorator', '')
        .split('\n')
        .flatMap((line, i) => (notes.test(line) ? [`${file.path}:${i + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

describe('the checks themselves', () => {
  const illegal = (path: string, text: string): string[] => illegalImports(source(path, text));

  it.each([
    ['cores/a.ts', "import { x } from '../routing/index.js';"],
    ['cores/a.ts', "import { x } from '../src/b.js';"],
    ['cores/a.ts', "import { readFileSync } from 'node:fs';"],
    ['cores/a.ts', "const m = await import('yaml');"],
    ['routing/a.ts', "import type { Core } from '../cores/core.js';"],
    ['routing/a.ts', "import Piscina from 'piscina';"],
    ['routing/a.ts', "export * from '../src/index.js';"],
    ['src/api/a.ts', "import { x } from '../../cores/fixed.js';"],
    ['src/api/a.ts', "import { Packr } from 'msgpackr';"],
    ['src/api/a.ts', "import { Command } from 'commander';"],
    ['src/api/a.ts', "import fs from 'fs';"],
    ['src/api/a.ts', "import {\n  a,\n  b,\n} from 'node:path';"],
    ['src/io/npy.ts', "import 'node:fs';"],
    ['src/page/digits/a.ts', "import { loadDigits } from '../../../examples/digits/data.js';"],
    ['src/page/coding/a.ts', "import { SIDE } from '../../../examples/digits/model.js';"],
  ])('%s may not say %s', (path, text) => {
    const found = illegal(path, `\n${text}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path}:\\d+: imports '`));
  });

  it.each([
    ['cores/a.ts', "import { x } from './b.js';"],
    ['cores/kernels/a.ts', "import { N } from '../descriptor';"],
    ['cores/a.ts', "// import { x } from 'node:fs';"],
    ['cores/a.ts', "type Window = Pick<Probe, 'from' | 'to'>;"],
    ['routing/a.ts', "import { Core } from '../cores/index.js';"],
    ['routing/pool-piscina.ts', "import { Piscina } from 'piscina';\nimport os from 'node:os';"],
    ['src/api/a.ts', "import { Core } from '../../cores/index.js';\nimport { parse } from 'yaml';"],
    ['src/io/codec.ts', "import { Packr } from 'msgpackr';"],
    ['src/page/digits/a.ts', "import { SIDE } from '../../../examples/digits/model.js';"],
    ['src/cli/run.ts', "import { Command } from 'commander';\nimport process from 'node:process';"],
  ])('%s may say %s', (path, text) => {
    expect(illegal(path, text)).toEqual([]);
  });

  it('points at the line', () => {
    expect(illegal('cores/a.ts', "// first\n\nimport os from 'node:os';\n")[0]).toContain('cores/a.ts:3: ');
  });
});
