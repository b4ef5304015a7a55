/** Costs that are not whole times or hold no message, and times that never end. */
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import { KERNELS, meshOf, stepOf } from './mesh-case.js';

const COSTS = { hopEast: 1, hopWest: 1, hopNorth: 1, hopSouth: 1, linkBuffer: 1, barrier: 0 };
const mesh = meshOf(2, 1, 1);

describe.each(KERNELS)('%s kernels', (kernels) => {
  it('all that is wrong with the costs at once', () => {
    const costs = { ...COSTS, hopWest: -1, hopNorth: 0.5, barrier: Number.NaN, linkBuffer: 0 };
    expect(() => new MeshModel(mesh, costs, { kernels, occupation: Number.POSITIVE_INFINITY })).toThrow(
      expect.objectContaining({
        code: 'E_USAGE',
        message: [
          'mesh: hop west: -1 is not a whole number of ps of at least 0',
          'mesh: hop north: 0.5 is not a whole number of ps of at least 0',
          'mesh: barrier: NaN is not a whole number of ps of at least 0',
          'mesh: occupation of a link: Infinity is not a whole number of ps of at least 0',
          'mesh: link buffer: 0 is not a whole number of messages of at least 1',
        ].join('\n'),
      }),
    );
  });

  it('a message that does not arrive is an error, and the next step is not touched by it', () => {
    const model = new MeshModel(mesh, COSTS, { kernels });
    const message = { from: 0, to: 1, processing: 3 };
    const never = [
      { ...message, generation: 2 },
      { ...message, generation: Number.POSITIVE_INFINITY },
    ];
    expect(() => model.step(stepOf(2, never))).toThrow(
      expect.objectContaining({
        code: 'E_STALL',
        message: 'mesh: 1 of 2 messages of step 1 did not arrive',
      }),
    );
    expect(model.step(stepOf(2, [{ ...message, generation: 2 }])).time).toBe(6);
  });
});
