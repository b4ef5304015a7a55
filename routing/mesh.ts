/**
 * The mesh: chips in a plane, tiles in a chip, cores in a tile (Davies 2018: 8 x 4 tiles of 4 cores).
 * Messages take the XY route: east-west to the target's column, then north-south. Chips continue each
 * other's mesh, so the route of a message to another chip is the route between global tile coordinates,
 * and the hop over a chip's edge is also a crossing.
 *
 * Not modelled: contention, and the time a hop takes.
 */
import type { CoreImage, Limits } from '../cores/index.js';

/** Where a message ends, seen from its sender. Also the order of `KINDS`. */
export type DestinationKind = 'core' | 'tile' | 'mesh' | 'chip';

export const KINDS: readonly DestinationKind[] = ['core', 'tile', 'mesh', 'chip'];

/** Chip in the plane, tile on the chip, core in the tile. */
export type Position = Pick<CoreImage, 'chipX' | 'chipY' | 'tileX' | 'tileY' | 'slot'>;

export type MeshShape = Pick<Limits, 'tilesX' | 'tilesY'>;

export interface Route {
  readonly kind: DestinationKind;
  /** Links passed east or west, north or south, those over chip edges included. */
  readonly hopsEW: number;
  readonly hopsNS: number;
  /** Chip edges passed. */
  readonly chipCrossings: number;
}

/** Column of a core's tile in the plane of chips. */
export const globalX = (at: Position, shape: MeshShape): number => at.chipX * shape.tilesX + at.tileX;
/** Row of a core's tile in the plane of chips. */
export const globalY = (at: Position, shape: MeshShape): number => at.chipY * shape.tilesY + at.tileY;

/** The route of one message between two cores. */
export function routeOf(from: Position, to: Position, shape: MeshShape): Route {
  const hopsEW = Math.abs(globalX(to, shape) - globalX(from, shape));
  const hopsNS = Math.abs(globalY(to, shape) - globalY(from, shape));
  const chipCrossings = Math.abs(to.chipX - from.chipX) + Math.abs(to.chipY - from.chipY);
  let kind: DestinationKind = 'mesh';
  if (chipCrossings > 0) kind = 'chip';
  else if (hopsEW + hopsNS === 0) kind = to.slot === from.slot ? 'core' : 'tile';
  return { kind, hopsEW, hopsNS, chipCrossings };
}
