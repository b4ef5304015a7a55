import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pan, zoom } from '../../src/views/viewport.js';

const limits = { whole: { x0: 0.5, x1: 1000.5, y0: 0, y1: 80 }, least: { x: 5, y: 2 } };

describe('zoom and pan', () => {
  it('keeps the point under the pointer', () => {
    const view = zoom(limits.whole, { x: 0.5, y: 1, atX: 0.25, atY: 0.5 }, limits);
    expect(view.x0 + 0.25 * (view.x1 - view.x0)).toBe(250.5);
    expect([view.y0, view.y1]).toEqual([0, 80]);
  });

  it('never leaves the whole, nor goes below the least', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const act = fc.oneof(
      fc.record({
        x: fc.double({ min: 0.01, max: 50, noNaN: true }),
        y: fc.double({ min: 0.01, max: 50, noNaN: true }),
        atX: part,
        atY: part,
      }),
      fc.record({
        byX: fc.double({ min: -3, max: 3, noNaN: true }),
        byY: fc.double({ min: -3, max: 3, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let view = limits.whole;
        for (const one of acts)
          view = 'byX' in one ? pan(view, one.byX, one.byY, limits) : zoom(view, one, limits);
        const slack = 1e-6;
        expect(view.x0).toBeGreaterThanOrEqual(limits.whole.x0 - slack);
        expect(view.x1).toBeLessThanOrEqual(limits.whole.x1 + slack);
        expect(view.y0).toBeGreaterThanOrEqual(-slack);
        expect(view.y1).toBeLessThanOrEqual(80 + slack);
        expect(view.x1 - view.x0).toBeGreaterThanOrEqual(5 - slack);
        expect(view.y1 - view.y0).toBeGreaterThanOrEqual(2 - slack);
      }),
    );
  });
});
