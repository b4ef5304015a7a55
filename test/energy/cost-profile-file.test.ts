import { describe, expect, it } from 'vitest';
import { ViolationsError } from '../../cores/index.js';
import type { CostProfile } from '../../src/energy/cost-profile.js';
import { costProfileFromText } from '../../src/energy/cost-profile-file.js';
import { costProfileToText } from '../../src/energy/cost-profile-text.js';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import { noEvents } from '../../src/energy/events.js';
import { priceEvents } from '../../src/energy/price.js';

/** `line:column message (hint)` of everything wrong with a text. */
function complaints(text: string): readonly string[] {
  try {
    costProfileFromText(text, 'mine.yaml');
  } catch (error) {
    if (!(error instanceof ViolationsError)) throw error;
    expect(error.code).toBe('E_INPUT');
    return error.violations.map(({ subject, message, hint }) => {
      expect(subject).toMatch(/^mine\.yaml/);
      return `${subject.slice('mine.yaml:'.length)} ${message}${hint === '' ? '' : ` (${hint})`}`;
    });
  }
  return [];
}

const read = (text: string): CostProfile => costProfileFromText(text, 'mine.yaml');

const HEAD = 'name: mine\nbasis: measured\nsource: our bench\nnotice: one board\n';
const CHANGED = 'name: mine\nextends: loihi1-sanafe\nbasis: measured\nsource: our bench\n';

describe('a cost profile of a user', () => {
  it('gives each figure the basis and source of the file, or its own', () => {
    const { energy, latency } = read(`${HEAD}energy:
  spike: 69.3 pJ
  visit: { value: 0.05, unit: nJ, basis: vendor, source: a leaflet, note: at 25 degrees }
  updateIdle: { includedIn: visit, note: as ever }
latency: { link: 2 us, spike: 30 ns }
`);
    expect(energy).toEqual({
      spike: { value: 69.3, unit: 'pJ', basis: 'measured', source: 'our bench' },
      visit: { value: 50, unit: 'pJ', basis: 'vendor', source: 'a leaflet', note: 'at 25 degrees' },
      updateIdle: { includedIn: 'visit', note: 'as ever' },
    });
    expect(latency.link).toMatchObject({ value: 2000, unit: 'ns' });
  });

  it.each([
    ['13.3 nJ', 13_300],
    ['23.6pJ', 23.6],
    ['1.1 aJ', 1.1e-6],
    ['0.9 fJ', 9e-4],
    ['8.6e-9 J', 8600],
    ['2.5e-7 uJ', 0.25],
    ['3 µJ', 3e6],
    ['0 pJ', 0],
  ])('%s is %d pJ, exactly', (written, value) => {
    expect(read(`${HEAD}energy: { spike: ${written} }\n`).energy.spike).toMatchObject({ value, unit: 'pJ' });
  });

  it('may be JSON', () => {
    const text = JSON.stringify({
      name: 'a',
      basis: 'assumed',
      source: 'us',
      notice: 'guesses',
      energy: { spike: '1 pJ' },
    });
    expect(read(text).energy.spike).toEqual({ value: 1, unit: 'pJ', basis: 'assumed', source: 'us' });
  });

  it('prices runs, and leaves unpriced what it does not name', () => {
    const priced = priceEvents(
      { ...noEvents(), spike: 3, barrier: 2 },
      read(`${HEAD}energy: { spike: 2 pJ }\n`),
    );
    expect(priced.operations).toEqual({ joules: 6e-12 });
    expect(priced.unpriced).toEqual([{ event: 'barrier', count: 2 }]);
  });
});

describe('a profile that changes another', () => {
  const base = costProfileNamed('loihi1-sanafe');

  it('keeps what it does not say', () => {
    const { energy, latency, ...rest } = read(`${CHANGED}energy: { spike: 50 pJ }\n`);
    expect(energy).toEqual({
      ...base.energy,
      spike: { value: 50, unit: 'pJ', basis: 'measured', source: 'our bench' },
    });
    expect(latency).toEqual(base.latency);
    expect(rest).toMatchObject({ notice: base.notice, barrier: base.barrier, staticPower: base.staticPower });
  });

  it('can take a price away, and what is null', () => {
    const { energy, linkBuffer } = read(`${CHANGED}energy: { spike: unpriced }\nlinkBuffer: null\n`);
    expect(energy).not.toHaveProperty('spike');
    expect(linkBuffer).toBeNull();
  });

  it('gives Loihi 2 joules only when told to', () => {
    const text = 'name: guess\nextends: loihi2\nbasis: assumed\nsource: us\nenergy: { spike: 7 pJ }\n';
    expect(complaints(text)).toEqual([
      '5:1 energies are given, and noEnergy says that no joules may be printed (take one of them away; noEnergy: null undoes what extends brought)',
    ]);
    expect(read(`${text}noEnergy: null\n`).noEnergy).toBeNull();
  });

  it('does not pass its figures off as those of the other', () => {
    expect(complaints('name: mine\nextends: loihi1-sanafe\nenergy: { spike: 50 pJ }\n')).toEqual([
      "3:18 basis is missing: this figure is not loihi1-sanafe's (give basis with the figure, or once for the file)",
      "3:18 source is missing: this figure is not loihi1-sanafe's (give source with the figure, or once for the file)",
    ]);
  });

  it('does not pass itself off as the other', () => {
    const text = costProfileToText(base).replace('spike: 69.3 pJ', 'spike: 50 pJ');
    expect(complaints(text)).toEqual([
      '3:7 loihi1-sanafe is a shipped profile, and this file says something else (give it a name of its own)',
    ]);
  });

  it('cannot leave a price included in one it took away', () => {
    expect(complaints(`${CHANGED}energy: { visit: unpriced }\n`)).toEqual([
      '5:9 updateIdle is included in visit, which has no figure (loihi1-sanafe says so; give updateIdle a price, or make it unpriced, too)',
    ]);
  });
});

describe('a shipped profile', () => {
  it.each(COST_PROFILES.map((profile) => [profile.name, profile] as const))(
    '%s, printed, reads back as itself',
    (_name, profile) => {
      expect(read(costProfileToText(profile))).toEqual(profile);
    },
  );

  it('is printed with the meaning of its events', () => {
    expect(costProfileToText(costProfileNamed('loihi1-sanafe'))).toContain(
      'spike: 69.3 pJ # spikes of compartments',
    );
  });
});

describe('errors of a cost profile', () => {
  it.each([
    ['nothing', '', ['1:1 expected a cost profile, got nothing']],
    [
      'no source',
      'name: a\nenergy: { spike: 1 pJ }\n',
      ['basis', 'source', 'notice'].map(
        (key) =>
          `1:1 ${key} is missing (a profile says where its figures are from, how they were come by, and what they leave out)`,
      ),
    ],
    [
      'an event nobody counts',
      `${HEAD}energy: { spikes: 1 pJ }\n`,
      ['5:11 unknown key "spikes" (did you mean spike?)'],
    ],
    ['a key nobody knows', `${HEAD}enrgy: {}\n`, ['5:1 unknown key "enrgy" (did you mean energy?)']],
    [
      'a bare number',
      `${HEAD}energy: { spike: 3 }\n`,
      ['5:18 expected an energy such as 23.6 pJ, got 3 (write its unit: 3 pJ)'],
    ],
    [
      'no unit',
      `${HEAD}energy: { spike: "3" }\n`,
      [
        '5:18 expected an energy such as 23.6 pJ, got text "3" (add one of aJ, fJ, pJ, nJ, uJ, µJ, μJ, mJ, J)',
      ],
    ],
    ['a negative energy', `${HEAD}energy: { spike: -3 pJ }\n`, ['5:18 must not be negative, got -3 pJ']],
    [
      'a negative energy in a map',
      `${HEAD}energy: { spike: { value: -3, unit: pJ } }\n`,
      ['5:27 expected a number >= 0, got -3'],
    ],
    [
      'no number',
      `${HEAD}energy: { spike: { value: .inf, unit: pJ } }\n`,
      ['5:27 expected a number >= 0, got Infinity'],
    ],
    ['more than a number holds', `${HEAD}energy: { spike: 1e300 J }\n`, ['5:18 is too large: 1e+300 J']],
    [
      'a unit of time for an energy',
      `${HEAD}energy: { spike: 3 ns }\n`,
      ['5:18 unknown unit "ns": expected an energy such as 23.6 pJ (did you mean nJ?)'],
    ],
    [
      'a slip in a unit',
      `${HEAD}energy: { spike: 3 pj }\n`,
      ['5:18 unknown unit "pj": expected an energy such as 23.6 pJ (did you mean pJ?)'],
    ],
    [
      'words',
      `${HEAD}energy: { spike: cheap }\n`,
      ['5:18 expected an energy such as 23.6 pJ, got text "cheap"'],
    ],
    [
      'a part of an event without a figure',
      `${HEAD}energy: { updateIdle: { includedIn: visit } }\n`,
      ['5:23 updateIdle is included in visit, which has no figure'],
    ],
    [
      'a part of a part',
      `${HEAD}energy: { visit: 1 pJ, updateIdle: { includedIn: visit }, spike: { includedIn: updateIdle } }\n`,
      ['5:66 spike is included in updateIdle, which has no figure'],
    ],
    [
      'barriers out of order',
      `${HEAD}barrier: [{ tiles: 4, time: 1 us }, { tiles: 4, time: 2 us }]\n`,
      ['5:46 expected more than the 4 before it, got 4'],
    ],
    [
      'half a message',
      `${HEAD}linkBuffer: 1.5 messages\n`,
      ['5:13 expected a whole number of messages >= 1, got 1.5'],
    ],
    [
      'an unknown profile to change',
      'name: a\nextends: loihi-sanafe\n',
      [
        expect.stringMatching(
          /^2:10 expected one of .*got text "loihi-sanafe" \(did you mean loihi1-sanafe\?\)$/,
        ),
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(complaints(text)).toEqual(expected);
  });

  it('are all reported at once, in order', () => {
    const text = `nam: a\nbasis: guessed\nenergy: { spik: 1 pJ, visit: -1 pJ, updateActive: 3 }\nstaticPower: 104\n`;
    expect(complaints(text).map((line) => line.split(' ')[0])).toEqual([
      '1:1',
      '1:1',
      '1:1',
      '1:1',
      '2:8',
      '3:11',
      '3:30',
      '3:51',
      '4:14',
    ]);
  });
});
