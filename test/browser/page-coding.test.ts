/** The panel of codes in headless Chromium: signals there and back within what codes promise, drawn, heard and shared. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fragmentOf } from '../../src/page/share.js';
import { BuiltPage, describeBuiltPage, seriousViolations } from './built-page.js';

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

describeBuiltPage('the panel of codes', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await BuiltPage.open(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  }, 60_000);
  afterAll(() => built?.close());

  it('brings a sine back in five codes, within what each promises', async () => {
    const page = await built.show('#coding');
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
    await page.context().close();
  });

  it('shows that a step is late in the step-forward code, which promises nothing for it', async () => {
    const page = await built.show('#coding');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    const rows = await table(page);
    expect(rows.change!.promised).toBe('none');
    expect(Number(rows.change!.largest)).toBeGreaterThan(0.5);
    expectKept(rows);
    await page.context().close();
  });

  it('takes a signal drawn by hand or by keys, and gives it again from its link', async () => {
    const page = await built.show('#coding');
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

    const again = await built.show(`?embed=coding${hash}`);
    expect(await table(again)).toEqual(moved);
    await again.context().close();
    await page.context().close();
  });

  it('takes how loud the microphone is', async () => {
    const page = await built.show('#coding', { permissions: ['microphone'] });
    await table(page);
    await page.getByRole('button', { name: 'Microphone' }).click();
    await page.getByText('Listening').waitFor();
    await page.getByText('Nothing leaves the page').waitFor();
    expect(expectKept(await table(page))).toBeGreaterThanOrEqual(3);
    await page.context().close();
  });

  it('says why a state cannot be used, and shows the default', async () => {
    const page = await built.show(`#${fragmentOf('coding', { window: 21 })}`);
    expect((await table(page)).latency!.spikes).toBe('64');
    expect(await page.getByRole('alert').textContent()).toContain('window is 21, not one of 10, 16, 20');
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no serious faults of access, %s', async (colorScheme) => {
    const page = await built.show('#coding', { colorScheme });
    await table(page);
    expect(await seriousViolations(page)).toEqual([]);
    await page.context().close();
  });

  it('fits a phone', async () => {
    const page = await built.show('#coding', { viewport: { width: 360, height: 740 } });
    await table(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousViolations(page)).toEqual([]);
    await page.context().close();
  });

  it('complained of nothing', () => {
    expect(built.complaints).toEqual([]);
  });
});
