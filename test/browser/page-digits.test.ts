/** The panel of digits in headless Chromium: what is drawn is read, by mouse, finger and keys. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fragmentOf } from '../../src/page/share.js';
import { barriers } from './barriers.js';
import { frameTimes } from './frame-times.js';
import { describePage, PageVisit } from './page-visit.js';

/** A seven, in parts of the pad. */
const SEVEN = [
  [0.28, 0.22],
  [0.5, 0.2],
  [0.72, 0.2],
  [0.6, 0.45],
  [0.5, 0.65],
  [0.46, 0.85],
] as const;

const answer = (page: Page) => page.getByTestId('answer');
const pad = (page: Page) => page.getByRole('application', { name: 'Drawing pad' });

/** Waits until the answer is this. */
const reads = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-testid=answer]')?.textContent === wanted,
    text,
  );

async function places(page: Page): Promise<readonly (readonly [number, number])[]> {
  const box = (await pad(page).boundingBox())!;
  return SEVEN.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
}

async function drawSeven(page: Page): Promise<void> {
  const [first, ...rest] = await places(page);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 8 });
  await page.mouse.up();
}

describePage('the panel of digits', () => {
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

  it('reads a seven drawn with the mouse, as it is drawn, and says what that cost', async () => {
    const page = await visits.visit('#digits');
    await pad(page).waitFor();
    expect(await answer(page).textContent()).toBe('?');
    await drawSeven(page);
    await reads(page, '7');
    expect(await page.getByTestId('look-energy').textContent()).toMatch(/^\d\.\d+ µJ$/);
    const looks = await page.getByText(/This drawing so far, \d+ looks/).textContent();
    expect(Number(/\d+/.exec(looks!)![0])).toBeGreaterThan(1);
    expect(await page.getByText('172,800 multiply-accumulates').count()).toBe(1);

    await page.getByRole('button', { name: 'Undo stroke' }).click();
    await reads(page, '?');
  });

  it('reads a seven drawn with a finger, which does not scroll the page', async () => {
    const page = await visits.visit('#digits', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await pad(page).waitFor();
    const touch = await page.context().newCDPSession(page);
    const all = await places(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints });
    await send('touchStart', [{ x: all[0]![0], y: all[0]![1] }]);
    for (let i = 1; i < all.length; i++)
      for (let k = 1; k <= 6; k++) {
        const [from, to] = [all[i - 1]!, all[i]!];
        const at = (axis: 0 | 1): number => from[axis] + ((to[axis] - from[axis]) * k) / 6;
        await send('touchMove', [{ x: at(0), y: at(1) }]);
      }
    await send('touchEnd', []);
    await reads(page, '7');
    expect(await page.evaluate('scrollY')).toBe(0);
  });

  it('reads a one drawn with keys, loads samples by their figure, and undoes', async () => {
    const page = await visits.visit('#digits');
    await pad(page).focus();
    await page.keyboard.press(' ');
    for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await reads(page, '1');
    await page.keyboard.press('Backspace');
    await reads(page, '?');
    for (const digit of '0123456789') {
      await page.keyboard.press(digit);
      await reads(page, digit);
    }
    await page.keyboard.press('Delete');
    await reads(page, '?');
  });

  it('lets the steps of a look pass: fewer votes earlier', async () => {
    const page = await visits.visit('#digits');
    await page.getByRole('button', { name: 'Sample 3' }).click();
    await reads(page, '3');
    const votes = async (): Promise<number> =>
      Number(
        /of (\d+) votes/.exec((await page.getByLabel('Answer', { exact: true }).textContent())!)?.[1] ?? 0,
      );
    const all = await votes();
    await page.getByRole('slider', { name: 'Timestep' }).fill('8');
    const half = await votes();
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(all);
    await page.getByRole('slider', { name: 'Timestep' }).fill('1');
    await reads(page, '?');
  });

  it('is the same drawing again from its link, alone in a frame as well', async () => {
    const page = await visits.visit('#digits');
    await pad(page).waitFor();
    await drawSeven(page);
    await reads(page, '7');
    await page.waitForFunction(() => location.hash.includes('='));
    const { hash } = new URL(page.url());
    const again = await visits.visit(`?embed=digits${hash}`);
    await reads(again, '7');
    expect(await again.getByRole('navigation').count()).toBe(0);

    const broken = await visits.visit(`#${fragmentOf('digits', { strokes: [[1]] })}`);
    await pad(broken).waitFor();
    expect(await broken.getByRole('alert').count()).toBe(1);
  });

  it('can be left and come back to', async () => {
    const page = await visits.visit('#digits');
    for (const name of ['Coding', 'Digits', 'Coding', 'Digits']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await page.getByRole('application').waitFor();
    }
    await page.getByRole('button', { name: 'Sample 6' }).click();
    await reads(page, '6');
  });

  it('keeps up with the hand', async () => {
    const page = await visits.visit('#digits');
    await page.getByRole('button', { name: 'Sample 8' }).click();
    await reads(page, '8');
    const { median, longest } = await frameTimes(page, async () => {
      for (let i = 0; i < 5; i++) await drawSeven(page);
    });
    console.log(`frames while drawing: median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`);
    // the machine of a test may be busy: the median is what the page does itself
    expect(median).toBeLessThan(50);
  });

  it.each(['light', 'dark'] as const)('has no serious faults of access, %s', async (colorScheme) => {
    const page = await visits.visit('#digits', { colorScheme });
    await page.getByRole('button', { name: 'Sample 5' }).click();
    await reads(page, '5');
    expect(await barriers(page)).toEqual([]);
  });

  it('fits a phone', async () => {
    const page = await visits.visit('#digits', { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Sample 5' }).click();
    await reads(page, '5');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
