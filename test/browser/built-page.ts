/** The built page in a browser, as `seamount play` serves it, and all it complains of. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { findChromium, launchChromium } from '../../bench/page/chromium.js';
import { servePage } from '../../src/cli/play.js';

const directory = fileURLToPath(new URL('../../dist/page/', import.meta.url));

const missing = [
  findChromium() === null ? 'there is no chromium' : '',
  existsSync(`${directory}index.html`) ? '' : 'there is no dist/page (npm run build)',
].filter(Boolean);

/** `describe` for what needs a browser and the built page; skipped, with the reason in its name, without them. In CI they must be there. */
export function describeBuiltPage(name: string, body: () => void): void {
  if (missing.length === 0) describe(name, body);
  else if (process.env.CI)
    it(name, () => {
      throw new Error(`${missing.join(', ')}, which must not be when CI is set`);
    });
  else describe.skip(`${name} (skipped: ${missing.join(', ')})`, body);
}

export class BuiltPage {
  /** Errors of the console, of scripts and of requests, of all pages opened. */
  readonly complaints: string[] = [];
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  /** @param flags of chromium, besides those that make it quiet */
  static async open(flags: readonly string[] = []): Promise<BuiltPage> {
    return new BuiltPage(await servePage(directory, 0), await launchChromium(findChromium()!, flags));
  }

  /** @param address what follows the host: `#digits`, `?embed=coding` */
  async show(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('requestfailed', (request) => this.complaints.push(request.url()));
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/${address}`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** What axe finds of serious or critical impact: rule and the elements. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve('axe-core/axe.min.js')) });
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run: () => Promise<{
            violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
      );
  });
}
