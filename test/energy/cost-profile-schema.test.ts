import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { costProfileSchema, costProfileShape } from '../../src/energy/cost-profile-shape.js';
import { costProfileToText } from '../../src/energy/cost-profile-text.js';
import { COST_PROFILES } from '../../src/energy/cost-profiles.js';
import { Findings } from '../../src/netfile/findings.js';
import { edit, edited } from '../netfile/edits.js';
import { isValid } from '../netfile/json-schema.js';

const published = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../schema/cost-profile.json', import.meta.url)), 'utf8'),
) as Record<string, unknown>;

/** The schema without patterns, which the validator of the tests does not know: it may accept more. */
const loose = JSON.parse(JSON.stringify(published), (key, value) =>
  key === 'pattern' ? undefined : value,
) as Record<string, unknown>;

const readerAccepts = (value: unknown): boolean => {
  const findings = new Findings();
  costProfileShape.check(value, [], findings);
  return findings.list.length === 0;
};

const shipped = COST_PROFILES.map((profile) => parse(costProfileToText(profile)) as never);

describe('schema/cost-profile.json', () => {
  it('is what the tables say (npx tsx scripts/cost-profile-schema.ts writes it)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(costProfileSchema())));
  });

  it('accepts every shipped profile', () => {
    for (const profile of shipped)
      expect([isValid(profile, loose), readerAccepts(profile)]).toEqual([true, true]);
  });

  it('accepts what the reader accepts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shipped),
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        (good, edits) => {
          const value = edited(good, edits);
          if (readerAccepts(value)) expect(isValid(value, loose)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('knows quantities as the reader does', () => {
    const { $defs } = published as { $defs: { energy: { anyOf: readonly { pattern?: string }[] } } };
    const pattern = new RegExp($defs.energy.anyOf[0]!.pattern!);
    for (const text of ['23.6 pJ', '1e-3nJ', '0 J', '3 ns', '-1 pJ', '3', 'pJ', '1.2.3 pJ', '.5 pJ'])
      expect([text, readerAccepts({ name: 'a', energy: { spike: text } })]).toEqual([
        text,
        pattern.test(text),
      ]);
  });
});
