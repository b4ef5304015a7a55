/** The host's random numbers: the same everywhere, even, and of separate streams. */
import { describe, expect, it } from 'vitest';
import { FailureRun, PURPOSE, RandomStream } from '../../src/compiler/random-stream.js';

const stream = (seed = 1, object = 0, purpose: 1 | 2 | 3 | 4 = PURPOSE.connect) =>
  new RandomStream(seed, object, purpose);

it('draws these numbers on every platform', () => {
  const s = stream(42, 7);
  expect([s.next(), s.next(), s.next(), s.below(10), s.unit(), s.normal()]).toMatchInlineSnapshot(`
    [
      405811272,
      3530019606,
      509823732,
      3,
      0.7438368671573699,
      0.9383397840429097,
    ]
  `);
});

it('has a stream for each seed, object and purpose', () => {
  const first = [
    stream(1, 0).next(),
    stream(2, 0).next(),
    stream(1, 1).next(),
    stream(1, 0, PURPOSE.weight).next(),
    stream(0, 0).next(),
    stream(2 ** 32 - 1, 0).next(),
  ];
  expect(new Set(first).size).toBe(first.length);
});

describe('draws', () => {
  it.each([2, 3, 10, 1000])('below %s evenly', (n) => {
    const s = stream(n);
    const hits = new Array<number>(n).fill(0);
    for (let k = 0; k < 100 * n; k++) hits[s.below(n)]!++;
    const chi2 = hits.reduce((sum, h) => sum + (h - 100) ** 2 / 100, 0);
    expect(Math.abs(chi2 - (n - 1))).toBeLessThan(5 * Math.sqrt(2 * n) + 3);
  });
  it('below 2^31 + 1 without bias to small numbers', () => {
    const s = stream(5);
    let small = 0;
    for (let k = 0; k < 10_000; k++) if (s.below(3 * 2 ** 30) < 2 ** 30) small++;
    expect(Math.abs(small - 3333)).toBeLessThan(200);
  });
  it.each([0.9999, 0.7, 0.1, 0.01, 0.0003, 1e-5])('failures before a success of probability %s', (p) => {
    const run = new FailureRun(p);
    const s = stream(9);
    const n = 20_000;
    let sum = 0;
    let zero = 0;
    for (let k = 0; k < n; k++) {
      const failures = run.draw(s);
      sum += failures;
      if (failures === 0) zero++;
    }
    const mean = (1 - p) / p;
    expect(Math.abs(sum / n - mean)).toBeLessThan((5 * Math.sqrt(1 - p)) / p / Math.sqrt(n));
    expect(Math.abs(zero - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)) + 1);
  });
});
