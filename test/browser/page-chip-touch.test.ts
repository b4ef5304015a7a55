/** The raster of the chip panel under fingers: a tap chooses a neuron, a pinch none. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { goTo } from './chip-panel.js';
import { Fingers } from './fingers.js';
import { describePage, PageVisit } from './page-visit.js';

describePage('the chip panel under fingers', () => {
  let visits: PageVisit;
  beforeAll(async () => {
    visits = await PageVisit.open();
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    expect(visits.complaints).toEqual([]);
  });

  const neuron = (page: Page) => page.getByRole('heading', { name: /^ring \d+, core \d+/ });

  it('a pinch zooms and chooses nothing, though one finger rests; a tap chooses', async () => {
    const page = await visits.visit('#chip', { reducedMotion: 'reduce', hasTouch: true });
    await page.locator('.chip-hash output[data-step]').waitFor();
    await goTo(page, 60);
    const raster = page
      .locator('section', { has: page.getByRole('heading', { name: 'Activity' }) })
      .locator('canvas')
      .first();
    const picture = (): Promise<string> =>
      raster.evaluate(
        (canvas) =>
          new Promise<string>((resolve) =>
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve((canvas as HTMLCanvasElement).toDataURL())),
            ),
          ),
      );
    await raster.scrollIntoViewIfNeeded();
    const { x, y, width } = (await raster.boundingBox())!;
    const [rests, moves] = [
      { x: x + 0.4 * width, y: y + 120 },
      { x: x + 0.5 * width, y: y + 120 },
    ];
    const before = await picture();
    const fingers = await Fingers.on(page);
    await fingers.press(moves, rests);
    await fingers.move({ ...moves, x: x + 0.9 * width }, rests);
    await fingers.lift();
    await fingers.lift();
    expect(await picture()).not.toBe(before);
    expect(await neuron(page).count()).toBe(0);
    await fingers.press(rests);
    await fingers.lift();
    await neuron(page).waitFor();
  });
});
