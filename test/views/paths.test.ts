import { expect, it } from 'vitest';
import { areaAt, type Context, lineThrough } from '../../src/views/paths.js';

/** Writes down what is traced on it, as a path of SVG. */
class Traced {
  path = '';
  moveTo(x: number, y: number): void {
    this.path += `M${x},${y}`;
  }
  lineTo(x: number, y: number): void {
    this.path += `L${x},${y}`;
  }
  closePath(): void {
    this.path += 'Z';
  }
}

const traced = (draw: (context: Context) => string): string => {
  const context = new Traced();
  expect(draw(context as unknown as Context)).toBe('');
  return context.path;
};

const xs = Float64Array.of(0, 1, 2.5, 3, 4);
const ys = Float32Array.of(1, 2, NaN, 4, 5);

it('a line is interrupted by NaN, and the same on a canvas as in an SVG', () => {
  expect(lineThrough(xs, ys)).toBe('M0,1L1,2M3,4L4,5');
  expect(traced((context) => lineThrough(xs, ys, context))).toBe('M0,1L1,2M3,4L4,5');
});

it('an area lies between points and base, and is interrupted, too', () => {
  const path = 'M0,1L1,2L1,9L0,9ZM3,4L4,5L4,9L3,9Z';
  expect(areaAt(xs, ys, 9)).toBe(path);
  expect(traced((context) => areaAt(xs, ys, 9, context))).toBe(path);
});

it('an SVG has two decimals, a canvas all', () => {
  expect(lineThrough([0.123, 1], [1 / 3, 2])).toBe('M0.12,0.33L1,2');
  expect(traced((context) => lineThrough([0.125, 1], [1 / 3, 2], context))).toBe(`M0.125,${1 / 3}L1,2`);
});

it('no points make no path', () => {
  expect(lineThrough([], [])).toBe('');
  expect(areaAt([1], [NaN], 0)).toBe('');
});
