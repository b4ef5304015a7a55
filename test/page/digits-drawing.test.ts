import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun, type Drawing, drawingOf, extended, goesOn, sharedOf } from '../../src/page/digits/drawing.js';
import { sampleOf } from '../../src/page/digits/samples.js';

const thousandths = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
const drawing: fc.Arbitrary<Drawing> = fc.array(
  fc
    .array(fc.tuple(thousandths, thousandths), { minLength: 1, maxLength: 20 })
    .map((points) => points.flat()),
  { minLength: 1, maxLength: 6 },
);

describe('a drawing', () => {
  it('comes back from a link', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        expect(drawingOf(JSON.parse(JSON.stringify(sharedOf(strokes))))).toEqual(strokes);
      }),
    );
  });

  it('that is empty needs no state', () => {
    expect(sharedOf([])).toBeUndefined();
  });

  it.each([
    null,
    7,
    'a',
    {},
    { strokes: 3 },
    { strokes: [[]] },
    { strokes: [[1]] },
    { strokes: [[1, 2, 3]] },
    { strokes: [[1, -2]] },
    { strokes: [[1, 1001]] },
    { strokes: [[0.5, 1]] },
    { strokes: [['1', '2']] },
    { strokes: [new Array(8002).fill(1)] },
  ])('is not read from %j', (shared) => {
    expect(drawingOf(shared)).toBeNull();
  });

  it('goes on while it grows; after an empty pad, and as a sample in its place, it is another', () => {
    const first = begun([], 0.2, 0.3);
    const more = begun(extended(first, 0.5, 0.5), 0.7, 0.7);
    expect(goesOn(more, first)).toBe(true);
    expect(goesOn(first, more)).toBe(true);
    expect(goesOn(first, [])).toBe(false);
    expect(goesOn([], [])).toBe(false);
    for (let digit = 0; digit < 10; digit++) {
      expect(goesOn(sampleOf(digit), more)).toBe(false);
      expect(goesOn(sampleOf((digit + 1) % 10), sampleOf(digit))).toBe(false);
    }
  });

  it('grows by strokes and points inside the pad; points that are next to nothing apart are one', () => {
    let strokes = begun([], 0.5, -3);
    expect(strokes).toEqual([[0.5, 0]]);
    const same = extended(strokes, 0.501, 0.001);
    expect(same).toBe(strokes);
    strokes = extended(strokes, 2, 0.5);
    expect(strokes).toEqual([[0.5, 0, 1, 0.5]]);
    expect(begun(strokes, 0, 0)).toEqual([
      [0.5, 0, 1, 0.5],
      [0, 0],
    ]);
    expect(extended([], 0.25, 0.25)).toEqual([[0.25, 0.25]]);
  });
});
