import { describe, expect, it } from 'vitest';
import { fitLine, spread } from '../../bench/statistics.js';

describe('statistics of benches', () => {
  it('takes the middle of odd and even numbers of samples, in numeric order', () => {
    expect(spread([10, 9, 100])).toEqual({ median: 10, min: 9, max: 100 });
    expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
    expect(() => spread([])).toThrow('no samples');
  });

  it('finds the constant of a line whose points span decades', () => {
    const points = [1, 10, 100, 1000, 10_000].map((x) => ({ x, y: 3 + 0.5 * x }));
    const line = fitLine(points);
    expect(line.constant).toBeCloseTo(3, 9);
    expect(line.slope).toBeCloseTo(0.5, 9);
    expect(line.worst).toBeLessThan(1e-9);
  });

  it('does not let the largest point decide alone', () => {
    const line = fitLine([
      { x: 1, y: 4 },
      { x: 10, y: 13 },
      { x: 10_000, y: 12_000 },
    ]);
    expect(line.constant).toBeGreaterThan(2);
    expect(line.worst).toBeLessThan(0.2);
  });
});
