/** docs/energy.md against the code: its tables, its example profile, and the inference it reckons by hand. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { costEnergyTable, costLatencyTable, costProfileTable, eventTable } from '../../scripts/cost-table.js';
import { costProfileFromText } from '../../src/energy/cost-profile-file.js';
import { read, root } from '../docs/blocks.js';

const text = read('docs/energy.md');

const blocks = [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info, code]) => ({
  info: info!,
  code: code!,
}));

/** Where the interface of the example lies; the package's entry is checked by test/docs. */
const MODULES: Readonly<Record<string, string>> = {
  buildEnergyReport: 'energy-report',
  costProfileNamed: 'cost-profiles',
  noEvents: 'events',
  priceEvents: 'price',
  renderEnergy: 'energy-text',
};

describe('docs/energy.md', () => {
  it.each([
    ['events', eventTable],
    ['cost profiles', costProfileTable],
    ['energies', costEnergyTable],
    ['latencies', costLatencyTable],
  ] as const)('has the table of %s as the code has it', (name, table) => {
    expect(text).toContain(
      `<!-- table: ${name}, by scripts/write-tables.ts -->\n\n${table()}\n\n<!-- end of table -->`,
    );
  });

  it('shows a profile of a user that is read', () => {
    const { code } = blocks.find(({ info }) => info === 'yaml')!;
    const { energy, staticPower } = costProfileFromText(code, 'our-board.yaml');
    expect(energy).toMatchObject({
      spike: { value: 61, basis: 'measured' },
      axonIn: { value: 20, unit: 'pJ', basis: 'assumed' },
      withinTile: { includedIn: 'axonOut' },
    });
    expect(energy).not.toHaveProperty('hopNorth');
    expect(staticPower).toMatchObject({ value: 90, unit: 'mW' });
  });

  it('prices the inference as it says', () => {
    const at = blocks.findIndex(({ code }) => code.includes('priceEvents(counts'));
    const { code } = blocks[at]!;
    const surface = Object.entries(MODULES)
      .map(([name, file]) => {
        const url = pathToFileURL(join(root, `src/energy/${file}.ts`)).href;
        return `import { ${name} } from '${url}';\n`;
      })
      .join('');
    const dir = mkdtempSync(join(tmpdir(), 'seamount-energy-'));
    try {
      writeFileSync(join(dir, 'block.mts'), surface + code.replace(/^import .*from 'seamount';$/m, ''));
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), 'block.mts'],
        { cwd: dir, encoding: 'utf8', timeout: 50_000 },
      );
      expect(stderr).toBe('');
      expect(stdout).toBe(blocks[at + 1]!.code);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
