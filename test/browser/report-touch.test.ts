/** Fingers on a report's raster: what is under them stays under them, and the page scrolls only where it should. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../../bench/page/chromium.js';
import { reportHtml } from '../../src/report/report-html.js';
import { bundledScript } from '../report/report-script.js';
import { reportOfRun, withSpikes } from '../report/sample-report.js';
import { Fingers, type Point } from './fingers.js';
import { describeInChromium } from './pages.js';
import { openReport } from './report-visit.js';

const [STEPS, NEURONS] = [2000, 400];

describeInChromium('a report under fingers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-touch-'));
  let browser: Browser;
  let html: string;

  beforeAll(async () => {
    const data = withSpikes(await reportOfRun(), { steps: STEPS, neurons: NEURONS, perStep: 20 });
    html = reportHtml(data, bundledScript());
    browser = await launchChromium(findChromium()!);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The report with its raster in view, fingers above it, and what is where. */
  async function open() {
    const visit = await openReport(browser, join(dir, 'report.html'), html, {
      hasTouch: true,
      viewport: { width: 900, height: 700 },
    });
    const { page } = visit;
    const raster = page.locator('[data-figure="raster"] canvas');
    await raster.evaluate((canvas) => canvas.scrollIntoView({ block: 'center' }));
    const box = (await raster.boundingBox())!;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    return { ...visit, fingers: await Fingers.on(page), middle, at: (point: Point) => placeAt(page, point) };
  }

  /** Step and neuron at a point, as the report says them to a mouse there. */
  async function placeAt(page: Page, { x, y }: Point): Promise<{ step: number; row: number }> {
    await page.mouse.move(x, y);
    const text = (await page.locator('[data-figure="raster"] .read').textContent())!;
    const [, row, step] = /^all (\d+), step (\d+)/.exec(text)!;
    return { step: Number(step), row: Number(row) };
  }

  const scrolled = (page: Page): Promise<number> => page.evaluate<number>('scrollY');

  const beside = ({ x, y }: Point, dx: number, dy: number): Point => ({ x: x + dx, y: y + dy });

  it.each([
    ['time', 180, 0, 60, 0],
    ['neurons', 0, 110, 0, 40],
    ['both', 180, 110, 60, 40],
  ])('a pinch zooms %s, about what is between the fingers', async (_, wideX, wideY, closeX, closeY) => {
    const { page, fingers, middle, at, complaints, close } = await open();
    const centre = beside(middle, 40, -10);
    const close_ = [beside(centre, -closeX, -closeY), beside(centre, closeX, closeY)] as const;
    const wide = [beside(centre, -wideX, -wideY), beside(centre, wideX, wideY)] as const;
    const scroll = await scrolled(page);
    const before = [await at(close_[0]), await at(close_[1])];
    await fingers.press(...close_);
    await fingers.move(...wide);
    await fingers.lift();
    await fingers.lift();
    const after = [await at(wide[0]), await at(wide[1])];
    for (const finger of [0, 1]) {
      expect(Math.abs(after[finger]!.step - before[finger]!.step)).toBeLessThan(0.02 * STEPS);
      expect(Math.abs(after[finger]!.row - before[finger]!.row)).toBeLessThan(0.02 * NEURONS);
    }
    expect(await scrolled(page)).toBe(scroll);
    expect(complaints).toEqual([]);
    await close();
  });

  it('two fingers that move together take what is under them along', async () => {
    const { page, fingers, middle, at, close } = await open();
    await page.locator('[data-figure="raster"] canvas').focus();
    for (const key of ['+', '+', '+', '*', '*', '*']) await page.keyboard.press(key);
    const places = [beside(middle, -60, -20), beside(middle, 60, 20)] as const;
    const moved = places.map((place) => beside(place, 70, 50));
    const scroll = await scrolled(page);
    const before = [await at(places[0]), await at(places[1])];
    await fingers.press(...places);
    await fingers.move(...moved);
    await fingers.lift();
    await fingers.lift();
    const after = [await at(moved[0]!), await at(moved[1]!)];
    for (const finger of [0, 1]) {
      expect(Math.abs(after[finger]!.step - before[finger]!.step)).toBeLessThan(0.01 * STEPS);
      expect(Math.abs(after[finger]!.row - before[finger]!.row)).toBeLessThan(0.01 * NEURONS);
    }
    expect(await scrolled(page)).toBe(scroll);
    await close();
  });

  it('a second finger that comes and goes does not break panning', async () => {
    const { page, fingers, middle, at, close } = await open();
    await page.locator('[data-figure="raster"] canvas').focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('+');
    const start = beside(middle, 150, 0);
    const { step } = await at(start);
    await fingers.press(start);
    await fingers.move(beside(start, -80, 0));
    await fingers.press(beside(middle, -200, 30));
    await fingers.lift();
    await fingers.move(beside(start, -240, 0));
    await fingers.lift();
    const tolerance = 0.01 * STEPS;
    expect(Math.abs((await at(beside(start, -240, 0))).step - step)).toBeLessThan(tolerance);
    // and the next touch is a pan of its own
    await fingers.press(middle);
    const { step: held } = await at(middle);
    await fingers.move(beside(middle, 100, 0));
    await fingers.lift();
    expect(Math.abs((await at(beside(middle, 100, 0))).step - held)).toBeLessThan(tolerance);
    await close();
  });

  it('one finger up or down scrolls the page, and leaves the raster as it was', async () => {
    const { page, fingers, middle, at, close } = await open();
    await page.locator('[data-figure="raster"] canvas').focus();
    for (const key of ['+', '+', '*', '*']) await page.keyboard.press(key);
    const scroll = await scrolled(page);
    const before = await at(middle);
    await fingers.press(middle);
    await fingers.move(beside(middle, 0, -120));
    await fingers.lift();
    await expect.poll(async () => (await scrolled(page)) - scroll).toBeGreaterThan(50);
    const stands = async (): Promise<boolean> => {
      const before = await scrolled(page);
      await page.waitForTimeout(100);
      return before === (await scrolled(page));
    };
    await expect.poll(stands).toBe(true);
    expect(await at(beside(middle, 0, scroll - (await scrolled(page))))).toEqual(before);
    await close();
  });
});
