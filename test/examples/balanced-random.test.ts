import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { svgRaster, terminalRaster } from '../../examples/balanced-random/raster.js';
import { irregularity } from '../../examples/balanced-random/statistics.js';
import { runScript, withDirectory } from './example.js';

const numbers = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map((match) => Number(match[1]));

describe('the balanced random network', () => {
  it('runs as documented: irregular firing over several cores, whatever the workers', () =>
    withDirectory((directory) => {
      const run = (workers: string) =>
        runScript('examples/balanced-random/run.ts', '--workers', workers, '--out', directory);
      const [one, two] = [run('1'), run('2')];
      expect({ status: one.status, stderr: one.stderr }).toEqual({ status: 0, stderr: '' });
      expect({ status: two.status, stderr: two.stderr }).toEqual({ status: 0, stderr: '' });

      expect(numbers(one.stdout, /on (\d+) cores/g)[0]).toBeGreaterThan(1);
      for (const rate of numbers(one.stdout, /: ([\d.]+) Hz/g)) {
        expect(rate).toBeGreaterThan(2);
        expect(rate).toBeLessThan(50);
      }
      for (const cv of numbers(one.stdout, /intervals ([\d.]+)/g)) {
        expect(cv).toBeGreaterThan(0.5);
        expect(cv).toBeLessThan(1.5);
      }
      const withoutSpeed = (text: string): string => text.replace(/;.* steps\/s.*/g, '');
      expect(withoutSpeed(two.stdout)).toBe(withoutSpeed(one.stdout));
      expect(readFileSync(join(directory, 'balanced-random.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }));
});

describe('its statistics', () => {
  it('find a clock regular', () => {
    const steps = Array.from({ length: 50 }, (_, i) => 20 * (i + 1));
    const clock = { steps, neurons: steps.map(() => 3) };
    const found = irregularity(clock, { first: 3, size: 1, steps: 1000, skip: 0, dt: 1 });
    expect(found).toEqual({ rate: 50, cv: 0, counted: 1 });
  });

  it('leave out the first steps and the neurons that say too little', () => {
    const spikes = { steps: [1, 2, 3, 101, 103], neurons: [0, 0, 0, 0, 0] };
    const found = irregularity(spikes, { first: 0, size: 2, steps: 200, skip: 100, dt: 1 });
    expect(found).toEqual({ rate: 10, cv: Number.NaN, counted: 0 });
  });

  it('find alternating intervals half irregular', () => {
    const steps = Array.from({ length: 20 }, (_, i) => 40 * i + (i % 2 === 0 ? 1 : 21));
    const found = irregularity(
      { steps, neurons: steps.map(() => 0) },
      { first: 0, size: 1, steps: 800, skip: 0, dt: 1 },
    );
    // intervals 60 and 20, ten and nine of them
    expect(found.cv).toBeCloseTo(0.487, 2);
  });
});

describe('its raster', () => {
  const window = { from: 1, to: 8, neurons: 8 };

  it('puts time to the right and neuron 0 at the bottom', () => {
    const lines = terminalRaster({ steps: [1, 8, 9], neurons: [0, 7, 0] }, window, 4, 2);
    expect(lines).toEqual(['⠀⠀⠀⠈', '⡀⠀⠀⠀']);
  });

  it('has a mark for every spike in the window', () => {
    const svg = svgRaster({ steps: [1, 8, 9, 2], neurons: [0, 7, 0, 9] }, window, {
      title: 'two',
      subtitle: '',
      populations: [{ label: 'all', from: 0, to: 8 }],
      cores: [],
    });
    expect(svg.match(/M[\d.]+ [\d.]+h0/g)).toHaveLength(2);
  });
});
