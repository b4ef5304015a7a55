/** Limits of buffers and links make a step longer than none do; but not each limit in each case. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import { KERNELS, meshCase, meshOf, stepOf } from './mesh-case.js';

const UNLIMITED = { linkBuffer: Number.POSITIVE_INFINITY };

describe.each(KERNELS)('%s kernels', (kernels) => {
  it('no limit makes a step shorter than without any', () => {
    fc.assert(
      fc.property(meshCase(60), ({ geometry, costs, occupation, steps }) => {
        const limited = new MeshModel(geometry, costs, {
          kernels,
          ...(occupation === null ? {} : { occupation }),
        });
        const free = new MeshModel(geometry, { ...costs, ...UNLIMITED }, { kernels, occupation: 0 });
        for (const step of steps) {
          expect(limited.step(step).time).toBeGreaterThanOrEqual(free.step(step).time);
        }
      }),
      { numRuns: 300, seed: 10 },
    );
  });

  it('a step is no shorter than its busiest link', () => {
    fc.assert(
      fc.property(meshCase(60), ({ geometry, costs, occupation, steps }) => {
        const model = new MeshModel(geometry, costs, {
          kernels,
          ...(occupation === null ? {} : { occupation }),
        });
        const latency = [costs.hopEast, costs.hopWest, costs.hopNorth, costs.hopSouth];
        const { time } = model.step(steps[0]!);
        for (const { link, messages } of model.links()) {
          const atLeast = (messages - 1) * (occupation ?? latency[link % 4]!) + latency[link % 4]!;
          expect(time - costs.barrier).toBeGreaterThanOrEqual(atLeast);
        }
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('with links that are busy, smaller buffers may help: they hold up a message that others would wait for', () => {
    // Core 2 sends three messages to itself, then one west, while it works for the host. With small buffers the
    // fourth is held up, so that the message of core 3, which has the longer way west, goes first.
    const geometry = meshOf(4, 1, 1);
    const costs = { hopEast: 4, hopWest: 27, hopNorth: 0, hopSouth: 0, barrier: 0 };
    const step = stepOf(
      4,
      [
        { from: 1, to: 2, generation: 0, processing: 0 },
        { from: 1, to: 2, generation: 18, processing: 4 },
        { from: 2, to: 2, generation: 16, processing: 27 },
        { from: 2, to: 2, generation: 2, processing: 8 },
        { from: 2, to: 2, generation: 0, processing: 0 },
        { from: 2, to: 1, generation: 0, processing: 0 },
        { from: 3, to: 0, generation: 12, processing: 2 },
      ],
      { hostProcessing: [4, 26] },
    );
    expect(new MeshModel(geometry, { ...costs, ...UNLIMITED }, { kernels }).step(step).time).toBe(101);
    expect(new MeshModel(geometry, { ...costs, linkBuffer: 1 }, { kernels }).step(step).time).toBe(95);
  });
});
