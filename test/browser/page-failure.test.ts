/** What goes wrong is said, and the page lives on. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage, PageVisit, statusOf } from './page-visit.js';

describePage('the page when something fails', () => {
  let visits: PageVisit;
  beforeAll(async () => {
    visits = await PageVisit.open();
  });
  afterAll(() => visits.close());

  it('without its worker: says so, other tabs work, and it starts again', async () => {
    const page = await visits.visit('#coding');
    await page.route('**/assets/worker-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Neuron' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The chip stopped' });
    await alert.waitFor();
    await page.getByRole('link', { name: 'Digits' }).click();
    await page.locator('[aria-current=page]', { hasText: 'Digits' }).waitFor();
    await page.getByRole('link', { name: 'Neuron' }).click();
    await alert.waitFor();
    await page.unroute('**/assets/worker-*.js');
    await page.getByRole('button', { name: 'Start it again' }).click();
    expect(await statusOf(page)).toContain('38.5');
  });

  it('without the code of a panel: says so, and the shell works', async () => {
    const page = await visits.visit('#coding');
    await page.waitForLoadState();
    await page.route('**/assets/panel-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Chip' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    await page
      .getByRole('button', { name: 'Dark theme' })
      .or(page.getByRole('button', { name: 'Light theme' }))
      .click();
  });
});
