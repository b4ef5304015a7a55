import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ViolationsError } from '../../cores/index.js';
import { costProfileFromText } from '../../src/energy/cost-profile-file.js';
import { costProfileToText } from '../../src/energy/cost-profile-text.js';
import { COST_PROFILES } from '../../src/energy/cost-profiles.js';
import { EVENTS, type EventCounts, noEvents } from '../../src/energy/events.js';
import { priceEvents } from '../../src/energy/price.js';
import { edit, edited } from '../netfile/edits.js';

const ONE_OF_EACH: EventCounts = Object.fromEntries(EVENTS.map(({ name }) => [name, 1])) as EventCounts;

const starts = [
  ...COST_PROFILES.map((profile) => ({ ...parse(costProfileToText(profile)), name: 'mine' })),
  { name: 'mine', extends: 'loihi1-sanafe', basis: 'measured', source: 'us', energy: { spike: '1 nJ' } },
  {
    name: 'mine',
    extends: 'loihi2',
    noEnergy: null,
    basis: 'measured',
    source: 'us',
    energy: { spike: '1 nJ' },
  },
] as never[];

it('a damaged file is refused with a place for every fault, or is a profile that prices and prints', () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.array(edit, { minLength: 1, maxLength: 3 }), (good, edits) => {
      const text = JSON.stringify(edited(good, edits));
      try {
        const profile = costProfileFromText(text, 'x.json');
        read++;
        expect(costProfileFromText(costProfileToText(profile), 'x.yaml')).toEqual(profile);
        const { operations } = priceEvents(ONE_OF_EACH, profile);
        if ('joules' in operations) expect(operations.joules).toBeGreaterThanOrEqual(0);
        expect(priceEvents(noEvents(), profile).unpriced).toEqual([]);
      } catch (error) {
        if (!(error instanceof ViolationsError)) throw error;
        refused++;
        for (const { subject } of error.violations) expect(subject).toMatch(/^x\.json:\d+:\d+$/);
      }
    }),
    { numRuns: 1500 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(50);
});
