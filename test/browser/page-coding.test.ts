/** The panel of codes in headless Chromium: signals there and back within what codes promise, drawn, heard and shared. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fragmentOf } from '../../src/page/share.js';
import { barriers } from './barriers.js';
import { frameTimes } from './frame-times.js';
import { describePage, PageVisit } from './page-visit.js';

const CODES = ['rate', 'latency', 'burst', 'population', 'change'];

/** Text of the comparison's cells: by code, then column. */
async function table(page: Page): Promise<Record<string, Record<string, string>>> {
  await page.locator('.right[aria-busy=false] .comparison').waitFor();
  return page.evaluate(() =>
    Object.fromEntries(
      Array.from(document.querySelectorAll<HTMLElement>('.comparison tr[data-code]'), (row) => [
        row.dataset.code!,
        Object.fromEntries(
          Array.from(row.querySelectorAll<HTMLElement>('td'), (cell) => [
            cell.dataset.column!,
            cell.textContent!,
          ]),
        ),
      ]),
    ),
  );
}

/** Half of the last digit that is shown. */
const SHOWN = 0.0005;

function expectKept(rows: Record<string, Record<string, string>>): number {
  let promised = 0;
  for (const { largest, promised: bound } of Object.values(rows)) {
    if (bound === 'none') continue;
    promised++;
    expect(Number(largest)).toBeLessThanOrEqual(Number(bound) + SHOWN);
  }
  return promised;
}

describePage('the panel of codes', () => {
  let visits: PageVisit;
  beforeAll(async () => {
    visits = await PageVisit.open();
  }, 60_000);
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    expect(visits.complaints).toEqual([]);
    expect(visits.strayRequests).toEqual([]);
  });

  it('brings a sine back in five codes, within what each promises', async () => {
    const page = await visits.visit('#coding');
    const rows = await table(page);
    expect(Object.keys(rows)).toEqual(CODES);
    expect(expectKept(rows)).toBe(4);
    expect(rows.latency).toMatchObject({ neurons: '1', spikes: '64', promised: '0.026' });
    for (const { energy } of Object.values(rows)) expect(energy).toMatch(/^\d+\.\d+ nJ$/);
    expect(await page.locator('.code canvas').count()).toBe(5);

    await page.getByLabel('Window of a sample').selectOption('64');
    await page.getByLabel('Their peak rate').selectOption('1');
    const longer = await table(page);
    expect(longer.latency!.spikes).toBe('20');
    expect(expectKept(longer)).toBe(5);
  });

  it('shows that a step is late in the step-forward code, which promises nothing for it', async () => {
    const page = await visits.visit('#coding');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    const rows = await table(page);
    expect(rows.change!.promised).toBe('none');
    expect(Number(rows.change!.largest)).toBeGreaterThan(0.5);
    expectKept(rows);
  });

  it('exports codes under the names they have with their options', async () => {
    const page = await visits.visit('#coding');
    await table(page);
    await page.getByRole('combobox', { name: 'Rate', exact: true }).selectOption('poisson');
    await page.getByRole('heading', { name: 'Rate, Poisson' }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Rate, Poisson as SVG' }).waitFor();
  });

  it('takes a signal drawn by hand or by keys, and gives it again from its link', async () => {
    const page = await visits.visit('#coding');
    const before = await table(page);
    const pad = page.getByRole('application', { name: 'Signal' });
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 0.1 * box.width, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 20, { steps: 12 });
    await page.mouse.move(box.x + 0.9 * box.width, box.y + 110, { steps: 12 });
    await page.mouse.up();
    await page.waitForFunction(() => location.hash.includes('='));
    expect(await page.getByRole('button', { name: 'Drawn' }).getAttribute('aria-pressed')).toBe('true');
    const drawn = await table(page);
    expect(drawn).not.toEqual(before);
    expectKept(drawn);

    await pad.focus();
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp'])
      await page.keyboard.press(key);
    await page.waitForTimeout(500);
    const moved = await table(page);
    expect(moved).not.toEqual(drawn);
    const { hash } = new URL(page.url());
    expect(hash.length).toBeLessThan(250);

    const again = await visits.visit(`?embed=coding${hash}`);
    expect(await table(again)).toEqual(moved);
  });

  it('keeps up with the hand', async () => {
    const page = await visits.visit('#coding');
    await table(page);
    const box = (await page.getByRole('application', { name: 'Signal' }).boundingBox())!;
    const { median, longest } = await frameTimes(page, async () => {
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      for (let i = 0; i < 10; i++)
        await page.mouse.move(box.x + (i % 2 === 0 ? 0.95 : 0.1) * box.width, box.y + 40 + 8 * i, {
          steps: 15,
        });
      await page.mouse.up();
    });
    console.log(
      `frames while drawing a signal: median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
    );
    expect(median).toBeLessThan(50);
    expectKept(await table(page));
  });

  it('takes how loud the microphone is', async () => {
    const page = await visits.visit('#coding');
    await table(page);
    // a hum in place of a microphone, which the machine of a test has not
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const hum = context.createOscillator();
        const out = context.createMediaStreamDestination();
        hum.connect(out);
        hum.start();
        return out.stream;
      };
    });
    await page.getByRole('button', { name: 'Microphone' }).click();
    await page.getByText('Listening').waitFor();
    await page.getByText('Nothing leaves the page').waitFor();
    expect(expectKept(await table(page))).toBeGreaterThanOrEqual(3);
  });

  it('says so where there is no microphone, and keeps the signal', async () => {
    const page = await visits.visit('#coding');
    const before = await table(page);
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('not allowed', 'NotAllowedError');
      };
    });
    await page.getByRole('button', { name: 'Microphone' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('the microphone cannot be used here');
    expect(await table(page)).toEqual(before);
  });

  it('says why a state cannot be used, and shows the default', async () => {
    const page = await visits.visit(`#${fragmentOf('coding', { window: 21 })}`);
    expect((await table(page)).latency!.spikes).toBe('64');
    expect(await page.getByRole('alert').textContent()).toContain('window is 21, not one of 10, 16, 20');
  });

  it.each(['light', 'dark'] as const)('has no serious faults of access, %s', async (colorScheme) => {
    const page = await visits.visit('#coding', { colorScheme });
    await table(page);
    expect(await barriers(page)).toEqual([]);
  });

  it('fits a phone', async () => {
    const page = await visits.visit('#coding', { viewport: { width: 360, height: 740 } });
    await table(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await barriers(page)).toEqual([]);
  });
});
