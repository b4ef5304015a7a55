/** Legs are as long as they are fast. */
import { afterEach, expect, it, vi } from 'vitest';
import { LegPace } from '../../src/api/leg-pace.js';

let now = 0;

function clock(): LegPace {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return new LegPace();
}

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['a fast chip', 0.001, 5000, 20_000],
  ['a chip of 2 ms a step', 2, 3, 9],
  ['a chip of a second a step', 1000, 1, 1],
])('a leg of %s takes 5 to 20 ms, or a step', (_, stepMs, least, most) => {
  const pace = clock();
  const legs = Array.from({ length: 30 }, () => {
    const steps = pace.next();
    now += steps * stepMs;
    return steps;
  });
  expect(legs[0]).toBe(1);
  expect(legs.at(-1)).toBeGreaterThanOrEqual(least);
  expect(legs.at(-1)).toBeLessThanOrEqual(most);
});

it('becomes shorter when steps become slower', () => {
  const pace = clock();
  for (let i = 0; i < 20; i++) now += pace.next() * 0.01;
  const fast = pace.next();
  for (let i = 0; i < 20; i++) now += pace.next() * 5;
  expect(pace.next()).toBeLessThan(fast / 100);
});
