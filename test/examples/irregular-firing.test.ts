import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentFor, measureFiring, NEURON, noiseOf } from '../../examples/irregular-firing/firing.js';
import { svgPlot } from '../../examples/irregular-firing/plot.js';
import { firingRate } from '../../src/index.js';
import { runScript, withDirectory } from './example.js';

const SIZE = { size: 32, steps: 10_000 };

describe('irregular firing', () => {
  it('is as irregular as chance under noise, and a clock of the same rate under a constant current', async () => {
    const irregular = await measureFiring({ current: 0.6, noise: 15 }, SIZE);
    expect(irregular.intervals.length).toBeGreaterThan(3000);
    expect(irregular.cv).toBeGreaterThan(0.9);
    expect(irregular.cv).toBeLessThan(1.1);
    const current = currentFor(irregular.rate);
    const regular = await measureFiring({ current, noise: null }, SIZE);
    expect(Math.abs(regular.rate / irregular.rate - 1)).toBeLessThan(0.05);
    expect(regular.cv).toBeLessThan(0.01);
    expect((await measureFiring({ current: 0.6, noise: null }, SIZE)).rate).toBe(0);
    expect(svgPlot(regular, irregular)).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('is the same for a seed, and another for another', async () => {
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map((seed) => measureFiring({ current: 0.6, noise: 15 }, { size: 8, steps: 2000, seed })),
    );
    expect(b).toEqual(a);
    expect(c!.intervals).not.toEqual(a!.intervals);
  });

  it('has the noise it says', () => {
    // 255 values, uniform: 73.6 draws, 2^8 units each
    expect(noiseOf(15).step).toBeCloseTo((73.61 * 256) / 8192, 3);
    expect(noiseOf(15).membrane / noiseOf(14).membrane).toBeCloseTo(2);
  });

  it('solves the closed form for the current', () => {
    for (const rate of [5, 12.3, 40]) {
      expect(firingRate({ ...NEURON, I: currentFor(rate) })).toBeCloseTo(rate, 6);
    }
  });

  it('runs as documented', () =>
    withDirectory((directory) => {
      const { status, stdout, stderr } = runScript('examples/irregular-firing/run.ts', directory);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/noise of 7.5 mV +12\.\d\d Hz +CV 0\.9\d\d of/);
      expect(stdout).toMatch(/constant +12\.\d\d Hz +CV 0\.000 of/);
      expect(readFileSync(join(directory, 'intervals.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }));
});
