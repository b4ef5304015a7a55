import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { SeamountError, ViolationsError } from '../../cores/index.js';
import { compile } from '../../src/compiler/compile.js';
import { networkFromText } from '../../src/netfile/network-from-text.js';
import { GOOD_NETWORKS } from './corpus.js';
import { edit, edited } from './edits.js';

const TEXTS = Object.values(GOOD_NETWORKS).flatMap((network) => [
  stringify(network),
  JSON.stringify(network, undefined, 1),
]);

/** A slip of the hand: some characters removed, others put in their place. */
const slip = fc.record({
  at: fc.nat(),
  remove: fc.nat(6),
  insert: fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom(
      ':',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '\n',
      '\t',
      '#',
      '&a',
      '*a',
      '-1',
      '1e9',
      'null',
      '.nan',
      '~',
      '\u0000',
      '\ud800',
    ),
  ),
});

function slipped(text: string, slips: readonly { at: number; remove: number; insert: string }[]): string {
  return slips.reduce((t, { at, remove, insert }) => {
    const from = at % (t.length + 1);
    return t.slice(0, from) + insert + t.slice(from + remove);
  }, text);
}

describe('slips of the hand', () => {
  it('are accepted or told with a line and column, never anything else', () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.array(slip, { minLength: 1, maxLength: 3 }),
        (text, slips) => {
          const changed = slipped(text, slips);
          try {
            networkFromText(changed, 'net.yaml');
          } catch (error) {
            if (!(error instanceof ViolationsError)) throw error;
            told++;
            expect(error.code).toBe('E_INPUT');
            const lines = changed.split('\n').length;
            for (const { subject, message } of error.violations) {
              const [, line, column] = /^net\.yaml(?::(\d+):(\d+))?$/.exec(subject) ?? [];
              if (line === undefined) continue;
              expect(Number(line)).toBeGreaterThan(0);
              expect(Number(line)).toBeLessThanOrEqual(lines);
              expect(Number(column)).toBeGreaterThan(0);
              expect(message).not.toBe('');
            }
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it('in values and keys are told too, and do not hide each other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(GOOD_NETWORKS)),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (good, edits) => {
          try {
            networkFromText(JSON.stringify(edited(good, edits)), 'net.json');
          } catch (error) {
            if (!(error instanceof ViolationsError)) throw error;
            for (const { subject } of error.violations) expect(subject).toMatch(/^net\.json:1:\d+$/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('that still make a network compile or are refused in the same way', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.nat(),
        fc.integer({ min: -300, max: 5000 }),
        (text, at, value) => {
          // One number of the file, changed; but not a size, which would only make the test slow.
          const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
          const number = numbers[at % numbers.length]!;
          const changed = text.slice(0, number.index) + value + text.slice(number.index + number[0].length);
          try {
            const { network, profile } = networkFromText(changed, 'net.yaml');
            compile(network, profile === undefined ? {} : { profile });
          } catch (error) {
            if (!(error instanceof SeamountError)) throw error;
            expect(['E_INPUT', 'E_CAPACITY']).toContain(error.code);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
