/**
 * Numbers of cores: slots of tile 0, then of the next tile along x, then y, then the next chip. Chips are
 * numbered in growing squares, (0,0) (1,0) (1,1) (0,1) (2,0) ..., so that a number means the same place
 * however many chips there are and the plane stays compact.
 */
import type { Limits } from '../../cores/index.js';
import type { CoreAddress } from '../api/population.js';
import type { CoreLocation } from './report.js';

type Mesh = Pick<Limits, 'tilesX' | 'tilesY' | 'coresPerTile'>;

/** Chip k of the growing squares. */
export function chipAt(k: number): { readonly x: number; readonly y: number } {
  const side = Math.floor(Math.sqrt(k));
  const along = k - side * side;
  return along <= side ? { x: side, y: along } : { x: 2 * side - along, y: side };
}

export function chipNumber(x: number, y: number): number {
  const side = Math.max(x, y);
  return side * side + (x === side ? y : 2 * side - x);
}

export const coresPerChip = ({ tilesX, tilesY, coresPerTile }: Mesh): number =>
  tilesX * tilesY * coresPerTile;

export function coreNumber(address: CoreAddress, mesh: Mesh): number {
  if (typeof address === 'number') return address;
  const { chip = { x: 0, y: 0 }, tile, slot } = address;
  const tileNumber = tile.y * mesh.tilesX + tile.x;
  return chipNumber(chip.x, chip.y) * coresPerChip(mesh) + tileNumber * mesh.coresPerTile + slot;
}

export function locationOf(core: number, mesh: Mesh): CoreLocation {
  const perChip = coresPerChip(mesh);
  const { x, y } = chipAt(Math.floor(core / perChip));
  const onChip = core % perChip;
  const tile = Math.floor(onChip / mesh.coresPerTile);
  return {
    chipX: x,
    chipY: y,
    tileX: tile % mesh.tilesX,
    tileY: Math.floor(tile / mesh.tilesX),
    slot: onChip % mesh.coresPerTile,
  };
}

/** As messages name it. */
export function addressText(address: CoreAddress): string {
  if (typeof address === 'number') return `core ${address}`;
  const { chip = { x: 0, y: 0 }, tile, slot } = address;
  return `core (chip ${chip.x},${chip.y} tile ${tile.x},${tile.y} slot ${slot})`;
}
