/** The mesh gives the times, waits and loads of a simulator that scans everything at every instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import { KERNELS, type MeshCase, meshCase } from './mesh-case.js';
import { type ReferenceRun, referenceStep } from './mesh-reference.js';

describe.each(KERNELS)('%s kernels', (kernels) => {
  function expectSame({ geometry, costs, occupation, steps }: MeshCase): void {
    const model = new MeshModel(geometry, costs, { kernels, ...(occupation === null ? {} : { occupation }) });
    const runs: ReferenceRun[] = [];
    for (const step of steps) {
      const run = referenceStep(geometry, costs, occupation, step);
      runs.push(run);
      const { time } = model.step(step);
      const count = step.first[geometry.cores]!;
      const { sent, arrived, received } = model.times;
      expect(Array.from(sent.subarray(0, count))).toEqual(run.sent);
      expect(Array.from(arrived.subarray(0, count))).toEqual(run.arrived);
      expect(Array.from(received.subarray(0, count))).toEqual(run.received);
      expect(time).toBe(run.end + costs.barrier);
    }
    const latency = [costs.hopEast, costs.hopWest, costs.hopNorth, costs.hopSouth];
    const sum = (of: (run: ReferenceRun) => number) => runs.reduce((total, run) => total + of(run), 0);
    const most = (of: (run: ReferenceRun) => number) => Math.max(...runs.map(of));
    const links = Array.from({ length: 4 * geometry.width * geometry.height }, (_, link) => ({
      link,
      messages: sum((run) => run.links[link]!.carried),
      busy: sum((run) => run.links[link]!.carried) * (occupation ?? latency[link % 4]!),
      waited: sum((run) => run.links[link]!.waited),
      longestWait: most((run) => run.links[link]!.longest),
      fullest: most((run) => run.links[link]!.fullest),
    }));
    expect(model.links()).toEqual(links.filter(({ messages }) => messages > 0));
    const processing = (core: number) =>
      steps.reduce((total, step) => {
        const count = step.first[geometry.cores]!;
        const own = step.processing.subarray(0, count).filter((_, message) => step.to[message] === core);
        return own.reduce((a, b) => a + b, total + step.hostProcessing[core]!);
      }, 0);
    expect(model.cores()).toEqual(
      Array.from({ length: geometry.cores }, (_, core) => ({
        core,
        blocked: sum((run) => run.cores[core]!.blocked),
        fullestInjection: most((run) => run.cores[core]!.fullest),
        processing: processing(core),
        queued: sum((run) => run.cores[core]!.queued),
        heldBack: sum((run) => run.cores[core]!.heldBack),
        longestQueue: most((run) => run.cores[core]!.longestQueue),
      })),
    );
  }

  it('few messages, with shrinking', () => {
    fc.assert(fc.property(meshCase(8), expectSame), { numRuns: 400, seed: 1 });
  });

  it('many messages, crowded', () => {
    fc.assert(fc.property(meshCase(80), expectSame), { numRuns: 60, seed: 2 });
  });
});
