import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Findings } from '../../src/netfile/findings.js';
import { networkSchema, networkShape } from '../../src/netfile/network-shape.js';
import { GOOD_NETWORKS } from './corpus.js';
import { edit, edited } from './edits.js';
import { isValid } from './json-schema.js';

const published = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../schema/network.json', import.meta.url)), 'utf8'),
) as Record<string, unknown>;

function readerAccepts(value: unknown): boolean {
  const findings = new Findings();
  networkShape.check(value, [], findings);
  return findings.list.length === 0;
}

describe('schema/network.json', () => {
  it('is what the tables say (npx tsx scripts/network-schema.ts writes it)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(networkSchema())));
  });

  it.each(Object.entries(GOOD_NETWORKS))(
    'accepts the good network %s, and so does the reader',
    (_, network) => {
      expect(isValid(network, published)).toBe(true);
      expect(readerAccepts(network)).toBe(true);
    },
  );

  it('agrees with the reader on any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readerAccepts(value)).toBe(isValid(value, published));
      }),
    );
  });

  it('agrees with the reader on good networks with a few edits', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(GOOD_NETWORKS)),
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        (good, edits) => {
          const value = edited(good, edits);
          const accepts = readerAccepts(value);
          if (accepts) accepted++;
          else refused++;
          expect(accepts).toBe(isValid(value, published));
        },
      ),
      { numRuns: 3000 },
    );
    // Both verdicts must have been put to the test.
    expect(accepted).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  it('has a description or a title for every key', () => {
    const bare: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties } = schema as { properties?: Record<string, Record<string, unknown>> };
      for (const [key, inner] of Object.entries(properties ?? {}))
        if (key !== 'type' && inner.description === undefined && inner.$ref === undefined)
          bare.push(`${path}.${key}`);
      for (const [key, inner] of Object.entries(schema)) walk(inner, `${path}.${key}`);
    };
    walk(published, '');
    const selfEvident = /\.(pre|post|x|y|tile|mean|sd|normal|neurons)$/;
    expect(bare.filter((path) => !selfEvident.test(path))).toEqual([]);
  });
});
