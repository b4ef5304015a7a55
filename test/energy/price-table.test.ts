import { describe, expect, it } from 'vitest';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import { EVENTS, type EventName, noEvents } from '../../src/energy/events.js';
import { priceEvents } from '../../src/energy/price.js';

/** What one event costs: pJ, the event it is part of, or null where no price is known. Written from the sources, by hand. */
type Row = readonly [
  davies: Cell,
  sanafe: Cell,
  keras: Cell,
  cpu: Cell,
  gpu: Cell,
  arm: Cell,
  spinnaker1: Cell,
  spinnaker2: Cell,
  ac: Cell,
  truenorth: Cell,
];
type Cell = number | EventName | null;

const PROFILES = [
  'loihi1-davies2018',
  'loihi1-sanafe',
  'keras-spiking-loihi',
  'keras-spiking-cpu',
  'keras-spiking-gpu',
  'keras-spiking-arm',
  'spinnaker1',
  'spinnaker2-prototype',
  'horowitz45-ac',
  'truenorth-allin',
] as const;

const ONE: Readonly<Record<EventName, Row>> = {
  synapseSparse: [23.6, 33.6, 27.1, 8600, 300, 900, 13_300, 450, 0.9, 26],
  synapseDense: [23.6, 35.5, 27.1, 8600, 300, 900, 13_300, 450, 0.9, 26],
  synapseConv: [23.6, 24.0, 27.1, 8600, 300, 900, 13_300, 450, 0.9, 26],
  visit: ['updateActive', 51.2, 81, 8600, 300, 900, 26_000, 2190, null, 'synapseSparse'],
  updateActive: [81, 21.6, 'visit', 'visit', 'visit', 'visit', 'visit', 'visit', null, 'synapseSparse'],
  updateIdle: [52, 'visit', 'visit', 'visit', 'visit', 'visit', 'visit', 'visit', null, 'synapseSparse'],
  spike: [null, 69.3, null, null, null, null, null, null, null, 'synapseSparse'],
  axonOut: [null, 111, null, null, null, null, null, null, null, 'synapseSparse'],
  axonIn: [null, 0, null, null, null, null, null, null, null, 'synapseSparse'],
  withinTile: [1.7, 'axonOut', null, null, null, null, null, null, null, 'synapseSparse'],
  hopEast: [3.0, 3.0, null, null, null, null, null, null, null, 'synapseSparse'],
  hopWest: [3.0, 3.0, null, null, null, null, null, null, null, 'synapseSparse'],
  hopNorth: [4.0, 4.2, null, null, null, null, null, null, null, 'synapseSparse'],
  hopSouth: [4.0, 4.2, null, null, null, null, null, null, null, 'synapseSparse'],
  chipCrossing: [null, null, null, null, null, null, null, null, null, null],
  barrier: [null, null, null, null, null, null, null, null, null, 'synapseSparse'],
  hostMessage: [null, null, null, null, null, null, null, null, null, null],
};

const joules = (profile: string, counts: Partial<Record<EventName, number>>): number => {
  const { operations } = priceEvents({ ...noEvents(), ...counts }, costProfileNamed(profile));
  if ('refused' in operations) throw new Error(operations.refused);
  return operations.joules;
};

describe.each(PROFILES.map((name, i) => [name, i] as const))('one event of each kind under %s', (name, i) => {
  it.each(EVENTS.map((row) => row.name))('%s', (event) => {
    const cell = ONE[event][i]!;
    const priced = priceEvents({ ...noEvents(), [event]: 1 }, costProfileNamed(name));
    expect(priced.operations).toEqual({ joules: typeof cell === 'number' ? cell / 1e12 : 0 });
    expect(priced.included.map((term) => [term.event, term.count, term.includedIn])).toEqual(
      typeof cell === 'string' ? [[event, 1, cell]] : [],
    );
    expect(priced.unpriced).toEqual(cell === null ? [{ event, count: 1 }] : []);
  });
});

it('the table has every profile that prints joules', () => {
  const printing = COST_PROFILES.filter(({ noEnergy }) => noEnergy === null).map(({ name }) => name);
  expect([...PROFILES].sort()).toEqual(printing.sort());
});

describe('small networks, reckoned by hand', () => {
  it('a core of one neuron that idles for a step', () => {
    const idle = { visit: 1, updateIdle: 1, barrier: 1 };
    expect(joules('loihi1-davies2018', idle)).toBe(52e-12);
    expect(joules('loihi1-sanafe', idle)).toBe(51.2e-12);
    expect(joules('spinnaker1', idle)).toBe(26e-9);
  });

  it('a neuron that spikes to a sparse synapse on its own core', () => {
    const counts = {
      visit: 1,
      updateActive: 1,
      spike: 1,
      axonOut: 1,
      axonIn: 1,
      withinTile: 1,
      synapseSparse: 1,
    };
    // 23.6 + 81 + 1.7
    expect(joules('loihi1-davies2018', counts)).toBeCloseTo(106.3e-12, 22);
    // 33.6 + 51.2 + 21.6 + 69.3 + 111 + 0
    expect(joules('loihi1-sanafe', counts)).toBeCloseTo(286.7e-12, 22);
    expect(joules('truenorth-allin', counts)).toBe(26e-12);
    expect(joules('horowitz45-ac', counts)).toBe(0.9e-12);
  });

  it('a message one hop each way', () => {
    const counts = { axonOut: 4, axonIn: 4, hopEast: 1, hopWest: 1, hopNorth: 1, hopSouth: 1 };
    // 3 + 3 + 4 + 4
    expect(joules('loihi1-davies2018', counts)).toBeCloseTo(14e-12, 22);
    // 4 x 111 + 3 + 3 + 4.2 + 4.2
    expect(joules('loihi1-sanafe', counts)).toBeCloseTo(458.4e-12, 22);
  });

  it("KerasSpiking's documented example: dense 784 to 128, one inference on its CPU", () => {
    const counts = { synapseDense: 100_352, visit: 128 };
    expect(joules('keras-spiking-cpu', counts).toExponential(2)).toBe('8.64e-4');
    expect(joules('keras-spiking-gpu', counts).toExponential(3)).toBe('3.014e-5');
    expect(joules('keras-spiking-arm', counts).toExponential(3)).toBe('9.043e-5');
  });
});

describe('shipped profiles', () => {
  it('have different names, and each is found by its own', () => {
    expect(new Set(COST_PROFILES.map(({ name }) => name)).size).toBe(COST_PROFILES.length);
    for (const profile of COST_PROFILES) expect(costProfileNamed(profile.name)).toBe(profile);
  });

  it('an unknown name is refused with a guess', () => {
    expect(() => costProfileNamed('loihi1-sanfe')).toThrowError(
      expect.objectContaining({ code: 'E_USAGE', hint: 'did you mean loihi1-sanafe?' }),
    );
  });

  it.each(COST_PROFILES.map((p) => [p.name, p] as const))(
    '%s: figures have units, sources and a basis; what is included is in an event with a figure',
    (_name, profile) => {
      expect(profile.source).not.toBe('');
      expect(profile.notice).not.toBe('');
      for (const [prices, unit] of [
        [profile.energy, 'pJ'],
        [profile.latency, 'ns'],
      ] as const)
        for (const price of Object.values(prices)) {
          if ('includedIn' in price) expect(prices[price.includedIn]).toHaveProperty('value');
          else
            expect(price).toMatchObject({ unit, source: expect.stringMatching(/./), basis: profile.basis });
        }
      const tiles = profile.barrier.map((step) => step.tiles);
      expect(tiles).toEqual([...tiles].sort((a, b) => a - b));
    },
  );

  it('static power is known of Loihi 1 only: 104 mW, measured', () => {
    const known = COST_PROFILES.filter(({ staticPower }) => staticPower !== null);
    expect(known.map(({ name }) => name).sort()).toEqual(['loihi1-davies2018', 'loihi1-sanafe']);
    for (const { staticPower } of known)
      expect(staticPower).toMatchObject({ value: 104, unit: 'mW', basis: 'measured' });
  });

  it('times of the two Loihi 1 profiles, in ns', () => {
    const times = (name: string) =>
      Object.fromEntries(
        Object.entries(costProfileNamed(name).latency).map(([event, price]) => [
          event,
          'includedIn' in price ? price.includedIn : price.value,
        ]),
      );
    const hops = { hopEast: 4.1, hopWest: 4.1, hopNorth: 6.5, hopSouth: 6.5 };
    expect(times('loihi1-davies2018')).toEqual({
      ...{ synapseSparse: 3.5, synapseDense: 3.5, synapseConv: 3.5 },
      ...{ visit: 'updateActive', updateActive: 8.4, updateIdle: 5.3, withinTile: 2.1 },
      ...hops,
    });
    expect(times('loihi1-sanafe')).toEqual({
      ...{ synapseSparse: 4.7, synapseDense: 3.8, synapseConv: 3.1 },
      ...{ visit: 6, updateActive: 3.7, updateIdle: 'visit', spike: 30 },
      ...{ axonOut: 5.1, axonIn: 16, withinTile: 'axonOut' },
      ...hops,
    });
    expect(costProfileNamed('loihi1-sanafe').linkBuffer?.value).toBe(16);
  });

  it('the barrier and the tile counts it is known for', () => {
    const steps = (name: string) =>
      costProfileNamed(name).barrier.map(({ tiles, time }) => [tiles, time.value]);
    expect(steps('loihi1-davies2018')).toEqual([
      [1, 113],
      [32, 465],
    ]);
    expect(steps('loihi1-sanafe')).toEqual([
      [1, 600],
      [2, 1000],
      [4, 1400],
      [29, 1800],
    ]);
  });
});
