/**
 * Pictures of every panel at three sizes in both themes, for the eye and for the README.
 *
 *   npm run build && npx tsx scripts/screenshots.ts [--to DIR] [--panel neuron] [--state '#neuron=1...']
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const { values } = parseArgs({
  options: { to: { type: 'string' }, panel: { type: 'string', multiple: true }, state: { type: 'string' } },
});

const chromium = findChromium();
if (chromium === null) throw new Error('there is no chromium');
const to = values.to ?? (await mkdtemp(join(tmpdir(), 'seamount-screenshots-')));
await mkdir(to, { recursive: true });
const server = await servePage(fileURLToPath(new URL('../dist/page/', import.meta.url)), 0);
const { port } = server.address() as AddressInfo;
const browser = await launchChromium(chromium);
try {
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
