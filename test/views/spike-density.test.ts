import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DensityGrid, SpikeDensity } from '../../src/views/spike-density.js';
import { manySpikes } from './many-spikes.js';

/** The same counts, spike by spike. */
function byHand({ field }: SpikeDensity, grid: DensityGrid): Uint32Array {
  const counts = new Uint32Array(grid.columns * grid.lines);
  field.steps.forEach((step, i) => {
    const column = Math.floor((step - grid.firstStep) / grid.cellSteps);
    const line = Math.floor((field.rows[i]! - grid.firstRow) / grid.cellRows);
    if (column >= 0 && column < grid.columns && line >= 0 && line < grid.lines)
      counts[line * grid.columns + column]!++;
  });
  return counts;
}

const whole = ({ field }: SpikeDensity) => ({
  x0: field.from - 0.5,
  x1: field.to + 0.5,
  y0: 0,
  y1: field.rowCount,
});

describe('spikes as counts in cells', () => {
  it('counts every spike once, over all', () => {
    const density = new SpikeDensity(manySpikes({ steps: 500, rows: 77, perStep: 5 }));
    const grid = density.grid(whole(density), 3.2, 1.1);
    expect([grid.cellSteps, grid.cellRows]).toEqual([4, 2]);
    expect(grid.spikes).toBe(2500);
    expect(grid.counts).toEqual(byHand(density, grid));
  });

  it('is the same from the pyramid and from the spikes', () => {
    const density = new SpikeDensity(manySpikes({ steps: 8000, rows: 1000, perStep: 50 }));
    for (const [across, down] of [
      [8, 2],
      [16, 1.5],
      [40, 40],
      [9000, 2000],
    ] as const) {
      const grid = density.grid(whole(density), across, down);
      expect(grid.spikes).toBe(400_000);
      expect(grid.counts).toEqual(byHand(density, grid));
    }
  });

  it('shows a part as that part, in cells that begin where they did', () => {
    const density = new SpikeDensity(manySpikes({ steps: 300, rows: 40, perStep: 9 }));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 299, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 39, noNaN: true }),
        fc.double({ min: 1, max: 40, noNaN: true }),
        (x0, width, y0, height) => {
          const view = { x0, x1: Math.min(300.5, x0 + width), y0, y1: Math.min(40, y0 + height) };
          const grid = density.grid(view, 2, 1);
          expect((grid.firstStep - 1) % grid.cellSteps).toBe(0);
          expect(grid.firstStep).toBeLessThanOrEqual(Math.max(1, Math.ceil(x0)));
          expect(grid.counts).toEqual(byHand(density, grid));
        },
      ),
    );
  });

  it('has no cells where there are no spikes, and none outside', () => {
    const density = new SpikeDensity({
      steps: new Uint32Array(0),
      rows: new Uint32Array(0),
      from: 1,
      to: 10,
      rowCount: 0,
    });
    const grid = density.grid(whole(density), 1, 1);
    expect([grid.spikes, grid.occupied]).toEqual([0, 0]);
  });
});
