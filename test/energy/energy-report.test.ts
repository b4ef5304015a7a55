import { describe, expect, it } from 'vitest';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import { buildEnergyReport } from '../../src/energy/energy-report.js';
import type { EnergySection } from '../../src/energy/energy-sections.js';
import { CORE_0, CORE_1, counted, RUN } from './small-run.js';

const SECTIONS: readonly EnergySection[] = [
  {
    by: 'core',
    entries: [
      { label: 'core 0', counts: CORE_0 },
      { label: 'core 1', counts: CORE_1 },
    ],
  },
  {
    by: 'sample',
    entries: [
      { label: '0', counts: counted({ synapseDense: 400 }) },
      { label: '1', counts: counted({ synapseDense: 600 }) },
    ],
    note: 'five steps each',
  },
];

const report = (name: string, more = {}) =>
  buildEnergyReport({ profile: costProfileNamed(name), counts: RUN, steps: 10, sections: SECTIONS, ...more });

describe('an energy report', () => {
  it.each(COST_PROFILES.map(({ name }) => name))('of %s says what it is, and is plain data', (name) => {
    const made = report(name, { samples: 2 });
    const { profile, estimate, schema, unpriced, counts } = made;
    expect(schema).toBe('seamount-energy/1');
    expect(estimate).toContain('estimate');
    expect(profile).toMatchObject({ name, basis: expect.any(String), source: expect.stringMatching(/./) });
    expect(profile.notice).not.toBe('');
    expect(counts).toEqual(RUN);
    if (name !== 'truenorth-allin') expect(unpriced.map(({ event }) => event)).toContain('barrier');
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it('gives energy by run, step and sample', () => {
    // 1000 x 35.5 + 80 x 51.2 + 50 x 21.6 + 4 x 69.3 + 4 x 111 + 4 x 3 pJ
    const joules = 41_409.2e-12;
    const { operations } = report('loihi1-sanafe', { samples: 2 });
    if ('refused' in operations) throw new Error(operations.refused);
    expect(operations.joules).toBeCloseTo(joules, 20);
    expect(operations.perStep).toBeCloseTo(joules / 10, 21);
    expect(operations.perSample).toBeCloseTo(joules / 2, 20);
    expect(report('loihi1-sanafe').operations).toMatchObject({ perSample: null });
  });

  it('gives each figure that was used with basis, source and note', () => {
    const { events } = report('loihi1-davies2018');
    expect(events).toContainEqual({
      event: 'synapseDense',
      group: 'synapse',
      count: 1000,
      picojoules: 23.6,
      joules: 23.6e-9,
      basis: 'simulated',
      source: expect.stringContaining('Davies'),
      note: expect.stringContaining('minimum'),
    });
  });

  it('gives parts, and what is in none of them', () => {
    const { sections } = report('loihi1-sanafe');
    expect(sections[0]!.entries.map(({ label, joules }) => [label, joules!.toExponential(6)])).toEqual([
      // 100 x 35.5 + 40 x 51.2 + 10 x 21.6 + 4 x 69.3 + 4 x 111 + 4 x 3
      ['core 0', '6.547200e-9'],
      // 900 x 35.5 + 40 x 51.2 + 40 x 21.6
      ['core 1', '3.486200e-8'],
    ]);
    expect(sections[0]!.unattributed).toEqual({ barrier: 10 });
    expect(sections[1]).toMatchObject({ note: 'five steps each', unattributed: { visit: 80 } });
  });

  it('says by how much parts overlap', () => {
    const twice = [{ by: 'population', entries: [0, 1].map((i) => ({ label: `${i}`, counts: RUN })) }];
    expect(report('loihi1-sanafe', { sections: twice }).sections[0]!.unattributed).toMatchObject({
      spike: -4,
    });
  });
});

describe('a report under a profile that refuses', () => {
  it('has a total and parts by time, not by place, where the figure is all-in', () => {
    const { operations, events, groups, sections } = report('truenorth-allin');
    expect(operations).toMatchObject({ joules: 26e-9 });
    expect([events, groups]).toEqual([
      { refused: expect.stringContaining('no known shares') },
      { refused: expect.stringContaining('no known shares') },
    ]);
    expect(sections.map(({ by, refused }) => [by, refused === null])).toEqual([
      ['core', false],
      ['sample', true],
    ]);
    expect(sections[0]!.entries.map(({ joules }) => joules)).toEqual([null, null]);
    expect(sections[1]!.entries.map(({ joules }) => joules)).toEqual([10.4e-9, 15.6e-9]);
  });

  it('has counts only where there is no energy', () => {
    const { operations, sections, counts, profile } = report('loihi2');
    expect(operations).toEqual({ refused: profile.noEnergy });
    expect(sections.flatMap(({ entries }) => entries.map(({ joules }) => joules))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(sections[0]!.entries[0]!.counts).toEqual(CORE_0);
    expect(counts).toEqual(RUN);
    expect(profile.vendorRatios.map(({ ratio }) => ratio)).toEqual([10, 5, 2]);
  });
});

describe('static energy in a report', () => {
  const asked = { staticPower: { chips: 3, seconds: 0.01, clock: 'modelled time' } };

  it('is not there unless asked for', () => {
    expect(report('loihi1-sanafe').static).toBeNull();
  });

  it('is beside operations, which stay as they are', () => {
    const made = report('loihi1-sanafe', asked);
    expect(made.static).toMatchObject({
      joules: expect.closeTo(3.12e-3, 12),
      milliwatts: 104,
      chips: 3,
      seconds: 0.01,
      clock: 'modelled time',
      basis: 'measured',
    });
    expect(made.operations).toEqual(report('loihi1-sanafe').operations);
  });

  it('is refused where there is no figure', () => {
    expect(report('spinnaker1', asked).static).toEqual({ refused: expect.stringContaining('no figure') });
  });
});

it.each([
  [{ steps: -1 }, /steps/],
  [{ steps: 1.5 }, /steps/],
  [{ samples: 0 }, /samples/],
])('a report refuses %o', (more, message) => {
  expect(() => report('loihi1-sanafe', more)).toThrowError(message);
});
