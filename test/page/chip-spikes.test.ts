/** Spikes kept by the chip panel as they come: bins of rates, neurons, CSV. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PopulationInfo } from '../../src/page/chip/calls.js';
import { SpikeHistory } from '../../src/page/chip/spike-history.js';
import { countBins } from '../../src/views/rate-bins.js';

const POPULATIONS: readonly PopulationInfo[] = [
  { label: 'b', kind: 'cells', size: 3, firstId: 2, slices: [], names: [] },
  { label: 'a, "b"', kind: 'source', size: 2, firstId: 0, slices: [], names: [] },
];

describe('spikes as they come', () => {
  it('are counted in bins as if all had come at once, whatever the parts', () => {
    const part = fc.record({
      steps: fc.integer({ min: 1, max: 3000 }),
      per: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const history = new SpikeHistory(POPULATIONS, 0);
        let to = 0;
        const all: { steps: number[]; rows: number[] } = { steps: [], rows: [] };
        for (const { steps, per } of parts) {
          const own = Array.from({ length: Math.floor(steps / per) }, (_, i) => to + 1 + i * per);
          const ids = own.map((step) => step % 5);
          to += steps;
          history.add({ steps: Uint32Array.from(own), ids: Uint32Array.from(ids) }, [], to);
          all.steps.push(...own);
          all.rows.push(...ids);
        }
        const { binSteps, counts } = history.bins;
        const once = countBins(
          { steps: Uint32Array.from(all.steps), rows: Uint32Array.from(all.rows) },
          history.populations,
          { from: 1, to, most: Math.ceil(to / binSteps) },
        );
        expect(once.binSteps).toBe(binSteps);
        expect(counts.map((of) => [...of])).toEqual(once.counts.map((of) => [...of]));
        expect(history.spikes).toBe(all.steps.length);
        expect([...history.raster(false).density.field.steps]).toEqual(all.steps);
      }),
      { numRuns: 30 },
    );
  });

  it('of one neuron are found, and all are written as CSV', () => {
    const history = new SpikeHistory(POPULATIONS, 0);
    history.add({ steps: Uint32Array.of(1, 2, 2, 5), ids: Uint32Array.of(0, 3, 4, 3) }, [], 6);
    expect(history.spikesOf(3, 1, 6)).toEqual([2, 5]);
    expect(history.spikesOf(3, 3, 6)).toEqual([5]);
    expect(new TextDecoder().decode(history.csv()).split('\n')).toEqual([
      'step,population,neuron',
      '1,"a, ""b""",0',
      '2,b,1',
      '2,b,2',
      '5,b,1',
      '',
    ]);
  });

  it('that are known already are not taken again', () => {
    const history = new SpikeHistory(POPULATIONS, 0);
    const spikes = { steps: Uint32Array.of(1), ids: Uint32Array.of(0) };
    history.add(spikes, [], 4);
    history.add(spikes, [], 4);
    expect(history.spikes).toBe(1);
  });

  it('a raster of many lags by a small part while it grows, and is whole when the run stands', () => {
    const history = new SpikeHistory(POPULATIONS, 0);
    const many = 300_000;
    const grow = (from: number, count: number): void =>
      history.add(
        { steps: Uint32Array.from({ length: count }, (_, i) => from + i), ids: new Uint32Array(count) },
        [],
        from + count - 1,
      );
    grow(1, many);
    const length = (isGrowing: boolean): number => history.raster(isGrowing).density.field.steps.length;
    expect(length(true)).toBe(many);
    grow(many + 1, 1000);
    expect(length(true)).toBe(many);
    expect(length(false)).toBe(many + 1000);
    grow(many + 1001, 20_000);
    expect(length(true)).toBe(many + 21_000);
  });
});
