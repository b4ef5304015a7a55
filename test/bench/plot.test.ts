import { describe, expect, it } from 'vitest';
import { activityOf, svgActivity } from '../../bench/activity-plot.js';
import { type Report, SCHEMA } from '../../bench/report.js';

const same = (value: number) => ({ median: value, min: value, max: value });

const report = (results: Report['results']): Report => ({
  schema: SCHEMA,
  version: '0.0.0',
  command: [],
  machine: { node: 'v20', arch: 'x64', cpu: 'any', cores: 2, memory: 0, load: 0 },
  results,
});

const results = [
  { kind: 'activity', name: 'scaling/100', neurons: 1e6, activeFraction: 1e-4, step: same(1.2e-5) },
  { kind: 'activity', name: 'scaling/10000', neurons: 1e6, activeFraction: 0.01, step: same(2e-4) },
  { kind: 'activity', name: 'scaling/1000000', neurons: 1e6, activeFraction: 1, step: same(2e-2) },
  { kind: 'activity-fit', name: 'scaling/fit', constant: 1e-5, slope: 2e-8, worst: 0.1 },
];

describe('the plot of cost against activity', () => {
  it('spans whole decades of what was measured and keeps everything inside', () => {
    const svg = svgActivity(activityOf(report(results)));
    const labels = [...svg.matchAll(/>([^<>]*(?:%|[nµm]?s))<\/text>/g)].map(([, label]) => label);
    expect(labels.filter((label) => label?.endsWith('%'))).toEqual([
      '0.01 %',
      '0.1 %',
      '1 %',
      '10 %',
      '100 %',
    ]);
    expect(labels.filter((label) => /^\d+ .?s$/.test(label ?? ''))).toEqual([
      '10 µs',
      '100 µs',
      '1 ms',
      '10 ms',
      '100 ms',
    ]);
    const [, width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
    const dots = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)];
    expect(dots.length).toBe(3 + 1); // and the legend's
    for (const [, x, y] of dots) {
      expect(Number(x)).toBeLessThan(width ?? 0);
      expect(Number(y)).toBeLessThan(height ?? 0);
    }
    expect(svg).toContain('10.0 µs + 20.0 ns × active neurons');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toContain('NaN');
  });

  it('says how to make a report that has the curve', () => {
    expect(() => activityOf(report([]))).toThrow(expect.objectContaining({ code: 'E_INPUT' }));
  });
});
