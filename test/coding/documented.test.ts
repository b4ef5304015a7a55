/** The table of codes in docs/coding.md; its examples are run by test/docs. */
import { expect, it } from 'vitest';
import { CODE_NAMES, optionsOfCode } from '../../src/coding/index.js';
import { read } from '../docs/blocks.js';

const text = read('docs/coding.md');

it('the table of codes has every code and every option', () => {
  for (const name of CODE_NAMES) {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row, name).toBeDefined();
    const own = optionsOfCode(name).filter((option) => !['min', 'max'].includes(option));
    if (name !== 'regular') for (const option of own) expect(row).toContain(`\`${option}\``);
  }
});
