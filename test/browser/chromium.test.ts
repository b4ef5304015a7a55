/**
 * The same chip in a page: headless Chromium runs the built package, with web workers and without, and must
 * give what Node gives, and what the recordings of other emulators say.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageKind } from '../../bench/page/page-server.js';
import { LOIHI1 } from '../../cores/index.js';
import { Chip, type ChipImage, spikeHash } from '../../routing/index.js';
import { encodeImage } from '../../src/index.js';
import { imageOfRecord } from '../../src/verify/network.js';
import { readNetwork } from '../../src/verify/network-record.js';
import { openRecording } from '../../src/verify/recording.js';
import { tinyImage } from '../routing/tiny-image.js';
import { sharedDir } from '../shared.js';
import { describeInChromium, Pages, type RunInPage } from './pages.js';

const STEPS = 150;
const NETWORK = 'net-common-300d.json.gz';
/** One recording of every kind the page can replay in seconds. */
const RECORDINGS = [NETWORK, 'nengo-noise.json.gz', 'lava-conn.json.gz', 'lava-lif-variants.json.gz'];

/** A recorded network, cut over several cores so that there is something to share; else one made by hand. */
async function networkImage(): Promise<ChipImage> {
  if (sharedDir === null) return tinyImage({ seed: 100, cores: [30, 30, 30], maxDelay: 5 }).image;
  const recording = await openRecording(await readFile(join(sharedDir, 'vectors', NETWORK)), NETWORK);
  return imageOfRecord(readNetwork(recording), LOIHI1, NETWORK).image;
}

describeInChromium('in headless Chromium', () => {
  let image: ChipImage;
  let pages: Pages;
  let expected: Pick<RunInPage, 'spikes' | 'state' | 'events'>;

  beforeAll(async () => {
    image = await networkImage();
    expect(image.cores.length).toBeGreaterThan(1);
    pages = await Pages.open(encodeImage(image));
    await using chip = await Chip.open(image, { kernels: 'scalar' });
    const { spikes } = await chip.run(STEPS);
    expect(spikes.ids.length).toBeGreaterThan(100);
    expected = {
      spikes: spikeHash(spikes).toString(16),
      state: chip.stateHash(),
      events: String(chip.counters().totals.axonEventsIn),
    };
  }, 120_000);

  afterAll(() => pages?.close());

  const run = (kind: PageKind, options: object): Promise<RunInPage> => pages.run(kind, STEPS, options);

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

  it('workers that a closed chip leaves are taken by the next one', async () => {
    await pages.with('isolated', async (page: Page) => {
      for (let i = 0; i < 3; i++) {
        const { isolated: _, shards: __, ...outcome } = await run('isolated', { workers: 2 });
        expect(outcome).toEqual(expected);
        expect(page.workers()).toHaveLength(2);
      }
    });
  });

  it('threads that cannot be are refused by name', async () => {
    await expect(run('plain', { workers: 2, pool: 'threads' })).rejects.toThrow(
      'this page has no shared memory',
    );
  });

  it.skipIf(sharedDir === null && !process.env.CI).each(RECORDINGS)('replays %s', async (name) => {
    const report = await pages.with('isolated', (page: Page) =>
      page.evaluate(`window.verify('${name}', { workers: 2 })`),
    );
    expect(report).toMatchObject({ status: 'passed' });
    const { runs } = report as { runs: readonly { cases: number; passed: number }[] };
    expect(runs.length).toBeGreaterThan(0);
    for (const { cases, passed } of runs) expect(passed).toBe(cases);
  });
});
