import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withProfileTable } from '../../scripts/profile-table.js';

const text = readFileSync(new URL('../../docs/semantics.md', import.meta.url), 'utf8');

it('the table of profiles in docs/semantics.md is that of cores/profiles.ts', () => {
  // rewrite it with: node --import tsx scripts/profile-table.ts
  expect(text).toBe(withProfileTable(text));
});

it('sections are numbered 0 to 13 without gaps, as sources cite them', () => {
  const numbers = [...text.matchAll(/^## (\d+)\. /gm)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: 14 }, (_, i) => i));
});
