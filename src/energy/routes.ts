/** Hops of every message by direction, from where its cores are: priced from real routes, never from averages. */
import type { ChipImage, MessageTable, Position } from '../../routing/index.js';
import type { EventName } from './events.js';

/** Network events of one message between two places: names and how often. */
export interface RouteEvents {
  readonly east: number;
  readonly west: number;
  readonly north: number;
  readonly south: number;
  readonly crossings: number;
}

/** Places that send: all cores of an image, then those that have input neurons only. */
export const placesOf = (image: ChipImage): readonly Position[] => [
  ...image.cores,
  ...(image.sources.senders?.places ?? []),
];

/** Index in `placesOf` of the place that a key's messages leave from, -1 for the host. */
export function sendersOf(image: ChipImage, { firstOfCore, keys }: MessageTable): Int32Array {
  const sender = new Int32Array(keys).fill(-1);
  for (let core = 0; core < image.cores.length; core++)
    sender.fill(core, firstOfCore[core]!, firstOfCore[core + 1]!);
  const firstSource = firstOfCore[image.cores.length]!;
  image.sources.senders?.core.forEach((place, source) => {
    sender[firstSource + source] = place;
  });
  return sender;
}

/** The XY route between two places; chips continue each other's mesh. East is +x, north is +y. */
export function routeEvents(from: Position, to: Position, { tilesX, tilesY }: Mesh): RouteEvents {
  const dx = (to.chipX - from.chipX) * tilesX + to.tileX - from.tileX;
  const dy = (to.chipY - from.chipY) * tilesY + to.tileY - from.tileY;
  return {
    east: Math.max(0, dx),
    west: Math.max(0, -dx),
    north: Math.max(0, dy),
    south: Math.max(0, -dy),
    crossings: Math.abs(to.chipX - from.chipX) + Math.abs(to.chipY - from.chipY),
  };
}

interface Mesh {
  readonly tilesX: number;
  readonly tilesY: number;
}

/** Adds `messages` messages over one route. */
export function addRoute(counts: Record<EventName, number>, route: RouteEvents, messages: number): void {
  const { east, west, north, south, crossings } = route;
  counts.hopEast += east * messages;
  counts.hopWest += west * messages;
  counts.hopNorth += north * messages;
  counts.hopSouth += south * messages;
  counts.chipCrossing += crossings * messages;
  if (east + west + north + south === 0) counts.withinTile += messages;
}
