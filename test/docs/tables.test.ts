import { expect, it } from 'vitest';
import { DOCUMENTS, withTables } from '../../scripts/write-tables.js';
import { read } from './blocks.js';

it.each(DOCUMENTS)('the tables of %s are those of the code', (name) => {
  // rewrite them with: node --import tsx scripts/write-tables.ts
  const text = read(name);
  expect(text).toContain('<!-- table: ');
  expect(text).toBe(withTables(text));
});

it('sections of docs/semantics.md are numbered 0 to 13 without gaps, as sources cite them', () => {
  const numbers = [...read('docs/semantics.md').matchAll(/^## (\d+)\. /gm)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: 14 }, (_, i) => i));
});
