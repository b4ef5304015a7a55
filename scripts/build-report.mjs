/**
 * Bundles src/report/mount-report.ts, the script inside every report: one plain script, report.js.
 *
 *   node scripts/build-report.mjs          into dist/report
 *   node scripts/build-report.mjs DIR      into DIR
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { BundledLicences } from './bundled-licences.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const outDir = resolve(process.argv[2] ?? join(root, 'dist/report'));
const licences = new BundledLicences();

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  plugins: [licences.plugin()],
  build: {
    outDir,
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

// in the script, since that is in every report
const script = join(outDir, 'report.js');
writeFileSync(script, `/*\n${licences.text()}*/\n${readFileSync(script, 'utf8')}`);
