/** The shell in a browser: links, sharing, embedding, themes, the same bits, no barriers, fast starts. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { EXPECTED } from '../../src/page/self-test/network.js';
import { fragmentOf } from '../../src/page/share.js';
import { barriers } from './barriers.js';
import { describePage, PageVisit, statusOf } from './page-visit.js';

/** ms after which the code of all tabs has been fetched. */
const AHEAD_MS = 8_000;

describePage('the page', () => {
  let visits: PageVisit;
  beforeAll(async () => {
    visits = await PageVisit.open();
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    expect(visits.complaints).toEqual([]);
    expect(visits.strayRequests).toEqual([]);
  });

  it('tabs are links, and the way back works', async () => {
    const page = await visits.visit();
    await statusOf(page);
    for (const name of ['Coding', 'Chip', 'Digits', 'Neuron']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await page.waitForURL(`**/#${name.toLowerCase()}`);
      await page.getByRole('heading', { level: 1, name }).waitFor({ state: 'attached' });
      expect(await page.title()).toBe(`${name} · Seamount`);
    }
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Digits' }).waitFor({ state: 'attached' });
  });

  it('opens every tab without the network, once it has had time to load', async () => {
    const page = await visits.visit();
    await statusOf(page);
    await page.waitForTimeout(AHEAD_MS);
    await page.context().setOffline(true);
    try {
      const open = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
      await open('Coding');
      await page.getByText('640 spikes').first().waitFor();
      await open('Chip');
      await page.locator('.chip-transport input[type=number]:not([value="0"])').waitFor();
      await open('Digits');
      await page.getByRole('button', { name: 'Clear' }).waitFor();
    } finally {
      await page.context().setOffline(false);
    }
  });

  it('a shared link shows the same neuron', async () => {
    const page = await visits.visit();
    await page.getByRole('button', { name: 'Adapting' }).click();
    await page.getByLabel('Window').selectOption('1000');
    const status = await statusOf(page, 'adapting');
    await page.waitForURL(/#neuron=1\./);
    const other = await visits.visit(`#${page.url().split('#')[1]}`);
    expect(await statusOf(other, 'adapting')).toBe(status);
    expect(await other.getByLabel('Window').inputValue()).toBe('1000');
    expect(await other.getByRole('button', { name: 'Adapting' }).getAttribute('aria-pressed')).toBe('true');
  });

  it.each([
    ['#neuron=1.broken', /cannot be used/],
    ['#nothing', /names a panel "nothing"/],
    ['#neuron=9.abc', /version 9/],
    [`#${fragmentOf('neuron', { constants: { I: 'much' } })}`, /I is no number/],
  ])('a bad link %s is said, and the default shown', async (fragment, message) => {
    const page = await visits.visit(fragment);
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    expect(await statusOf(page)).toContain('38.5');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('is embedded alone, by the tag it gives', async () => {
    const page = await visits.visit('', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Noisy, irregular' }).click();
    await page.waitForURL(/#neuron=1\./);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: /Copy embed tag/ }).click();
    await page.getByRole('button', { name: /Tag copied/ }).waitFor();
    const tag = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(tag).toMatch(/^<iframe src="[^"]+\?embed=neuron#neuron=1\.[^"]+"/);
    await page.setContent(tag);
    const frame = page.frameLocator('iframe');
    await frame.getByTestId('status').filter({ hasText: 'irregular' }).waitFor();
    expect(await frame.getByRole('navigation').count()).toBe(0);
    await frame.getByRole('button', { name: 'Adapting' }).click();
    const inFrame = page.frames().at(-1)!;
    await inFrame.waitForURL(({ hash }) => !tag.includes(hash));
    const [whole] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('link', { name: 'Seamount' }).click(),
    ]);
    expect(await statusOf(whole, 'adapting')).toContain('Hz');
    await page.goto('about:blank');
  });

  it('the theme is chosen and kept', async () => {
    const page = await visits.visit('', { colorScheme: 'light' });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
  });

  it.each(['isolated', 'plain'] as const)('%s: gives the bits of Node', async (kind) => {
    const page = await visits.visit('', { kind });
    await page.getByRole('button', { name: 'Test that it computes the same bits' }).click();
    const said = page.getByTestId('self-test').filter({ hasText: 'state' });
    await said.waitFor();
    expect(await said.textContent()).toContain(EXPECTED.stateHash);
    expect(await said.textContent()).toMatch(/^Same bits as everywhere/);
    expect(await said.textContent()).toContain(kind === 'isolated' ? '2 threads' : '1 thread');
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('axe finds nothing serious: %s, %d px', async (colorScheme, width) => {
    const page = await visits.visit('', { colorScheme, viewport: { width, height: 800 } });
    await statusOf(page);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Export' }).click();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.menu-list').count()).toBe(0);
  });

  it.each([360, 820, 1440])('nothing is wider than a screen of %d px', async (width) => {
    const page = await visits.visit('', { viewport: { width, height: 800 } });
    await page.getByRole('button', { name: 'Bursting' }).click();
    await statusOf(page, 'bursting');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('paints within a second and runs within two', async () => {
    const page = await visits.visit();
    await statusOf(page);
    const running = await page.evaluate<number>('performance.now()');
    const [paint] = await page.evaluate<readonly number[]>(
      "performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)",
    );
    console.log(`first paint ${paint!.toFixed(0)} ms, measured neuron ${running.toFixed(0)} ms`);
    expect(paint).toBeLessThan(1000);
    expect(running).toBeLessThan(2000);
  });
});
