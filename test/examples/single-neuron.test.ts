import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureCurve } from '../../examples/single-neuron/curve.js';
import { svgPlot, terminalPlot } from '../../examples/single-neuron/plot.js';
import { runScript, withDirectory } from './example.js';

describe('the single neuron', () => {
  it('fires every 26 steps of 1 ms at 1.5 nA', async () => {
    const { points } = await measureCurve([1.5], 1, 1000);
    expect(points[0]?.interval).toBe(26);
    expect(points[0]?.analytic).toBeCloseTo(25.99, 2);
  });

  it('follows the analytic curve within a step at every current', async () => {
    const currents = Array.from({ length: 71 }, (_, i) => 0.5 + 0.05 * i);
    const { points, rheobase, dt } = await measureCurve(currents, 1, 1500);
    expect(rheobase).toBe(1);
    for (const { current, interval, analytic } of points) {
      if (current < rheobase - 1e-9) expect({ current, interval }).toEqual({ current, interval: Infinity });
      if (current < rheobase + 1e-9) continue;
      expect(Math.abs(interval * dt - analytic), `at ${current} nA`).toBeLessThanOrEqual(1);
    }
  });

  it('is drawn as text and as SVG', async () => {
    const curve = await measureCurve([0.5, 1, 1.5, 2, 4], 1, 200);
    const lines = terminalPlot(curve, 8);
    expect(lines).toHaveLength(10);
    expect(lines.join('')).toContain('o');
    expect(svgPlot(curve).match(/<circle /g)).toHaveLength(5);
  });

  it('runs as documented', () =>
    withDirectory((directory) => {
      const { status, stdout, stderr } = runScript('examples/single-neuron/run.ts', directory);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('a spike every 26 steps of 1 ms, 38.5 Hz');
      expect(readFileSync(join(directory, 'f-i.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }));
});
