import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DURATION, drawnOver, POINTS, pointsOf, valuesOf } from '../../src/page/coding/course.js';
import { CHOICES, INITIAL, roundedPoints, sharedOf, stateFrom } from '../../src/page/coding/settings.js';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const points = fc.array(part, { minLength: POINTS, maxLength: POINTS });
const PRICES = ['loihi1-sanafe', 'loihi1-davies2018'];

describe('a signal', () => {
  it('has a value from 0 to 1 at every step, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({
            kind: fc.constant('sine' as const),
            periods: fc.double({ min: 1, max: 8, noNaN: true }),
            swing: part,
          }),
          fc.record({ kind: fc.constant('step' as const), swing: part }),
          fc.record({
            kind: fc.constant('points' as const),
            by: fc.constantFrom('hand' as const, 'sound' as const),
            points,
          }),
        ),
        (course) => {
          const values = valuesOf(course);
          expect(values).toHaveLength(DURATION);
          expect(values.every((value) => value >= -1e-12 && value <= 1 + 1e-12)).toBe(true);
        },
      ),
    );
  });

  it('goes through the points of a drawing, which are read off it again', () => {
    fc.assert(
      fc.property(points, (drawn) => {
        const values = valuesOf({ kind: 'points', by: 'hand', points: drawn });
        // the middle of a part lies between two steps
        const largest = Math.max(...drawn.map((x, i) => (i === 0 ? 0 : Math.abs(x - drawn[i - 1]!))));
        pointsOf(values).forEach((x, i) => {
          expect(Math.abs(x - drawn[i]!)).toBeLessThanOrEqual(largest / (DURATION / POINTS) + 1e-12);
        });
      }),
    );
  });

  it('follows a hand, in either direction and outside the picture, and nowhere else', () => {
    const flat = new Array<number>(POINTS).fill(0.5);
    const rising = drawnOver(flat, { x: 0.25, y: 0 }, { x: 0.75, y: 1 });
    expect(rising.slice(0, 16)).toEqual(flat.slice(0, 16));
    expect(rising.slice(49)).toEqual(flat.slice(49));
    for (let i = 17; i <= 48; i++) expect(rising[i]).toBeGreaterThan(rising[i - 1]!);
    expect(drawnOver(flat, { x: 0.75, y: 1 }, { x: 0.25, y: 0 })).toEqual(rising);
    expect(drawnOver(flat, { x: 0, y: 0.2 }, { x: 0, y: 0.9 })[0]).toBeCloseTo(0.9);
    for (const y of drawnOver(flat, { x: -1, y: -3 }, { x: 2, y: 4 })) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
  });
});

describe('the state of the panel', () => {
  it('comes back from a link', () => {
    const choice = <T>(from: readonly T[]) => fc.constantFrom(...from);
    const state = fc.record({
      course: fc.oneof(
        fc.record({
          kind: fc.constant('sine' as const),
          periods: choice([1, 2.5, 8]),
          swing: choice([0, 0.35, 1]),
        }),
        fc.record({ kind: fc.constant('step' as const), swing: choice([0, 0.35, 1]) }),
        fc.record({
          kind: fc.constant('points' as const),
          by: fc.constantFrom('hand' as const, 'sound' as const),
          points: points.map(roundedPoints),
        }),
      ),
      options: fc.record({
        window: choice(CHOICES.window),
        rate: choice(CHOICES.rate),
        maxSpikes: choice(CHOICES.maxSpikes),
        neurons: choice(CHOICES.neurons),
        peak: choice(CHOICES.peak),
        change: choice(CHOICES.change),
        threshold: choice(CHOICES.threshold),
      }),
      prices: choice(PRICES),
    });
    fc.assert(
      fc.property(state, (one) => {
        const shared = sharedOf(one);
        const text = shared === undefined ? undefined : JSON.parse(JSON.stringify(shared));
        expect(stateFrom(text, PRICES)).toEqual(one);
      }),
    );
  });

  it('is nothing for the default, and small for a drawing', () => {
    expect(sharedOf(INITIAL)).toBeUndefined();
    const course = { kind: 'points', by: 'hand', points: new Array<number>(POINTS).fill(0.3) } as const;
    expect(JSON.stringify(sharedOf({ ...INITIAL, course })).length).toBeLessThan(200);
  });

  it.each([
    [[], 'not an object'],
    [{ window: 21 }, 'window is 21, not one of 10, 16'],
    [{ rate: 'odd' }, 'rate is "odd"'],
    [{ prices: 'free' }, 'prices is "free"'],
    [{ course: 3 }, 'signal is not an object'],
    [{ course: { kind: 'saw' } }, 'no known kind'],
    [{ course: { kind: 'sine', periods: 2, swing: 3 } }, 'no swing'],
    [{ course: { kind: 'sine', periods: 99, swing: 1 } }, 'no 1 to 8 periods'],
    [{ course: { kind: 'points', by: 'hand', points: 'zz' } }, 'no 64 points'],
    [{ course: { kind: 'points', by: 'foot', points: '00'.repeat(64) } }, 'neither drawn nor a sound'],
  ])('is refused where it is %j', (shared, message) => {
    expect(() => stateFrom(shared, PRICES)).toThrow(message);
  });
});
