/** The example profile of docs/energy.md is one. */
import { describe, expect, it } from 'vitest';
import { costProfileFromText } from '../../src/energy/cost-profile-file.js';
import { read } from '../docs/blocks.js';

const text = read('docs/energy.md');

const blocks = [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info, code]) => ({
  info: info!,
  code: code!,
}));

describe('docs/energy.md', () => {
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
});
