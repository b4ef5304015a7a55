/** The chip panel on threads: taken where they pay, and with them the bits of one thread of Node, in both directions of time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Chip, type ChipImage } from '../../routing/index.js';
import { compileFile } from '../../src/cli/compile-file.js';
import { encodeSpikes } from '../../src/io/encode-spikes.js';
import { networkFromText } from '../../src/netfile/network-from-text.js';
import { drop, facts, goTo } from './chip-panel.js';
import { describePage, exported, PageVisit } from './page-visit.js';

/** So many neurons that a run of some length pays for threads; spikes cross from one thread to the other. */
const NETWORK = `label: many
seed: 3
populations:
  noise: { size: 500, cell: { type: poisson, rate: 10 } }
  cells: { size: 200000, cell: { type: loihi, du: 1024, dv: 256, vth: 120, refract: 3 } }
projections:
  - { pre: noise, post: cells, connector: { type: fixedNumberPre, n: 1 }, synapse: { weight: 200, delay: { uniform: [0, 5] } } }
  - { pre: cells, post: cells, connector: { type: fixedNumberPre, n: 1 }, synapse: { weight: 20, delay: 2 } }
run: { steps: 100000 }
`;
const [THERE, BACK] = [120, 41];

describePage('threads of the chip panel', () => {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-threads-'));
  const path = join(dir, 'many.yaml');
  let visits: PageVisit;
  let image: ChipImage;
  let expected: { readonly back: string; readonly there: string; readonly csv: string };

  beforeAll(async () => {
    writeFileSync(path, NETWORK);
    ({ image } = compileFile(networkFromText(NETWORK, path), {}));
    await using chip = await Chip.open(image, { workers: 1 });
    const { spikes: before } = await chip.run(BACK);
    const back = chip.stateHash();
    const { spikes: after } = await chip.run(THERE - BACK);
    const csv = [before, after].map((spikes) =>
      new TextDecoder().decode(encodeSpikes(spikes, 'csv', image.populations)),
    );
    expected = { back, there: chip.stateHash(), csv: csv[0]! + csv[1]!.slice(csv[1]!.indexOf('\n') + 1) };
    visits = await PageVisit.open();
  }, 60_000);
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    rmSync(dir, { recursive: true, force: true });
    expect(visits.complaints).toEqual([]);
  });

  const threadsOf = (page: Page): number =>
    page.workers().filter((worker) => worker.url().includes('worker-web')).length;

  it.each(['isolated', 'plain'] as const)('%s: the spikes and states of one thread of Node', async (kind) => {
    const page = await visits.visit('#chip', { kind, reducedMotion: 'reduce' });
    await page.locator('.chip-hash output[data-step]').waitFor();
    await drop(page, path);
    await facts(page, 'many').waitFor();
    const processors = await page.evaluate<number>('navigator.hardwareConcurrency');
    if (kind === 'plain' || processors === 1) {
      await facts(page, 'run by 1 thread ').waitFor();
      expect(threadsOf(page)).toBe(0);
    } else {
      const text = (await facts(page, /run by \d+ threads/).textContent())!;
      const threads = Number(/run by (\d+) threads/.exec(text)![1]);
      expect(threads).toBeGreaterThan(1);
      expect(threadsOf(page)).toBe(threads);
    }
    expect(await goTo(page, THERE)).toBe(expected.there);
    await page.getByRole('button', { name: 'Export' }).click();
    expect((await exported(page, 'Raster as CSV')).toString() === expected.csv).toBe(true);
    await page.keyboard.press('Escape');
    expect(await goTo(page, BACK)).toBe(expected.back);
    expect(await goTo(page, THERE)).toBe(expected.there);
    await page.getByText('same as before').waitFor();
    // time goes on from a state that was restored, at full speed and with a stop on the way
    await goTo(page, BACK);
    await page.getByLabel('Speed').selectOption('Infinity');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator(`.chip-transport input[type=number]:not([value="${BACK}"])`).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('.chip-hash output[data-step]').waitFor();
    expect(await goTo(page, THERE)).toBe(expected.there);
    expect(await page.getByText('differs').count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('threads end with their panel', async () => {
    const page = await visits.visit('#chip', { reducedMotion: 'reduce' });
    await page.locator('.chip-hash output[data-step]').waitFor();
    await drop(page, path);
    await facts(page, 'many').waitFor();
    await goTo(page, BACK);
    await page.getByRole('navigation').getByRole('link', { name: 'Coding' }).click();
    // a thread that waits is given a while by the browser
    await expect.poll(() => threadsOf(page), { timeout: 10_000 }).toBe(0);
  });
});
