import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  coreRailShare,
  type Findings,
  measuredLine,
  sweep,
} from '../../examples/keyword-scaling/findings.js';
import { lineThrough, reaches } from '../../examples/keyword-scaling/line.js';
import { svgPlot } from '../../examples/keyword-scaling/plot.js';
import { reportText } from '../../examples/keyword-scaling/report.js';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import { runScript, withDirectory } from './example.js';

describe('the measured sweep', () => {
  it('is 1.64 µJ a step and copy, 57 % of it core logic, in a straight line', () => {
    const { slope, deviation } = measuredLine();
    expect(slope).toBeCloseTo(1.64, 2);
    expect(coreRailShare()).toBeCloseTo(0.565, 2);
    expect(deviation).toBeLessThan(0.25);
  });
});

describe('the modelled sweep', () => {
  let findings: Findings;
  beforeAll(async () => {
    findings = await sweep({
      copies: [0, 1, 3],
      copiesActivity: 0.05,
      activities: [0.04, 0.06, 0.08, 0.1],
      steps: 100,
      profiles: [costProfileNamed('loihi1-davies2018'), costProfileNamed('loihi1-sanafe')],
    });
  });

  it('adds what a copy is said to have', () => {
    for (const { neurons, synapses } of findings.alone)
      expect({ neurons, synapses }).toEqual({ neurons: 2560, synapses: 655_360 });
    for (const { synapses } of findings.joined) expect(synapses).toBe(655_360 + 65_536);
  });

  it('fires as often as it is asked to', () => {
    findings.alone.forEach(({ activity }, i) => {
      expect(activity).toBeCloseTo([0.04, 0.06, 0.08, 0.1][i] ?? 0, 3);
    });
  });

  it('has as many synaptic events as spikes have synapses', () => {
    for (const { events } of findings.alone) {
      const events256 = events.synapseDense + events.synapseSparse;
      // Spikes of the first nine layers and of the layer all copies start from, 256 synapses each.
      expect(events256 % 256).toBe(0);
      expect(Math.abs(events256 / 256 / events.spike - 1)).toBeLessThan(0.02);
    }
  });

  it('is linear in copies', () => {
    for (const { deviation } of findings.lines) expect(deviation).toBeLessThan(0.005);
  });

  it('reaches the measured energy at an activity inside 6 to 10 %, in both profiles', () => {
    const [davies, sanafe] = findings.meetsAlone;
    expect(davies?.inBand).toBe(true);
    expect(davies?.activity).toBeCloseTo(0.093, 2);
    expect(sanafe?.inBand).toBe(true);
    expect(sanafe?.activity).toBeCloseTo(0.061, 2);
  });

  it('by hand: 81 pJ a neuron, 23.6 pJ a synaptic event and the messages', () => {
    const [one] = findings.alone;
    const { synapseDense, synapseSparse, updateActive } = one?.events ?? {};
    expect(updateActive).toBe(2560 * 100);
    const { total, network } = one?.energy[0] ?? { total: 0, network: 0 };
    const byHand = (2560 * 81 + (((synapseDense ?? 0) + (synapseSparse ?? 0)) * 23.6) / 100) * 1e-12;
    expect(total - network).toBeCloseTo(byHand, 15);
    expect(network).toBeLessThan(0.01 * total);
  });

  it('is told with its caveats, and drawn', () => {
    const text = reportText(findings);
    for (const words of [
      'estimate',
      'no test',
      'Rates were not logged',
      'not public',
      '57 %',
      '875 µs',
      'no price for spike',
    ])
      expect(text).toContain(words);
    expect(svgPlot(findings).match(/<circle /g)).toHaveLength(6);
  });
});

describe('lines', () => {
  it('are laid by least squares', () => {
    const { slope, intercept, deviation } = lineThrough([0, 1, 2].map((x) => ({ x, y: 3 + 2 * x })));
    expect([slope, intercept, deviation]).toEqual([2, 3, 0]);
  });

  it('are met between two points, or not at all', () => {
    const rising = [
      { x: 1, y: 10 },
      { x: 3, y: 30 },
    ];
    expect(reaches(rising, 15)).toBe(1.5);
    expect(reaches(rising, 31)).toBeNull();
  });
});

describe('the script', () => {
  it('runs as documented', () =>
    withDirectory((directory) => {
      const { status, stdout, stderr } = runScript(
        'examples/keyword-scaling/run.ts',
        '--copies',
        '0,1',
        '--out',
        directory,
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/loihi1-davies2018: at 9\.3 % activity, inside 6 % to 10 %/);
      expect(stdout).toMatch(/loihi1-sanafe: at 6\.1 % activity, inside 6 % to 10 %/);
      expect(stdout).toMatch(/720896 a copy\): at 5\.6 % activity, OUTSIDE/);
      expect(readFileSync(join(directory, 'keyword-scaling.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }));
});
