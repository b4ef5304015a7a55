/** A browser and what it is served, for tests that run the built package in a page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { findChromium, launchChromium, loadPage } from '../../bench/page/chromium.js';
import { type PageKind, type PageServer, servePage } from '../../bench/page/page-server.js';
import { sharedDir } from '../shared.js';

const missing = [
  findChromium() === null ? 'there is no chromium' : '',
  existsSync(fileURLToPath(new URL('../../dist/src/verify/verify.js', import.meta.url)))
    ? ''
    : 'there is no dist (npm run build)',
].filter(Boolean);

/** `describe` for what needs something; skipped, with the reason in its name, where that is missing. In CI it must be there. */
export function describeUnless(missing: readonly string[], name: string, body: () => void): void {
  if (missing.length === 0) describe(name, body);
  else if (process.env.CI)
    it(name, () => {
      throw new Error(`${missing.join(', ')}, which must not be when CI is set`);
    });
  else describe.skip(`${name} (skipped: ${missing.join(', ')})`, body);
}

/** For what needs a browser and the built package. */
export const describeInChromium = (name: string, body: () => void): void =>
  describeUnless(missing, name, body);

/** What `run` of page-script.js gives. */
export interface RunInPage {
  readonly shards: number;
  readonly isolated: boolean;
  readonly spikes: string;
  readonly state: string;
  readonly events: string;
}

export class Pages {
  readonly #server: PageServer;
  readonly #browser: Browser;
  readonly #pages = new Map<PageKind, Promise<Page>>();

  private constructor(server: PageServer, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  /** @param image what pages run */
  static async open(image: Uint8Array): Promise<Pages> {
    const server = await servePage({
      package: 'dist',
      script: '/test/page-script.js',
      image,
      directories: {
        test: fileURLToPath(new URL('.', import.meta.url)),
        ...(sharedDir === null ? {} : { vectors: join(sharedDir, 'vectors') }),
      },
    });
    return new Pages(server, await launchChromium(findChromium()!));
  }

  /** Uses the page of a kind; loads it the first time. */
  async with<T>(kind: PageKind, use: (page: Page) => Promise<T>): Promise<T> {
    let page = this.#pages.get(kind);
    if (page === undefined) {
      page = loadPage(this.#browser, this.#server.url(kind));
      this.#pages.set(kind, page);
    }
    return use(await page);
  }

  run(kind: PageKind, steps: number, options: object): Promise<RunInPage> {
    return this.with(kind, (page) => page.evaluate(`window.run(${steps}, ${JSON.stringify(options)})`));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server[Symbol.dispose]();
  }
}
