/** Where cores are in the plane, and which tiles are in use. */
import { expect, it } from 'vitest';
import { meshGeometry } from '../../src/timing/geometry.js';
import { tinyImage } from '../routing/tiny-image.js';

const image = tinyImage({
  cores: [3, 2, 4],
  sources: 2,
  positions: [
    [0, 0, 7, 3, 1],
    [1, 0, 0, 3, 0],
    [1, 0, 0, 3, 2],
  ],
}).image;

it('continues the mesh over chips', () => {
  expect(meshGeometry({ ...image, chipsX: 2, chipsY: 2 })).toEqual({
    cores: 3,
    x: Uint32Array.of(7, 8, 8),
    y: Uint32Array.of(3, 3, 3),
    slot: Uint32Array.of(1, 0, 2),
    width: 16,
    height: 8,
    coresPerTile: 4,
    tilesInUse: 2,
  });
});

it('has places of sources after the cores, and counts their tiles', () => {
  const place = { chipX: 0, chipY: 0, tileX: 2, tileY: 1, slot: 3 };
  const senders = {
    core: Uint32Array.of(0, 3),
    visit: new Uint32Array(2),
    places: [place, { ...place, tileX: 5 }],
  };
  const geometry = meshGeometry({ ...image, chipsX: 2, sources: { ...image.sources, senders } });
  expect(geometry.cores).toBe(5);
  expect([...geometry.x]).toEqual([7, 8, 8, 2, 5]);
  expect([...geometry.y]).toEqual([3, 3, 3, 1, 1]);
  // no source is at the second place
  expect(geometry.tilesInUse).toBe(3);
});
