/** What a visitor does with the chip panel, for tests. */
import type { Page } from 'playwright-core';

/** As a user drops files: by the browser's own events, from the disk. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await session.detach();
}

export const facts = (page: Page, text: string | RegExp) =>
  page.locator('.chip-name').filter({ hasText: text });

/** Goes to a step by its number, and gives the hash of the state there. */
export async function goTo(page: Page, step: number): Promise<string> {
  const entry = page.getByRole('spinbutton', { name: 'Step' });
  await entry.fill(String(step));
  await entry.press('Enter');
  const hash = page.locator(`.chip-hash output[data-step="${step}"]`);
  await hash.waitFor();
  return (await hash.textContent())!.trim();
}
