/**
 * Bundles src/page into dist/page: a static folder for any host, and for `seamount play`.
 *
 *   node scripts/build-page.mjs            build
 *   node scripts/build-page.mjs --watch    build again after every change
 */
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { BundledLicences } from './bundled-licences.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What only Node loads, though code that runs in both names it: never reached in a page. */
const NODE_ONLY = /\/(?:pool-piscina|processors-node)\.js$/;

const withoutNode = () => ({
  name: 'without-node',
  enforce: 'pre',
  resolveId: (source) => (NODE_ONLY.test(source) ? '\0node-only' : null),
  load: (id) =>
    id === '\0node-only' ? 'export const PiscinaPool = null; export const processors = null;' : null,
});

const licences = new BundledLicences();

await build({
  configFile: false,
  root: join(root, 'src/page'),
  base: './',
  logLevel: 'warn',
  plugins: [withoutNode(), licences.plugin()],
  worker: { format: 'es', plugins: () => [withoutNode(), licences.plugin()] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(root, 'dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    watch: process.argv.includes('--watch') ? {} : null,
  },
});

writeFileSync(join(root, 'dist/page/licences.txt'), licences.text());
