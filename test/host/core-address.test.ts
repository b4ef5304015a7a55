/** Core numbers and places are the same thing twice. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import { chipAt, chipNumber, coreNumber, locationOf } from '../../src/compiler/core-address.js';

it('chips are numbered in growing squares', () => {
  const first = Array.from({ length: 9 }, (_, k) => chipAt(k)).map(({ x, y }) => `${x},${y}`);
  expect(first).toEqual(['0,0', '1,0', '1,1', '0,1', '2,0', '2,1', '2,2', '1,2', '0,2']);
});

it('numbers and places go both ways', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), (core) => {
      const { chipX, chipY, tileX, tileY, slot } = locationOf(core, LOIHI1.limits);
      const address = { chip: { x: chipX, y: chipY }, tile: { x: tileX, y: tileY }, slot };
      expect(coreNumber(address, LOIHI1.limits)).toBe(core);
      expect(chipNumber(chipX, chipY)).toBe(Math.floor(core / 128));
    }),
  );
});
