import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeBuilt, manifest, root } from './built.js';

const packed = (): readonly string[] => {
  const { stdout, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status).toBe(0);
  const report = JSON.parse(stdout) as unknown;
  // npm 11 lists packages in an array, npm 12 by name
  const [first] = Array.isArray(report) ? report : Object.values(report as object);
  return (first as { files: readonly { path: string }[] }).files.map(({ path }) => path);
};

describeBuilt('the tarball', () => {
  it('holds the built package, schema and papers, and nothing else', () => {
    const files = packed();
    const allowed =
      /^(?:dist\/(?:src|cores|routing|page|report)\/|schema\/[a-z-]+\.json$|(?:README|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
    expect(files.filter((path) => !allowed.test(path))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'LICENSE',
        'CHANGELOG.md',
        'dist/src/cli/main.js',
        'dist/cores/kernels.wasm.js',
        'dist/src/timing/mesh-kernels.wasm.js',
        'dist/page/index.html',
        'dist/report/report.js',
      ]),
    );
  });
});

it('no runtime dependency compiles or downloads when it is installed', () => {
  for (const name of Object.keys(manifest.dependencies)) {
    const { scripts = {} } = JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')) as {
      scripts?: Record<string, string>;
    };
    const hooks = ['preinstall', 'install', 'postinstall'].filter((hook) => hook in scripts);
    expect({ name, hooks }).toEqual({ name, hooks: [] });
  }
});
