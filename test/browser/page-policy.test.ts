/** Under its content policy every panel starts, and nothing can be sent or loaded from elsewhere. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describePage, PageVisit, statusOf } from './page-visit.js';

describePage('the policy of the page', () => {
  let visits: PageVisit;
  beforeAll(async () => {
    visits = await PageVisit.open();
  });
  afterEach(() => visits.leave());
  afterAll(() => visits.close());

  it.each(['isolated', 'plain'] as const)('%s: every panel starts without a complaint', async (kind) => {
    const page = await visits.visit('', { kind, bypassCSP: false });
    expect(await statusOf(page)).toContain('38.5');
    for (const name of ['Coding', 'Chip', 'Digits', 'Neuron']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor({ state: 'attached' });
      await page.waitForTimeout(1500);
    }
    await page.getByRole('button', { name: 'Test that it computes the same bits' }).click();
    await page.getByTestId('self-test').filter({ hasText: 'Same bits as everywhere' }).waitFor();
    expect(visits.complaints).toEqual([]);
    expect(visits.strayRequests).toEqual([]);
  });

  it('nothing can be sent', async () => {
    const page = await visits.visit('', { bypassCSP: false });
    const sent = page.evaluate(
      "fetch('http://127.0.0.1:1/', { method: 'POST', mode: 'no-cors', body: 'a' })",
    );
    await expect(sent).rejects.toThrow('Failed to fetch');
    expect(visits.complaints.join()).toMatch(/Content Security Policy/);
  });
});
