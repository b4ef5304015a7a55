/**
 * What a user of the published package would do first, with the packed tarball, away from the repository:
 * install it, ask the CLI for version and help, run a small network, import the library in a typed program.
 *
 *   node scripts/smoke-package.mjs TARBALL EMPTY_DIR
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [tarball, dir] = process.argv.slice(2);
assert(tarball && dir, 'usage: smoke-package.mjs TARBALL EMPTY_DIR');

const repository = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const HELP_LIMIT_MS = 500;

mkdirSync(dir, { recursive: true });
const env = { ...process.env, NO_COLOR: '1' };
const run = (command, args) =>
  execFileSync(command, args, {
    cwd: dir,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });

function step(name, action) {
  const begin = performance.now();
  const note = action();
  console.log(`ok ${name}${note ? `: ${note}` : ''} (${Math.round(performance.now() - begin)} ms)`);
}

step('install from the tarball', () => {
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }),
  );
  run('npm', ['install', '--no-fund', '--no-audit', '--silent', resolve(tarball)]);
  const listed = run('npm', ['ls', '--all', '--parseable']).trim().split('\n');
  return `${listed.length - 1} packages`;
});

step('npx seamount --version', () => {
  const said = run('npx', ['--no-install', 'seamount', '--version']).trim();
  assert.equal(said, `seamount ${version}`);
  return said;
});

step('seamount --help is quick', () => {
  const bin = join(dir, 'node_modules/seamount/dist/src/cli/main.js');
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    assert.match(run(process.execPath, [bin, '--help']), /usage: seamount/i);
    return performance.now() - begin;
  });
  const best = Math.min(...times);
  assert(best < HELP_LIMIT_MS, `--help takes ${best.toFixed(0)} ms, limit ${HELP_LIMIT_MS} ms`);
  return `best of ${times.length}: ${best.toFixed(0)} ms`;
});

step('run a small network', () => {
  writeFileSync(join(dir, 'net.yaml'), readFileSync(join(repository, 'examples/yaml-network/network.yaml')));
  const report = JSON.parse(run('npx', ['--no-install', 'seamount', 'run', 'net.yaml', '--json']));
  assert.equal(typeof report.schema, 'string');
  return `report ${report.schema}`;
});

step('import the library in a typed program', () => {
  const program = [
    "import { cells, Network, simulate } from 'seamount';",
    "import { PROFILES, type ChipProfile } from 'seamount/cores';",
    "import { Chip } from 'seamount/routing';",
    'const profile: ChipProfile | undefined = PROFILES[0];',
    'const net = new Network();',
    "net.population(3, cells.loihi({ vth: 10, bias: 64 }), 'a');",
    'console.log(profile?.name, typeof Chip.open, typeof simulate);',
  ];
  writeFileSync(join(dir, 'program.ts'), `${program.join('\n')}\n`);
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [
    tsc,
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023,esnext.disposable,dom',
    'program.ts',
  ]);
  const said = run(process.execPath, ['program.js']).trim();
  assert.equal(said, 'loihi1 function function');
  return said;
});

step('the published files', () => {
  for (const file of ['schema/network.json', 'CHANGELOG.md', 'LICENSE', 'README.md']) {
    assert(existsSync(join(dir, 'node_modules/seamount', file)), `${file} is missing from the package`);
  }
});
