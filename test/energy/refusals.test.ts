import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import { EVENTS, type EventCounts, noEvents } from '../../src/energy/events.js';
import { breakdown, priceEvents, staticEnergy } from '../../src/energy/price.js';

const SOME: EventCounts = {
  ...noEvents(),
  synapseDense: 1000,
  visit: 50,
  updateActive: 10,
  updateIdle: 40,
  spike: 3,
};

const anyCounts: fc.Arbitrary<EventCounts> = fc.record(
  Object.fromEntries(EVENTS.map(({ name }) => [name, fc.nat(2 ** 31 - 1)])),
) as fc.Arbitrary<EventCounts>;

describe('what has no price is said', () => {
  it('every event that happened is priced, included or unpriced', () => {
    fc.assert(
      fc.property(anyCounts, fc.constantFrom(...COST_PROFILES), (counts, profile) => {
        const { terms, included, unpriced } = priceEvents(counts, profile);
        const named = [...included, ...unpriced].map(({ event, count }) => [event, count]);
        if ('refused' in terms) return;
        for (const { event, count } of terms) named.push([event, count]);
        expect(new Map(named as [string, number][])).toEqual(
          new Map(
            EVENTS.filter(
              ({ name }) =>
                counts[name] > 0 || (profile.energy[name] !== undefined && 'value' in profile.energy[name]),
            ).map(({ name }) => [name, counts[name]]),
          ),
        );
        expect(named.length).toBe(new Set(named.map(([event]) => event)).size);
      }),
    );
  });

  it('what did not happen is not listed as unpriced', () => {
    expect(priceEvents(noEvents(), costProfileNamed('horowitz45-ac')).unpriced).toEqual([]);
    expect(priceEvents(SOME, costProfileNamed('horowitz45-ac')).unpriced).toEqual([
      { event: 'visit', count: 50 },
      { event: 'updateActive', count: 10 },
      { event: 'updateIdle', count: 40 },
      { event: 'spike', count: 3 },
    ]);
  });
});

describe('a profile that cannot be split', () => {
  const priced = priceEvents(SOME, costProfileNamed('truenorth-allin'));

  it('gives a total', () => {
    expect(priced.operations).toEqual({ joules: 26e-9 });
  });

  it('refuses a breakdown', () => {
    expect(priced.terms).toEqual({ refused: expect.stringContaining('no known shares') });
    expect(() => breakdown(priced)).toThrowError(
      expect.objectContaining({ code: 'E_USAGE', hint: 'only its total may be given' }),
    );
  });
});

describe('a profile without energy', () => {
  const priced = priceEvents(SOME, costProfileNamed('loihi2'));

  it('refuses joules, total and by event, and keeps the counts', () => {
    expect(priced.operations).toEqual({ refused: 'no energy per operation of Loihi 2 is public' });
    expect(() => breakdown(priced)).toThrowError(/loihi2 has no energy by event/);
    expect(priced.unpriced.map(({ event, count }) => `${event} ${count}`)).toEqual([
      'synapseDense 1000',
      'visit 50',
      'updateActive 10',
      'updateIdle 40',
      'spike 3',
    ]);
  });
});

describe('sums', () => {
  it('groups add up to operations, but for rounding, and prices are linear in counts', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const profile = costProfileNamed('loihi1-sanafe');
        const priced = priceEvents(counts, profile);
        const { groups } = breakdown(priced);
        if ('refused' in priced.operations) throw new Error();
        const total = priced.operations.joules;
        const sum = Object.values(groups).reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(total * 1e-14);
        const doubled = Object.fromEntries(EVENTS.map(({ name }) => [name, 2 * counts[name]]));
        expect(priceEvents(doubled as EventCounts, profile).operations).toEqual({ joules: 2 * total });
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses %s as a count', (count) => {
    expect(() => priceEvents({ ...noEvents(), spike: count }, costProfileNamed('loihi2'))).toThrowError(
      /count of spike/,
    );
  });
});

describe('static energy', () => {
  it('is power x chips x time, with its figure, and no part of operations', () => {
    const profile = costProfileNamed('loihi1-sanafe');
    expect(staticEnergy(profile, 2, 0.5)).toEqual({
      joules: 0.104,
      chips: 2,
      seconds: 0.5,
      figure: profile.staticPower,
    });
    expect(priceEvents(noEvents(), profile).operations).toEqual({ joules: 0 });
  });

  it('is refused where there is no figure', () => {
    expect(staticEnergy(costProfileNamed('loihi2'), 1, 1)).toEqual({
      refused: 'loihi2 has no figure of static power',
    });
  });

  it.each([
    [-1, 1],
    [1.5, 1],
    [1, -1],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses %s chips for %s s', (chips, seconds) => {
    expect(() => staticEnergy(costProfileNamed('loihi1-sanafe'), chips, seconds)).toThrowError(/expected/);
  });
});
