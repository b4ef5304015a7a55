/** What goes in comes out, over the links of its route, and every ps of its way is accounted for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkExists } from '../../src/timing/links.js';
import { MeshModel } from '../../src/timing/mesh.js';
import { hopTime, KERNELS, type MeshCase, meshCase, routeOf } from './mesh-case.js';

describe.each(KERNELS)('%s kernels', (kernels) => {
  const modelOf = ({ geometry, costs, occupation }: MeshCase) =>
    new MeshModel(geometry, costs, { kernels, ...(occupation === null ? {} : { occupation }) });

  it('links carry what the routes say, and buffers hold no more than they can', () => {
    fc.assert(
      fc.property(meshCase(100), (random) => {
        const { geometry, costs, steps } = random;
        const model = modelOf(random);
        const carried = new Map<number, number>();
        for (const step of steps) {
          model.step(step);
          for (let core = 0; core < geometry.cores; core++) {
            for (let m = step.first[core]!; m < step.first[core + 1]!; m++) {
              for (const link of routeOf(geometry, core, step.to[m]!)) {
                carried.set(link, (carried.get(link) ?? 0) + 1);
              }
            }
          }
        }
        const links = model.links();
        expect(new Map(links.map(({ link, messages }) => [link, messages]))).toEqual(
          new Map([...carried].sort(([a], [b]) => a - b)),
        );
        expect(links.every(({ link }) => linkExists(geometry, link))).toBe(true);
        const fullest = [
          ...links.map((each) => each.fullest),
          ...model.cores().flatMap((each) => [each.fullestInjection, each.longestQueue]),
        ];
        expect(Math.max(...fullest)).toBeLessThanOrEqual(costs.linkBuffer);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('the way of all messages is their hops, the waits for links and the waits for receivers', () => {
    fc.assert(
      fc.property(meshCase(100), (random) => {
        const { geometry, costs, steps } = random;
        const model = modelOf(random);
        let hops = 0;
        let onTheWay = 0;
        let blocked = 0;
        for (const step of steps) {
          model.step(step);
          const { sent, arrived, received } = model.times;
          for (let core = 0; core < geometry.cores; core++) {
            let before = 0;
            for (let m = step.first[core]!; m < step.first[core + 1]!; m++) {
              const way = hopTime(geometry, costs, core, step.to[m]!);
              expect(arrived[m]! - sent[m]!).toBeGreaterThanOrEqual(way);
              hops += way;
              onTheWay += received[m]! - sent[m]!;
              blocked += sent[m]! - before - step.generation[m]!;
              before = sent[m]!;
            }
          }
        }
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        const cores = model.cores();
        const waits =
          sum(model.links().map(({ waited }) => waited)) +
          sum(cores.map(({ queued, heldBack }) => queued + heldBack));
        expect(hops + waits).toBe(onTheWay);
        expect(sum(cores.map((core) => core.blocked))).toBe(blocked);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it('a model that has been used gives what a new one gives', () => {
    fc.assert(
      fc.property(meshCase(60), (random) => {
        const used = modelOf(random);
        for (const step of random.steps) expect(used.step(step)).toEqual(modelOf(random).step(step));
      }),
      { numRuns: 100, seed: 9 },
    );
  });
});
