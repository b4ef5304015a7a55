/** Whatever is done to the texts, they load or are refused with a place; nothing else is thrown, and nothing hangs. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ViolationsError } from '../../cores/index.js';
import { isSanafeArchitecture, isSanafeNetlist } from '../../src/sanafe/part-of-pair.js';
import { LOIHI_YAML } from './golden.js';
import { load, PAIR } from './networks.js';

const NETLIST =
  'g 2 threshold=1 log_spikes=1\ng 1 {threshold: 2}\nn 0.0 bias=1.0\ne 0.0->1.0 weight=2\n& 0.0@0.0\n& 0.1@0.0\n& 1.0@0.1\n';

const scrap = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '- ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '..',
    '->',
    '.',
    '0',
    '-1',
    '1e400',
    '.inf',
    '~',
    '&a ',
    '*a',
    '!!int ',
    '|',
    '>',
    '\t',
    '\u0000',
    'numbers0',
    'items0',
  ),
  fc.string({ maxLength: 6 }),
);
const edit = fc.record({ at: fc.nat(4000), drop: fc.nat(20), put: scrap });

function edited(
  text: string,
  edits: readonly { readonly at: number; readonly drop: number; readonly put: string }[],
): string {
  return edits.reduce((now, { at, drop, put }) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + put + now.slice(from + drop);
  }, text);
}

function loadsOrIsRefused(network: string, architecture: string): void {
  isSanafeNetlist(network);
  isSanafeArchitecture(architecture);
  try {
    load(network, architecture);
  } catch (error) {
    expect(error).toBeInstanceOf(ViolationsError);
    const { code, violations } = error as ViolationsError;
    expect(code).toBe('E_INPUT');
    for (const { subject, message } of violations) {
      if (!/^and \d+ more$/.test(message)) expect(subject).toMatch(/^(?:net|loihi)\.yaml:\d+:\d+$/);
      expect(message).not.toMatch(/undefined|NaN|\[object/);
    }
  }
}

it.each([
  ['networks', PAIR],
  ['netlists', NETLIST],
])('%s', (_, text) => {
  loadsOrIsRefused(text, LOIHI_YAML);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) =>
      loadsOrIsRefused(edited(text, edits), LOIHI_YAML),
    ),
    { numRuns: 1500 },
  );
});

it('architectures', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) =>
      loadsOrIsRefused(PAIR, edited(LOIHI_YAML, edits)),
    ),
    { numRuns: 500 },
  );
});

it('a netlist is told from blank lines in no time', () => {
  expect(isSanafeNetlist(`${'\n'.repeat(100_000)}x`)).toBe(false);
  expect(isSanafeNetlist(`${' \n'.repeat(100_000)}g 3`)).toBe(true);
});
