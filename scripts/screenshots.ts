/**
 * Pictures of every panel at three sizes in both themes, for the eye and for the README.
 *
 *   npm run build && npx tsx scripts/screenshots.ts [--to DIR] [--panel neuron] [--state '#neuron=1...']
 *   npm run build && npx tsx scripts/screenshots.ts --readme      the pictures of README.md, in docs/images
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium, launchChromium } from '../bench/page/chromium.js';
import { servePage } from '../src/cli/play.js';

const SIZES = [
  { name: 'phone', width: 360, height: 780 },
  { name: 'tablet', width: 820, height: 1180 },
  { name: 'desktop', width: 1440, height: 900 },
] as const;
const THEMES = ['light', 'dark'] as const;
const PANELS = ['neuron', 'coding', 'chip', 'digits'];
/** ms until a panel has measured and drawn all. */
const SETTLE_MS = 2_500;
/** Place of a speed that runs the example through in seconds. */
const FAST = 3;
const root = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    panel: { type: 'string', multiple: true },
    state: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});

const chromium = findChromium();
if (chromium === null) throw new Error('there is no chromium');
const to = values.to ?? (await mkdtemp(join(tmpdir(), 'seamount-screenshots-')));
await mkdir(to, { recursive: true });
const server = await servePage(fileURLToPath(new URL('../dist/page/', import.meta.url)), 0);
const { port } = server.address() as AddressInfo;
const browser = await launchChromium(chromium);

/** A report of the README's first network, as a file. */
function reportFile(): string {
  const yaml = /```yaml run\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))![1]!;
  writeFileSync(
    join(to, 'first.yaml'),
    `${yaml}probes: [{ population: exc, record: [v], neurons: [0, 1] }]\n`,
  );
  const file = join(to, 'first.html');
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'dist/src/cli/main.js'),
      'run',
      join(to, 'first.yaml'),
      '--report',
      file,
      '--energy',
      'loihi1-sanafe',
      '--timing',
      'mesh',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return file;
}

async function readmePictures(): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' });
  const page = await context.newPage();
  const shoot = async (name: string): Promise<void> => {
    const path = join(root, 'docs/images', `${name}.png`);
    await page.screenshot({ path });
    console.log(path);
  };
  await page.goto(`http://localhost:${port}/#neuron`);
  await page.waitForTimeout(SETTLE_MS);
  await shoot('page-neuron');
  await page.goto(`http://localhost:${port}/#chip`);
  await page.waitForTimeout(SETTLE_MS);
  await page.selectOption('.chip-source select, select:has(option[value="balanced"])', 'balanced');
  await page.waitForTimeout(SETTLE_MS);
  await page.getByLabel('Speed').selectOption({ index: FAST });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForTimeout(3 * SETTLE_MS);
  await shoot('page-chip');
  await page.goto(pathToFileURL(reportFile()).href);
  await page.waitForTimeout(SETTLE_MS);
  await shoot('report');
  await context.close();
}

try {
  if (values.readme) await readmePictures();
  else
    for (const { name, width, height } of SIZES)
      for (const theme of THEMES) {
        const context = await browser.newContext({
          viewport: { width, height },
          colorScheme: theme,
          deviceScaleFactor: name === 'phone' ? 2 : 1,
        });
        for (const panel of values.panel ?? PANELS) {
          const page = await context.newPage();
          page.on('console', (message) => {
            if (message.type() === 'error') console.error(`${panel}: ${message.text()}`);
          });
          page.on('pageerror', (error) => console.error(`${panel}: ${error.stack}`));
          await page.goto(`http://localhost:${port}/${values.state ?? `#${panel}`}`);
          await page.waitForTimeout(SETTLE_MS);
          const path = join(to, `${panel}-${name}-${theme}.png`);
          await page.screenshot({ path, fullPage: true });
          console.log(path);
          await page.close();
        }
        await context.close();
      }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
