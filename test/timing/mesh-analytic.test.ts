/** One message in a step: its latency by hand, in all directions and within a tile, whatever the buffers. */
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import type { MeshCosts } from '../../src/timing/step-messages.js';
import { KERNELS, meshOf, stepOf } from './mesh-case.js';

const COSTS: MeshCosts = {
  hopEast: 4100,
  hopWest: 4200,
  hopNorth: 6500,
  hopSouth: 6600,
  linkBuffer: 16,
  barrier: 1_400_000,
};

// 5 x 4 tiles of two cores; core 2 * (5 * y + x) + slot
const mesh = meshOf(5, 4, 2);
const core = (x: number, y: number, slot = 0) => 2 * (5 * y + x) + slot;

const WAYS = [
  { what: 'east', to: core(4, 1), hops: 2 * 4100 },
  { what: 'west', to: core(0, 1), hops: 2 * 4200 },
  { what: 'north', to: core(2, 3), hops: 2 * 6500 },
  { what: 'south', to: core(2, 0), hops: 6600 },
  { what: 'north-east', to: core(3, 3), hops: 4100 + 2 * 6500 },
  { what: 'south-west', to: core(1, 0), hops: 4200 + 6600 },
  { what: 'to the other core of the tile', to: core(2, 1, 1), hops: 0 },
  { what: 'to itself', to: core(2, 1), hops: 0 },
];
const GENERATION = 51_200;
const PROCESSING = 16_700;
const from = core(2, 1);

describe.each(KERNELS)('%s kernels', (kernels) => {
  describe.each([
    { linkBuffer: 1, occupation: undefined },
    { linkBuffer: 16, occupation: 1000 },
    { linkBuffer: Number.POSITIVE_INFINITY, occupation: 0 },
  ])('buffers of $linkBuffer, occupation $occupation', ({ linkBuffer, occupation }) => {
    const options = occupation === undefined ? {} : { occupation };
    const model = () => new MeshModel(mesh, { ...COSTS, linkBuffer }, { kernels, ...options });

    it.each(WAYS)('$what: generation + hops + processing + barrier', ({ to, hops }) => {
      const step = stepOf(mesh.cores, [{ from, to, generation: GENERATION, processing: PROCESSING }]);
      const mine = model();
      expect(mine.step(step).time).toBe(GENERATION + hops + PROCESSING + COSTS.barrier);
      expect(mine.times.sent[0]).toBe(GENERATION);
      expect(mine.times.arrived[0]).toBe(GENERATION + hops);
      expect(mine.times.received[0]).toBe(GENERATION + hops);
    });

    it('what the sender does after it runs beside all that', () => {
      const rest: number[] = [];
      rest[from] = 100_000;
      const sent = [{ from, to: core(4, 1), generation: GENERATION, processing: PROCESSING }];
      expect(model().step(stepOf(mesh.cores, sent, { rest })).time).toBe(
        GENERATION + 100_000 + COSTS.barrier,
      );
    });

    it('it waits while its receiver is busy with messages of the host', () => {
      const hostProcessing: number[] = [];
      hostProcessing[core(4, 1)] = 200_000;
      const sent = [{ from, to: core(4, 1), generation: GENERATION, processing: PROCESSING }];
      const mine = model();
      const { time } = mine.step(stepOf(mesh.cores, sent, { hostProcessing }));
      expect(time).toBe(200_000 + PROCESSING + COSTS.barrier);
      expect(mine.cores()[core(4, 1)]!.queued).toBe(200_000 - GENERATION - 2 * 4100);
    });
  });

  it('a step without messages is the work of its slowest core, and the barrier', () => {
    const model = new MeshModel(mesh, COSTS, { kernels });
    expect(model.step(stepOf(mesh.cores, [])).time).toBe(COSTS.barrier);
    expect(model.step(stepOf(mesh.cores, [], { rest: [3, 9, 4] })).time).toBe(9 + COSTS.barrier);
    expect(model.step(stepOf(mesh.cores, [], { hostProcessing: [0, 7] })).time).toBe(7 + COSTS.barrier);
  });

  it('two messages over one link: the second starts when the first has crossed it', () => {
    const model = new MeshModel(mesh, COSTS, { kernels });
    const both = { to: core(3, 1), generation: 1000, processing: 0 };
    const { time } = model.step(
      stepOf(mesh.cores, [
        { from: core(2, 1, 0), ...both },
        { from: core(2, 1, 1), ...both },
      ]),
    );
    expect(time).toBe(1000 + 2 * 4100 + COSTS.barrier);
    // the first has not left the buffer when the second sets out: at one instant links act before ejections
    expect(model.links()).toEqual([
      { link: 4 * 7, messages: 2, busy: 8200, waited: 4100, longestWait: 4100, fullest: 2 },
    ]);
  });

  it('a full receive queue fills the injection buffer, which holds its sender up', () => {
    const model = new MeshModel(mesh, { ...COSTS, linkBuffer: 1 }, { kernels });
    const sent = Array.from({ length: 4 }, () => ({ from: 0, to: 0, generation: 10, processing: 100 }));
    // handed over at 10, 20, 30; the fourth is ready at 40: one is processed, one queued, one in the injection buffer
    expect(model.step(stepOf(mesh.cores, sent)).time).toBe(10 + 400 + COSTS.barrier);
    expect(Array.from(model.times.sent.subarray(0, 4))).toEqual([10, 20, 30, 110]);
    expect(Array.from(model.times.arrived.subarray(0, 4))).toEqual([10, 20, 110, 210]);
    expect(Array.from(model.times.received.subarray(0, 4))).toEqual([10, 110, 210, 310]);
    expect(model.cores()[0]).toEqual({
      core: 0,
      blocked: 70,
      fullestInjection: 1,
      processing: 400,
      queued: 90 + 100 + 100,
      heldBack: 80 + 100,
      longestQueue: 1,
    });
  });
});
