/**
 * Directed links between the routers of a mesh, by number: `4 * tile + direction`. A tile's number is
 * `y * width + x`, x and y being global, so that chips of a plane continue each other. North is a larger y.
 */
import type { MeshCosts, MeshGeometry } from './step-messages.js';

export const EAST = 0;
export const WEST = 1;
export const NORTH = 2;
export const SOUTH = 3;

/** Names of the directions, by number. */
export const DIRECTIONS = ['east', 'west', 'north', 'south'] as const;

type Plane = Pick<MeshGeometry, 'width' | 'height'>;

/** Numbers of links, those over the edge of the plane included, which no message takes. */
export const linkCount = ({ width, height }: Plane): number => 4 * width * height;

/** Whether there is a tile at the other end. */
export function linkExists({ width, height }: Plane, link: number): boolean {
  const tile = link >>> 2;
  const x = tile % width;
  const y = Math.floor(tile / width);
  switch (link & 3) {
    case EAST:
      return x + 1 < width;
    case WEST:
      return x > 0;
    case NORTH:
      return y + 1 < height;
    default:
      return y > 0;
  }
}

/** What a link's number adds to that of its tile to give the tile it leads to, by direction. */
export const tileSteps = ({ width }: Plane): Int32Array => Int32Array.of(1, -1, width, -width);

/** ps from the start of a message over a link to its arrival in the buffer behind, by direction. */
export const linkLatencies = ({ hopEast, hopWest, hopNorth, hopSouth }: MeshCosts): Float64Array =>
  Float64Array.of(hopEast, hopWest, hopNorth, hopSouth);

/** `tile 3,1 east`: the link that leaves tile x 3, y 1 for x 4. */
export function linkName({ width }: Pick<MeshGeometry, 'width'>, link: number): string {
  const tile = link >>> 2;
  return `tile ${tile % width},${Math.floor(tile / width)} ${DIRECTIONS[link & 3]!}`;
}
