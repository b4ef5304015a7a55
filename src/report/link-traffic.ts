/**
 * Messages over each link of the mesh, from the spikes of a run and the image's routes: first along x, then along
 * y (routing/mesh.ts). Exact where all spikes are known; messages of the host enter at no tile and pass no link.
 */
import { type ChipImage, messageTable } from '../../routing/index.js';
import { placesOf, sendersOf } from '../energy/routes.js';
import { DIRECTIONS, EAST, linkCount, linkName, NORTH, SOUTH, WEST } from '../timing/links.js';
import type { Direction } from '../views/mesh-layout.js';
import type { ReportLink } from './report-data.js';

/** Links that carried a message. `ids` are the network ids of all spikes of the run. */
export function linkTraffic(image: ChipImage, ids: Uint32Array): readonly ReportLink[] {
  const { tilesX, tilesY } = image.profile.limits;
  const plane = { width: tilesX * image.chipsX, height: tilesY * image.chipsY };
  const table = messageTable(image);
  const senders = sendersOf(image, table);
  const places = placesOf(image).map(({ chipX, chipY, tileX, tileY }) => ({
    x: chipX * tilesX + tileX,
    y: chipY * tilesY + tileY,
  }));
  const spikes = spikesById(ids);
  const messages = new Float64Array(linkCount(plane));
  for (let key = 0; key < table.keys; key++) {
    const sender = senders[key]!;
    const times = spikes[table.idOfKey[key]!] ?? 0;
    if (times === 0 || sender < 0) continue;
    for (let m = table.start[key]!; m < table.start[key + 1]!; m++)
      walk(places[sender]!, places[table.to[m]!]!, plane.width, (link) => {
        messages[link]! += times;
      });
  }
  const links: ReportLink[] = [];
  messages.forEach((value, link) => {
    if (value === 0) return;
    const tile = link >>> 2;
    links.push({
      x: tile % plane.width,
      y: Math.floor(tile / plane.width),
      direction: DIRECTIONS[link & 3]!,
      value,
      label: linkName(plane, link),
    });
  });
  return links;
}

interface Tile {
  readonly x: number;
  readonly y: number;
}

function walk(from: Tile, to: Tile, width: number, pass: (link: number) => void): void {
  let { x, y } = from;
  while (x !== to.x) {
    pass(4 * (y * width + x) + (to.x > x ? EAST : WEST));
    x += to.x > x ? 1 : -1;
  }
  while (y !== to.y) {
    pass(4 * (y * width + x) + (to.y > y ? NORTH : SOUTH));
    y += to.y > y ? 1 : -1;
  }
}

function spikesById(ids: Uint32Array): Float64Array {
  let most = -1;
  for (const id of ids) most = Math.max(most, id);
  const spikes = new Float64Array(most + 1);
  for (const id of ids) spikes[id]!++;
  return spikes;
}

/** `tile 3,1 east` of a time report, back to a place. */
export function parsedLink(label: string): Pick<ReportLink, 'x' | 'y' | 'direction'> | null {
  const match = /^tile (\d+),(\d+) (east|west|north|south)$/.exec(label);
  if (match === null) return null;
  return { x: Number(match[1]), y: Number(match[2]), direction: match[3] as Direction };
}
