import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PIXELS, SIDE } from '../../examples/digits/model.js';
import { inkOf, type Stroke } from '../../src/page/digits/ink.js';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const stroke: fc.Arbitrary<Stroke> = fc
  .array(fc.tuple(part, part), { minLength: 1, maxLength: 20 })
  .map((points) => points.flat());

/** Columns and rows with ink, and the centre of its mass. */
function measure(ink: Uint8Array) {
  const [xs, ys]: [number[], number[]] = [[], []];
  let [mass, sumX, sumY] = [0, 0, 0];
  ink.forEach((grey, p) => {
    const [x, y] = [p % SIDE, Math.floor(p / SIDE)];
    mass += grey;
    sumX += grey * (x + 0.5);
    sumY += grey * (y + 0.5);
    if (grey < 128) return;
    xs.push(x);
    ys.push(y);
  });
  const span = (list: number[]): number =>
    list.length === 0 ? 0 : Math.max(...list) - Math.min(...list) + 1;
  return { mass, x: sumX / mass, y: sumY / mass, wide: span(xs), tall: span(ys) };
}

describe('the ink of a drawing', () => {
  it('is none without strokes', () => {
    expect(inkOf([])).toEqual(new Uint8Array(PIXELS));
  });

  it('fills a box of about 20 x 20 pixels, whatever the size and place of the drawing', () => {
    for (const [at, size] of [
      [0.1, 0.8],
      [0.05, 0.4],
      [0.55, 0.42],
    ] as const) {
      const square = [at, at, at + size, at, at + size, at + size, at, at + size, at, at];
      const { wide, tall } = measure(inkOf([square]));
      expect(wide).toBeGreaterThanOrEqual(19);
      expect(wide).toBeLessThanOrEqual(21);
      expect(tall).toBe(wide);
    }
  });

  it('keeps proportions: an upright line stays thin', () => {
    const { wide, tall } = measure(inkOf([[0.5, 0.2, 0.5, 0.9]]));
    expect(tall).toBeGreaterThanOrEqual(19);
    expect(wide).toBeLessThanOrEqual(4);
  });

  it('does not blow a dot up to a blot', () => {
    const { wide, tall } = measure(inkOf([[0.5, 0.5, 0.51, 0.5]]));
    expect(Math.max(wide, tall)).toBeLessThanOrEqual(4);
  });

  it('has its centre of mass in the middle, but for what lies on the edge', () => {
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (strokes) => {
        const { mass, x, y } = measure(inkOf(strokes));
        expect(mass).toBeGreaterThan(0);
        // a drawing whose mass is all at one end is cut off at the other, and pixels are whole
        expect(Math.abs(x - SIDE / 2)).toBeLessThan(1.6);
        expect(Math.abs(y - SIDE / 2)).toBeLessThan(1.6);
      }),
    );
  });
});
