/**
 * Bundles src/report/mount-report.ts, the script inside every report: one plain script, report.js.
 *
 *   node scripts/build-report.mjs          into dist/report
 *   node scripts/build-report.mjs DIR      into DIR
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    outDir: resolve(process.argv[2] ?? join(root, 'dist/report')),
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: join(root, 'src/report/mount-report.ts'),
      formats: ['iife'],
      name: 'seamountReport',
      fileName: () => 'report.js',
    },
  },
});
