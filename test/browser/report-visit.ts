/** A report in a browser as its readers open it: a file, offline. What it complains of or asks the network for is kept. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface ReportVisit {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** @param path where the file is written */
export async function openReport(
  browser: Browser,
  path: string,
  html: string,
  options: BrowserContextOptions = {},
): Promise<ReportVisit> {
  writeFileSync(path, html);
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1200, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('html[data-figures="drawn"]', { timeout: 20_000 });
  return { page, complaints, close: () => context.close() };
}
