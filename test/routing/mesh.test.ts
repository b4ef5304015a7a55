/** Routes counted by hand, and laws of all routes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import { globalX, globalY, type Position, routeOf } from '../../routing/mesh.js';

const shape = LOIHI1.limits;
const at = (chipX: number, chipY: number, tileX: number, tileY: number, slot: number): Position => ({
  chipX,
  chipY,
  tileX,
  tileY,
  slot,
});

describe('by hand, on chips of 8 x 4 tiles', () => {
  it.each([
    ['itself', at(0, 0, 3, 2, 1), at(0, 0, 3, 2, 1), 'core', 0, 0, 0],
    ['its tile', at(0, 0, 3, 2, 1), at(0, 0, 3, 2, 0), 'tile', 0, 0, 0],
    ['the next tile east', at(0, 0, 3, 2, 1), at(0, 0, 4, 2, 1), 'mesh', 1, 0, 0],
    ['the next tile north', at(0, 0, 3, 2, 1), at(0, 0, 3, 1, 1), 'mesh', 0, 1, 0],
    ['the far corner', at(0, 0, 0, 0, 0), at(0, 0, 7, 3, 3), 'mesh', 7, 3, 0],
    ['back', at(0, 0, 7, 3, 3), at(0, 0, 0, 0, 0), 'mesh', 7, 3, 0],
    ['over the east edge', at(0, 0, 7, 1, 0), at(1, 0, 0, 1, 0), 'chip', 1, 0, 1],
    ['the same place one chip south', at(0, 0, 2, 2, 0), at(0, 1, 2, 2, 0), 'chip', 0, 4, 1],
    ['two chips east, one south', at(0, 0, 6, 3, 0), at(2, 1, 1, 0, 2), 'chip', 11, 1, 3],
  ] as const)('%s', (_, from, to, kind, hopsEW, hopsNS, chipCrossings) => {
    expect(routeOf(from, to, shape)).toEqual({ kind, hopsEW, hopsNS, chipCrossings });
  });
});

const place = fc
  .tuple(fc.nat(127), fc.nat(127), fc.nat(7), fc.nat(3), fc.nat(3))
  .map(([cx, cy, tx, ty, slot]) => at(cx, cy, tx, ty, slot));

it('routes are as long as the distance of tiles, both ways, and never shorter by a detour', () => {
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      const hops = (from: Position, to: Position): number => {
        const { hopsEW, hopsNS } = routeOf(from, to, shape);
        return hopsEW + hopsNS;
      };
      const distance =
        Math.abs(globalX(a, shape) - globalX(b, shape)) + Math.abs(globalY(a, shape) - globalY(b, shape));
      expect(hops(a, b)).toBe(distance);
      expect(hops(b, a)).toBe(distance);
      expect(hops(a, c)).toBeLessThanOrEqual(hops(a, b) + hops(b, c));
      const { kind, chipCrossings } = routeOf(a, b, shape);
      expect(kind === 'chip').toBe(chipCrossings > 0);
      expect(kind === 'core' || kind === 'tile').toBe(hops(a, b) === 0);
    }),
  );
});
