import { describe, expect, it } from 'vitest';
import { costProfileFromText } from '../../src/energy/cost-profile-file.js';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import { compareText } from '../../src/energy/energy-comparison.js';
import { buildEnergyReport, type EnergyReportOptions } from '../../src/energy/energy-report.js';
import { renderEnergy } from '../../src/energy/energy-text.js';
import { siText } from '../../src/energy/si-prefix.js';
import { CORE_0, CORE_1, counted, RUN } from './small-run.js';

const report = (name: string, more: Partial<EnergyReportOptions> = {}) =>
  buildEnergyReport({ profile: costProfileNamed(name), counts: RUN, steps: 10, ...more });

/** The line that begins so, with runs of spaces as one. */
const lineOf = (text: string, start: string): string =>
  (text.split('\n').find((line) => line.startsWith(start)) ?? '').replace(/ +/g, ' ').trim();

/** Broken lines as one. */
const flowing = (text: string): string => text.replace(/\s+/g, ' ');

describe('an energy report in a terminal', () => {
  it('shows count, price, energy and share of each event', () => {
    const text = renderEnergy(report('loihi1-sanafe'));
    expect(lineOf(text, 'synapseDense')).toBe('synapseDense 1,000 35.5 35.50 nJ 85.7 % █████████████████');
    expect(lineOf(text, 'spike')).toBe('spike 4 69.3 277.2 pJ 0.7 %');
    expect(text).not.toContain('hopWest');
  });

  it('sums operations by group and step', () => {
    expect(flowing(renderEnergy(report('loihi1-sanafe', { samples: 4 })))).toContain(
      'operations 41.41 nJ, 4.141 nJ a step (10), 10.35 nJ a sample (4); synapse 35.50 nJ, soma 5.453 nJ, network 456.0 pJ',
    );
  });

  it.each(COST_PROFILES.map(({ name }) => name))('of %s says estimate, basis, source and notice', (name) => {
    const { basis, source, notice } = costProfileNamed(name);
    const text = flowing(renderEnergy(report(name)));
    expect(text).toContain(`energy, an estimate by ${name} (${basis})`);
    expect(text).toContain(`figures ${basis}: ${source}`);
    expect(text).toContain(`notice ${notice}`);
  });

  it('names what is unpriced and what is in another price', () => {
    const text = flowing(renderEnergy(report('loihi1-davies2018')));
    expect(text).toContain(
      'unpriced spike (4), axonOut (4), axonIn (4), barrier (10): no figure, so not in the sum',
    );
    expect(text).toContain('included visit (80) in updateActive (or in updateIdle');
  });

  it('has a line of static energy only when asked', () => {
    const staticPower = { chips: 1, seconds: 0.01, clock: '10 steps of 1 ms' };
    expect(renderEnergy(report('loihi1-sanafe'))).not.toMatch(/^static/m);
    expect(flowing(renderEnergy(report('loihi1-sanafe', { staticPower })))).toContain(
      'static 1.040 mJ = 104 mW x 1 chip x 10.00 ms of 10 steps of 1 ms, no part of operations; measured: Frady',
    );
  });

  it('says which model gave the time of static energy, and by whose latencies if they are not its own', () => {
    const timed = (name: string) => {
      const timing = { model: 'mesh', profile: 'loihi1-sanafe' };
      const clock = "the chip's time by model mesh, latencies of loihi1-sanafe";
      const made = report(name, { staticPower: { chips: 1, seconds: 0.01, clock, timing } });
      expect(made.static).toMatchObject({ timing, clock });
      return flowing(renderEnergy(made));
    };
    const clock = "10.00 ms of the chip's time by model mesh, latencies of loihi1-sanafe";
    expect(timed('loihi1-sanafe')).toContain(`${clock}, no part of operations`);
    expect(timed('loihi1-davies2018')).toContain(
      `${clock} (the run was timed so, not by loihi1-davies2018), no`,
    );
  });

  it('shows the dearest parts, the others together, and what belongs to none', () => {
    const entries = [
      { label: 'core 0', counts: CORE_0 },
      { label: 'core 1', counts: counted({ synapseDense: 800 }) },
      { label: 'core 2', counts: counted({ visit: 1 }) },
    ];
    const text = renderEnergy(report('loihi1-sanafe', { sections: [{ by: 'core', entries }] }), { top: 1 });
    expect(
      text
        .split('\n')
        .filter((line) => /core|others/.test(line))
        .map((line) => line.replace(/ +/g, ' ').replace(/ ?█+/, '')),
    ).toEqual([
      'core energy share',
      'core 1 28.40 nJ 68.6 %',
      '2 others 6.598 nJ 15.9 %',
      'of no core 6.411 nJ 15.5 %',
    ]);
  });

  it('shows the spread of samples', () => {
    const entries = [CORE_0, CORE_1].map((counts, i) => ({ label: `sample ${i}`, counts }));
    expect(
      flowing(renderEnergy(report('loihi1-sanafe', { sections: [{ by: 'sample', entries }] }))),
    ).toContain('samples 2, mean 20.70 nJ, least 6.547 nJ (sample 0), most 34.86 nJ (sample 1)');
  });

  it('refuses joules of Loihi 2 and shows counts and ratios', () => {
    const text = renderEnergy(
      report('loihi2', { sections: [{ by: 'core', entries: [{ label: 'x', counts: CORE_0 }] }] }),
    );
    expect(lineOf(text, 'operations')).toBe(
      'operations no joules: no energy per operation of Loihi 2 is public; counts only',
    );
    expect(lineOf(text, 'synapseDense')).toBe('synapseDense 1,000');
    expect(flowing(text)).toContain('vendor 10 x speed of making a spike');
    expect(text).not.toMatch(/\d [pnµm]?J\b/);
  });

  it('gives an all-in figure without a breakdown', () => {
    const text = flowing(
      renderEnergy(
        report('truenorth-allin', {
          sections: (['core', 'population'] as const).map((by) => ({
            by,
            entries: [{ label: 'x', counts: CORE_0 }],
          })),
        }),
      ),
    );
    expect(text).toContain('operations 26.00 nJ, 2.600 nJ a step (10); not by event: ');
    expect(text).toContain('parts no joules of cores, populations: the 26 pJ');
  });

  it('shows the basis of each figure where they differ, and its share of the energy', () => {
    const profile = costProfileFromText(
      'name: mine\nextends: loihi1-sanafe\nbasis: measured\nsource: our bench\nenergy: { spike: 50 pJ }\n',
      'mine.yaml',
    );
    const text = renderEnergy(buildEnergyReport({ profile, counts: RUN, steps: 10 }));
    expect(text).toContain('by mine (fitted 99.5 %, measured 0.5 %): mine');
    expect(flowing(text)).toContain('figures fitted 99.5 %: SANA-FE 8951ab0');
    expect(flowing(text)).toContain('figures measured 0.5 %: our bench');
    expect(lineOf(text, 'spike')).toBe('spike 4 50 200.0 pJ 0.5 % measured');
    expect(lineOf(text, 'visit')).toMatch(/fitted$/);
  });

  it('names whose figures priced what an all-in profile of a user does not divide', () => {
    const profile = costProfileFromText(
      'name: mine\nextends: truenorth-allin\nbasis: assumed\nsource: a guess\nenergy: { spike: 3 pJ, hopWest: 1 pJ }\n',
      'mine.yaml',
    );
    const text = flowing(
      renderEnergy(buildEnergyReport({ profile, counts: RUN, steps: 10 }), { width: 140 }),
    );
    // 1,000 x 26 pJ and 4 x 3 pJ
    expect(text).toContain('by mine (measured > 99.9 %, assumed < 0.1 %): mine');
    expect(text).toContain('figures measured > 99.9 %: Merolla et al.');
    expect(text).toContain('figures assumed < 0.1 %: a guess');
  });

  it('puts a full stop after a notice that has none', () => {
    const noticed = (notice: string) =>
      flowing(
        renderEnergy({
          ...report('loihi1-sanafe'),
          profile: { ...costProfileNamed('loihi1-sanafe'), notice },
        }),
      );
    expect(noticed('only synapses')).toContain('notice only synapses. This is an estimate');
    expect(noticed('Only synapses!')).toContain('notice Only synapses! This is an estimate');
    expect(noticed('')).toContain('notice This is an estimate');
  });

  it.each([40, 60, 80, 100])('has a title within %i columns', (width) => {
    for (const { name, title } of COST_PROFILES) {
      const head = renderEnergy(report(name), { width }).split('\n\n')[0]!;
      expect(flowing(head)).toContain(title);
      for (const line of head.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  it.each([40, 60, 79, 80, 100, 140])('keeps its paragraphs within %i columns', (width) => {
    for (const { name } of COST_PROFILES)
      for (const line of renderEnergy(report(name), { width }).split('\n').slice(1))
        if (/^(operations|unpriced|included|notice| {4})/.test(line))
          expect(line.length).toBeLessThanOrEqual(width);
  });

  it('says nothing happened of a run in which nothing did', () => {
    const text = renderEnergy(report('loihi1-sanafe', { counts: counted({}), steps: 0 }));
    expect(lineOf(text, 'operations')).toBe('operations 0 J');
  });
});

describe('profiles side by side', () => {
  const text = compareText(
    ['loihi1-sanafe', 'loihi1-davies2018', 'truenorth-allin', 'loihi2'].map((name) => report(name)),
  );

  it('have a column each, and a dash with a footnote where one refuses', () => {
    expect(lineOf(text, 'visit')).toBe('visit 80 4.096 nJ in updateActive —¹ —²');
    expect(lineOf(text, 'spike')).toBe('spike 4 277.2 pJ unpriced —¹ —²');
    expect(lineOf(text, 'operations')).toBe('operations 41.41 nJ 29.22 nJ 26.00 nJ —²');
    expect(lineOf(text, '¹')).toContain('¹ truenorth-allin: the 26 pJ');
    expect(lineOf(text, '²')).toBe('² loihi2: no energy per operation of Loihi 2 is public');
  });

  it('name basis and source of each with what is to be known of them, and warn', () => {
    const flow = flowing(text);
    expect(flow).toContain(
      'loihi1-davies2018 (simulated): Loihi 1, pre-silicon simulation at 0.75 V (Davies 2018) figures simulated: Davies et al.',
    );
    expect(flow).toContain('note synapseDense: a minimum in its source;');
    expect(flow).toContain('notice Holds at its operating point only (20 Hz');
    expect(flow).toContain('vendor 10 x speed of making a spike');
    expect(flow).toContain('Estimates. Profiles leave out different things');
  });

  it('have shares of bases where a profile has figures of several', () => {
    const profile = costProfileFromText(
      'name: mine\nextends: loihi1-sanafe\nbasis: measured\nsource: our bench\nenergy: { visit: 50 pJ }\n',
      'mine.yaml',
    );
    const mine = buildEnergyReport({ profile, counts: RUN, steps: 10 });
    const flow = flowing(compareText([report('loihi1-sanafe'), mine]));
    // 80 x 50 pJ of 41.31 nJ
    expect(flow).toContain('mine (fitted 90.3 %, measured 9.7 %): mine figures fitted 90.3 %: SANA-FE');
    expect(flow).toContain('figures measured 9.7 %: our bench');
  });

  it('have static energy apart from operations, in one time, where they have a figure', () => {
    const clock = "the chip's time by model mesh, latencies of loihi1-sanafe";
    const staticPower = { chips: 2, seconds: 0.01, clock };
    const names = ['loihi1-sanafe', 'truenorth-allin', 'loihi2'];
    const fixed = compareText(names.map((name) => report(name, { staticPower })));
    expect(lineOf(fixed, 'static')).toBe('static 2.080 mJ unpriced unpriced');
    expect(lineOf(fixed, 'operations')).toBe('operations 41.41 nJ 26.00 nJ —²');
    expect(flowing(fixed)).toContain(`static of 2 chips in 10.00 ms of ${clock}; no part of operations`);
    expect(flowing(fixed)).toContain('static 104 mW a chip, measured: Frady');
    expect(text).not.toMatch(/^static/m);
  });

  it('go into further tables where they do not fit', () => {
    const narrow = compareText(
      COST_PROFILES.map(({ name }) => report(name)),
      { width: 80 },
    );
    const heads = narrow.split('\n').filter((line) => line.startsWith('event'));
    expect(heads.length).toBeGreaterThan(1);
    expect(Math.max(...narrow.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    for (const { name } of COST_PROFILES) expect(heads.join(' ')).toContain(name);
  });

  it('are of one run', () => {
    expect(() => compareText([report('loihi2'), report('spinnaker1', { counts: CORE_0 })])).toThrowError(
      /spinnaker1 and loihi2 price different runs/,
    );
    expect(compareText([])).toBe('');
  });
});

it.each([
  [0, '0 J'],
  [1.5e-12, '1.500 pJ'],
  [36.2e-6, '36.20 µJ'],
  [999.96e-9, '1.000 µJ'],
  [0.5, '500.0 mJ'],
  [1234, '1.234 kJ'],
  [3e-21, '3.000e-3 aJ'],
  [5e9, '5.000e6 kJ'],
])('%d J is %s', (value, expected) => {
  expect(siText(value, 'J')).toBe(expected);
});
