/** Finds and starts the Chromium of the system, and loads a page that says when it is ready. */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { SeamountError } from '../../src/index.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Headless, with nothing that goes out by itself. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const READY_MS = 30_000;

/** null where there is none. */
export const findChromium = (): string | null => PLACES.find((path) => existsSync(path)) ?? null;

/** @param flags besides those that make it quiet */
export async function launchChromium(
  executablePath: string,
  flags: readonly string[] = [],
): Promise<Browser> {
  const { chromium } = await import('playwright-core'); // as slow to load as a bench is long
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/** Loads a page that sets `ready`. Throws E_WORKER, with the page's complaints, when it does not. */
export async function loadPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  await page.goto(url);
  await page.waitForFunction('window.ready === true', null, { timeout: READY_MS }).catch(async () => {
    await page.close();
    throw new SeamountError('E_WORKER', `the page did not load: ${complaints.join('; ')}`);
  });
  return page;
}
