/** What bounded a step: a sender, a receiver, a link or the barrier; by hand for each. */
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import { type CoreWork, KERNELS, meshOf, type Sent, stepOf } from './mesh-case.js';

const COSTS = { hopEast: 10, hopWest: 10, hopNorth: 10, hopSouth: 10, linkBuffer: 16, barrier: 5 };
const mesh = meshOf(3, 2, 2);

describe.each(KERNELS)('%s kernels', (kernels) => {
  const bound = (sent: readonly Sent[], work: CoreWork = {}, costs = COSTS) =>
    new MeshModel(mesh, costs, { kernels }).step(stepOf(mesh.cores, sent, work)).bound;

  const BARRIER = { kind: 'barrier', index: -1 };

  describe('barrier', () => {
    it('it took longer than all else', () => {
      expect(bound([{ from: 0, to: 1, generation: 2, processing: 2 }])).toEqual(BARRIER);
    });
    it('nothing else took any time', () => {
      expect(bound([], {}, { ...COSTS, barrier: 0 })).toEqual(BARRIER);
    });
  });

  describe('sender', () => {
    it('the core that ended last', () => {
      expect(bound([{ from: 0, to: 1, generation: 2, processing: 2 }], { rest: [0, 50, 60] })).toEqual({
        kind: 'sender',
        index: 2,
      });
    });
    it('the core that made the message for which a receiver sat waiting', () => {
      expect(bound([{ from: 4, to: 1, generation: 90, processing: 60 }])).toEqual({
        kind: 'sender',
        index: 4,
      });
    });
  });

  describe('receiver', () => {
    it('the core with the longest queue', () => {
      const sent = [0, 2, 4, 6].map((from) => ({ from, to: 9, generation: 10, processing: 40 }));
      expect(bound(sent)).toEqual({ kind: 'receiver', index: 9 });
    });
    it('the core that works for the host', () => {
      expect(bound([], { hostProcessing: [0, 0, 0, 70] })).toEqual({ kind: 'receiver', index: 3 });
    });
    it('the core whose full queue held up a sender that ended last', () => {
      const sent = Array.from({ length: 6 }, () => ({ from: 0, to: 1, generation: 1, processing: 50 }));
      sent.push({ from: 0, to: 2, generation: 1, processing: 1 });
      const costs = { ...COSTS, linkBuffer: 1 };
      expect(bound(sent, { rest: [120] }, costs)).toEqual({ kind: 'receiver', index: 1 });
    });
  });

  describe('link', () => {
    it('the one that the last message waited for', () => {
      // twelve messages from the two cores of tile 0,0 over its link east; one each goes on north
      const sent = Array.from({ length: 12 }, (_, i) => ({
        from: i % 2,
        to: i > 9 ? 8 : 2 + (i % 2),
        generation: 1,
        processing: 1,
      }));
      expect(bound(sent)).toEqual({ kind: 'link', index: 0 });
    });
  });

  it('counts them over a run, most steps first', () => {
    const model = new MeshModel(mesh, COSTS, { kernels });
    const run = (rest: number[]) => model.step(stepOf(mesh.cores, [], { rest }));
    for (const rest of [[7], [0, 9], [], [9, 8], [0, 0, 20], [2]]) run(rest);
    expect(model.bounds()).toEqual([
      { bound: { kind: 'sender', index: 0 }, steps: 2 },
      { bound: BARRIER, steps: 2 },
      { bound: { kind: 'sender', index: 1 }, steps: 1 },
      { bound: { kind: 'sender', index: 2 }, steps: 1 },
    ]);
  });
});
