import { expect, it, vi } from 'vitest';
import { experiments } from '../../bench/browser.js';
import { readCommandLine } from '../../bench/command-line.js';
import { reportText } from '../../bench/report.js';

vi.mock(import('../../bench/page/chromium.js'), async (original) => ({
  ...(await original()),
  findChromium: () => null,
}));

it('a machine without a browser is told so, and nothing fails', async () => {
  const said: string[] = [];
  const { settings } = readCommandLine(['browser']);
  const findings = await experiments[0]!.run({ ...settings, say: (text) => void said.push(text) });
  expect(findings).toMatchObject([
    { name: 'skipped', data: { skipped: expect.stringContaining('Chromium') } },
  ]);
  expect(reportText(findings)).toContain('apt-get install chromium');
  expect(said).toEqual([expect.stringMatching(/^skipped: /)]);
});
