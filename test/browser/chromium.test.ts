/**
 * The same chip in a page: headless Chromium runs the built package, with web workers and without, and must
 * give what Node gives, and what the recordings of other emulators say.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import { Chip, type ChipImage, spikeHash } from '../../routing/index.js';
import { encodeImage } from '../../src/index.js';
import { imageOfRecord } from '../../src/verify/network.js';
import { readNetwork } from '../../src/verify/network-record.js';
import { openRecording } from '../../src/verify/recording.js';
import { tinyImage } from '../routing/tiny-image.js';
import { sharedDir } from '../shared.js';
import { type PageServer, servePage } from './page-server.js';

const STEPS = 150;
const NETWORK = 'net-common-300d.json.gz';
/** One recording of every kind the page can replay in seconds. */
const RECORDINGS = [NETWORK, 'nengo-noise.json.gz', 'lava-conn.json.gz', 'lava-lif-variants.json.gz'];

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
const built = existsSync(fileURLToPath(new URL('../../dist/src/verify/verify.js', import.meta.url)));
const missing = [
  executablePath === undefined ? 'there is no chromium' : '',
  built ? '' : 'there is no dist (npm run build)',
].filter(Boolean);
const skip = missing.length > 0 && !process.env.CI;

/** A recorded network, cut over several cores so that there is something to share; else one made by hand. */
async function networkImage(): Promise<ChipImage> {
  if (sharedDir === null) return tinyImage({ seed: 100, cores: [30, 30, 30], maxDelay: 5 }).image;
  const recording = await openRecording(await readFile(join(sharedDir, 'vectors', NETWORK)), NETWORK);
  return imageOfRecord(readNetwork(recording), LOIHI1, NETWORK).image;
}

interface Outcome {
  readonly shards: number;
  readonly isolated: boolean;
  readonly spikes: string;
  readonly state: string;
  readonly events: string;
}

describe.skipIf(skip)(`in headless Chromium${skip ? ` (skipped: ${missing.join(', ')})` : ''}`, () => {
  let image: ChipImage;
  let served: PageServer;
  let browser: Browser;
  let expected: Pick<Outcome, 'spikes' | 'state' | 'events'>;

  beforeAll(async () => {
    if (missing.length > 0) throw new Error(`${missing.join(', ')}, which must not be when CI is set`);
    image = await networkImage();
    expect(image.cores.length).toBeGreaterThan(1);
    served = await servePage(encodeImage(image));
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { spikes } = await chip.run(STEPS);
    expect(spikes.ids.length).toBeGreaterThan(100);
    expected = {
      spikes: spikeHash(spikes).toString(16),
      state: chip.stateHash(),
      events: String(chip.counters().totals.axonEventsIn),
    };
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    served?.server.close();
  });

  async function withPage<T>(kind: 'isolated' | 'plain', use: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage();
    try {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(request.url()));
      await page.goto(served.url(kind));
      await page
        .waitForFunction('window.ready === true', null, { timeout: 30_000 })
        .catch(() => expect.fail(`the page did not load: ${complaints.join('; ')}`));
      return await use(page);
    } finally {
      await page.close();
    }
  }

  const run = (kind: 'isolated' | 'plain', options: object): Promise<Outcome> =>
    withPage(kind, (page) => page.evaluate(`window.run(${STEPS}, ${JSON.stringify(options)})`));

  it.each([
    ['one thread, wasm', 'isolated', { kernels: 'wasm' }, 1],
    ['one thread, scalar', 'isolated', { kernels: 'scalar' }, 1],
    ['two web workers, wasm', 'isolated', { kernels: 'wasm', workers: 2 }, 2],
    ['two web workers, scalar', 'isolated', { kernels: 'scalar', workers: 2 }, 2],
    ['without isolation, one thread', 'plain', { kernels: 'wasm' }, 1],
    ['without isolation, two shards in turns', 'plain', { kernels: 'wasm', workers: 2 }, 2],
  ] as const)('%s: spikes, state and counters are those of Node', async (_, kind, options, shards) => {
    const { isolated, shards: used, ...outcome } = await run(kind, options);
    expect(isolated).toBe(kind === 'isolated');
    expect(used).toBe(Math.min(shards, image.cores.length));
    expect(outcome).toEqual(expected);
  });

  it('threads that cannot be are refused by name', async () => {
    await expect(run('plain', { workers: 2, pool: 'threads' })).rejects.toThrow(
      'this page has no shared memory',
    );
  });

  it.skipIf(sharedDir === null && !process.env.CI).each(RECORDINGS)('replays %s', async (name) => {
    const report = await withPage('isolated', (page) =>
      page.evaluate(`window.verify('${name}', { workers: 2 })`),
    );
    expect(report).toMatchObject({ status: 'passed' });
    const { runs } = report as { runs: readonly { cases: number; passed: number }[] };
    expect(runs.length).toBeGreaterThan(0);
    for (const { cases, passed } of runs) expect(passed).toBe(cases);
  });
});
