import type { AddressInfo } from 'node:net';
import { findChromium, launchChromium } from './bench/page/chromium.js';
import { servePage } from './src/cli/play.js';
import { fileURLToPath } from 'node:url';
const server = await servePage(fileURLToPath(new URL('./dist/page/', import.meta.url)), 0);
const { port } = server.address() as AddressInfo;
const browser = await launchChromium(findChromium()!);
const phone = await browser.newPage({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 1.5 });
phone.on('console', (m) => console.log(m.type(), m.text()));
await phone.goto(`http://localhost:${port}/`);
await phone.waitForTimeout(2500);
for (let k = 0; k < 4; k++) { await phone.evaluate(`scrollTo(0, ${k * 700})`); await phone.waitForTimeout(100); await phone.screenshot({ path: `/tmp/shots/p${k}.png` }); }
console.log('overflow', await phone.evaluate('document.documentElement.scrollWidth'));
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
page.on('console', (m) => console.log(m.type(), m.text()));
await page.goto(`http://localhost:${port}/`);
await page.waitForTimeout(1500);
for (const name of ['Bursting', 'Noisy, irregular', 'Adapting', 'Coincidence detector', 'Temporal integrator', 'Saturated', 'Near rheobase']) {
  await page.getByRole('button', { name }).click();
  if (name==='Bursting') { await page.getByLabel('Window').selectOption('1000'); await page.getByLabel('Speed').selectOption('1000'); await page.getByLabel('Ideal neuron').check(); }
  await page.waitForTimeout(2500);
  console.log(name, await page.getByTestId('status').innerText());
  await page.screenshot({ path: `/tmp/shots/${name.split(' ')[0]}.png` });
}
console.log(page.url());
await browser.close(); server.closeAllConnections(); server.close();
