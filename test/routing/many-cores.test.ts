/** More cores, and more clusters, than 16 bits can number. */
import { expect, it } from 'vitest';
import { clusterLayout, LOIHI1 } from '../../cores/index.js';
import { rangeOfCores } from '../../routing/expansion.js';
import { ListBuilder } from '../cores/list-builder.js';

it('a cluster keeps an active set while 16 bits number its cores', () => {
  const core = new ListBuilder().core(LOIHI1, 1);
  const rows = { start: new Uint32Array(1), entries: new Uint32Array(0), axonBits: 1 };
  const layoutOf = (count: number) =>
    clusterLayout({
      cores: new Array(count).fill(core),
      placements: Array.from({ length: count }, (_, coreId) => ({ profile: LOIHI1, coreId, seed: 1 })),
      rows,
      payloads: false,
      inboxCapacity: 1,
    });
  expect(layoutOf(2 ** 16).firstPlaces).toHaveLength(2 ** 16);
  expect(layoutOf(2 ** 16 + 1).firstPlaces).toBeNull();
});

it('every core finds its cluster', () => {
  const cores = 2 ** 16 + 2;
  const ranges = Array.from({ length: cores }, (_, c) => ({ first: c, end: c + 1 }));
  expect([...rangeOfCores(ranges, cores).subarray(cores - 2)]).toEqual([2 ** 16, 2 ** 16 + 1]);
});
