/** The built page in a browser, for tests: served as `seamount play` does, or without isolation; complaints kept. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../bench/page/chromium.js';
import { servePage } from '../../src/cli/play.js';
import { describeUnless } from './pages.js';

const directory = fileURLToPath(new URL('../../dist/page/', import.meta.url));

const missing = [
  findChromium() === null ? 'there is no chromium' : '',
  existsSync(join(directory, 'index.html')) ? '' : 'there is no dist/page (npm run build)',
].filter(Boolean);

/** For what needs a browser and the built page. */
export const describePage = (name: string, body: () => void): void => describeUnless(missing, name, body);

/** As a host that knows nothing of isolation: any static one. */
async function servePlain(): Promise<Server> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  };
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    // below a path, as project pages are
    const file = join(directory, pathname.replace(/^\/project/, '').replace(/\/$/, '/index.html'));
    try {
      const body = await readFile(file);
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export class PageVisit {
  /** What the page and its workers complained of, in all visits. */
  readonly complaints: string[] = [];
  /** Requests to anywhere but the server. */
  readonly strayRequests: string[] = [];
  readonly #browser: Browser;
  readonly #servers: readonly Server[];
  readonly #urls: Readonly<Record<'isolated' | 'plain', string>>;

  private constructor(browser: Browser, isolated: Server, plain: Server) {
    const port = (server: Server): number => (server.address() as AddressInfo).port;
    this.#browser = browser;
    this.#servers = [isolated, plain];
    this.#urls = {
      isolated: `http://localhost:${port(isolated)}/`,
      plain: `http://localhost:${port(plain)}/project/`,
    };
  }

  static async open(): Promise<PageVisit> {
    return new PageVisit(
      await launchChromium(findChromium()!),
      await servePage(directory, 0),
      await servePlain(),
    );
  }

  /** @param path query and fragment */
  async visit(
    path = '',
    options: BrowserContextOptions & { readonly kind?: 'isolated' | 'plain' } = {},
  ): Promise<Page> {
    const { kind = 'isolated', ...rest } = options;
    // Playwright's own waiting needs what the page's policy forbids; page-policy.test.ts is under the policy.
    const defaults = { viewport: { width: 1280, height: 900 }, bypassCSP: true };
    const context = await this.#browser.newContext({ ...defaults, ...rest });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('requestfailed', (request) => this.complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.#urls[kind]) && !/^(?:data|blob):/.test(url)) this.strayRequests.push(url);
    });
    await page.goto(this.#urls[kind] + path);
    return page;
  }

  /** Closes all pages: one that runs on would take time from the next. */
  async leave(): Promise<void> {
    for (const context of this.#browser.contexts()) await context.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** Waits until the neuron of the page has been measured, and gives its status line. */
export async function statusOf(page: Page, including = 'Hz'): Promise<string> {
  const line = page.getByTestId('status');
  await line.filter({ hasText: including }).waitFor();
  await page.locator('.verdict:not(.stale)').waitFor();
  return ((await line.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** A file of the export menu, which is open. */
export async function exported(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile((await download.path())!);
}
