/** Numbers and names of links, and cores numbered otherwise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkCount, linkExists, linkName } from '../../src/timing/links.js';
import { MeshModel } from '../../src/timing/mesh.js';
import { KERNELS, meshOf, stepOf } from './mesh-case.js';

it('a link is named after the tile it leaves and where it goes', () => {
  const plane = meshOf(4, 2, 1);
  expect([0, 5, 14, 31].map((link) => linkName(plane, link))).toEqual([
    'tile 0,0 east',
    'tile 1,0 west',
    'tile 3,0 north',
    'tile 3,1 south',
  ]);
});

it('a plane has two links for each pair of neighbours', () => {
  const plane = meshOf(4, 3, 1);
  const all = Array.from({ length: linkCount(plane) }, (_, link) => link);
  expect(all.filter((link) => linkExists(plane, link))).toHaveLength(2 * (3 * 3 + 4 * 2));
  expect(all.filter((link) => !linkExists(plane, link)).map((link) => linkName(plane, link))).toContain(
    'tile 3,2 north',
  );
});

describe.each(KERNELS)('%s kernels', (kernels) => {
  it('how cores are numbered does not matter where no two things happen at once', () => {
    const COSTS = { hopEast: 41, hopWest: 43, hopNorth: 65, hopSouth: 67, linkBuffer: 2, barrier: 9 };
    const mesh = meshOf(3, 3, 2);
    // Times far apart by powers of two: sums of different ones differ.
    const start = fc.shuffledSubarray(
      Array.from({ length: 18 }, (_, i) => i),
      { minLength: 2, maxLength: 18 },
    );
    fc.assert(
      fc.property(start, fc.nat({ max: 17 }), (senders, shift) => {
        const moved = {
          ...mesh,
          x: mesh.x.map((_, core) => mesh.x[(core + shift) % 18]!),
          y: mesh.y.map((_, core) => mesh.y[(core + shift) % 18]!),
          slot: mesh.slot.map((_, core) => mesh.slot[(core + shift) % 18]!),
        };
        const renumbered = (core: number) => (core + 18 - shift) % 18;
        const sent = senders.map((from, i) => ({
          from,
          to: senders[(i + 1) % senders.length]!,
          generation: 2 ** i,
          processing: 1000 * 2 ** i,
        }));
        const other = sent.map((each) => ({
          ...each,
          from: renumbered(each.from),
          to: renumbered(each.to),
        }));
        const a = new MeshModel(mesh, COSTS, { kernels });
        const b = new MeshModel(moved, COSTS, { kernels });
        expect(b.step(stepOf(18, other)).time).toBe(a.step(stepOf(18, sent)).time);
        expect(b.links()).toEqual(a.links());
      }),
      { numRuns: 100, seed: 12 },
    );
  });
});
