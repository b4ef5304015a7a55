import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Curve,
  gainOf,
  KINDS,
  linearityOf,
  lineOf,
  MEASUREMENT,
  measureCurves,
  NEURON,
} from '../../examples/gain-modulation/curve.js';
import { svgPlot } from '../../examples/gain-modulation/plot.js';
import { firingRate } from '../../src/index.js';
import { runScript, withDirectory } from './example.js';

describe('gain modulation', () => {
  let curves: readonly Curve[] = [];
  beforeAll(async () => {
    curves = await measureCurves(KINDS, { ...MEASUREMENT, copies: 8, steps: 8000 });
  });

  it('noise lowers the slope at rheobase, the more the stronger', () => {
    const [quiet, weak, strong] = curves.map(gainOf);
    expect(quiet).toBeGreaterThan(1.6 * weak!);
    expect(weak).toBeGreaterThan(1.15 * strong!);
  });

  it('noise makes the neuron fire below rheobase, and changes little far above', () => {
    const at = (current: number) => curves.map(({ rates }) => rates[Math.round((current - 0.5) / 0.05)]!);
    const [quiet, weak, strong] = at(0.8);
    expect(quiet).toBe(0);
    expect(weak).toBeGreaterThan(2);
    expect(strong).toBeGreaterThan(1.5 * weak!);
    const [above, ...noisy] = at(2).slice(0, 3);
    for (const rate of noisy) expect(Math.abs(rate / above! - 1)).toBeLessThan(0.05);
    expect(Math.abs(above! / firingRate({ ...NEURON, I: 2 }) - 1)).toBeLessThan(0.03);
  });

  it('adaptation makes the curve a line, of a smaller slope', () => {
    const [quiet, , , adapted] = curves;
    expect(1 - linearityOf(adapted!)).toBeLessThan((1 - linearityOf(quiet!)) / 5);
    expect(lineOf(adapted!, 1, 3).slope).toBeLessThan(lineOf(quiet!, 1, 3).slope / 4);
  });

  it('is drawn as one SVG', () => {
    expect(svgPlot(curves).match(/<polyline /g)).toHaveLength(4);
  });

  it('runs as documented', () =>
    withDirectory((directory) => {
      const { status, stdout, stderr } = runScript('examples/gain-modulation/run.ts', directory);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/no noise .* 112 Hz\/nA +0\.97/);
      expect(stdout).toMatch(/adaptation .* 9 Hz\/nA +0\.99/);
      expect(readFileSync(join(directory, 'f-i.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }));
});
