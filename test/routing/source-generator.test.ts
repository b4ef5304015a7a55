/** Poisson sources are independent and have their rate; regular ones keep their calendar from any step on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonSpikes } from '../../routing/index.js';
import { SourceGenerator } from '../../routing/source-generator.js';

const fired = (generator: SourceGenerator, step: number): number[] => {
  const out = new Uint32Array(1000);
  return [...out.subarray(0, generator.fire(step, out))].sort((a, b) => a - b);
};

describe('poisson', () => {
  const sources = 60;
  const steps = 4000;
  const p = 0.2;
  const spikes = Array.from({ length: sources }, (_, s) =>
    Array.from({ length: steps }, (_, t) => Number(poissonSpikes(42, s, t + 1, p * 2 ** 32)) - p),
  );

  it('has its rate, for each source', () => {
    const sigma = Math.sqrt((p * (1 - p)) / steps);
    for (const own of spikes)
      expect(Math.abs(own.reduce((a, b) => a + b, 0) / steps)).toBeLessThan(4.5 * sigma);
  });

  it('no source knows of another, now or at any lag', () => {
    let worst = 0;
    for (let a = 0; a < sources; a += 3) {
      for (let b = 0; b < sources; b += 2) {
        for (const lag of [0, 1, 2, 7]) {
          if (a === b && lag === 0) continue;
          let sum = 0;
          for (let t = lag; t < steps; t++) sum += spikes[a]![t]! * spikes[b]![t - lag]!;
          worst = Math.max(worst, Math.abs(sum / steps / (p * (1 - p))));
        }
      }
    }
    // 2400 correlations of standard deviation 1 / sqrt(4000)
    expect(worst).toBeLessThan(5 / Math.sqrt(steps));
  });

  it('is the same function however the sources are shared out', () => {
    const thresholds = Uint32Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? 0 : i * 2e8));
    const schedule = { kind: 'poisson', first: 4, thresholds, seed: 9, from: 3, to: 50 } as const;
    const whole = new SourceGenerator([schedule], 0, 24);
    const parts = [0, 7, 24].map((low, i, all) => new SourceGenerator([schedule], low, all[i + 1] ?? 24));
    for (let t = 1; t < 60; t++) {
      const expected = [...thresholds.keys()]
        .filter((i) => t >= 3 && t <= 50 && poissonSpikes(9, 4 + i, t, thresholds[i]!))
        .map((i) => 4 + i);
      expect(fired(whole, t)).toEqual(expected);
      expect(parts.flatMap((part) => fired(part, t))).toEqual(expected);
    }
  });
});

it('regular sources spike at phase, phase + period, ..., from whatever step they are asked', () => {
  const source = fc.record({ period: fc.nat(12), phase: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(fc.array(source, { maxLength: 25 }), fc.integer({ min: 1, max: 60 }), (list, start) => {
      const schedule = {
        kind: 'regular',
        first: 2,
        periods: Uint32Array.from(list, ({ period }) => period),
        phases: Uint32Array.from(list, ({ phase }) => phase),
        to: 80,
      } as const;
      const generator = new SourceGenerator([schedule], 0, 100);
      for (const t of [...Array.from({ length: 30 }, (_, i) => start + i), 5, 6, 79, 80, 81]) {
        const expected = list.flatMap(({ period, phase }, i) =>
          period > 0 && t <= 80 && t >= phase && (t - phase) % period === 0 ? [2 + i] : [],
        );
        expect(fired(generator, t)).toEqual(expected);
      }
    }),
  );
});
