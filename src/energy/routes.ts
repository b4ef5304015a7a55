/** Hops of every message by direction, from where its cores are: priced from real routes, never from averages. */
import type { ChipImage, MessageTable, Position } from '../../routing/index.js';
import type { EventName } from './events.js';

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

/** XY routes between places; chips continue each other's mesh. East is +x, north is +y. */
export class Routes {
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  readonly #chipX: Int32Array;
  readonly #chipY: Int32Array;

  constructor(image: ChipImage) {
    const { tilesX, tilesY } = image.profile.limits;
    const places = placesOf(image);
    const column = (value: (place: Position) => number): Int32Array => Int32Array.from(places, value);
    this.#x = column(({ chipX, tileX }) => chipX * tilesX + tileX);
    this.#y = column(({ chipY, tileY }) => chipY * tilesY + tileY);
    this.#chipX = column(({ chipX }) => chipX);
    this.#chipY = column(({ chipY }) => chipY);
  }

  /** Adds what `messages` messages from one place to another pass. */
  add(counts: Record<EventName, number>, from: number, to: number, messages: number): void {
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    if (dx > 0) counts.hopEast += dx * messages;
    else counts.hopWest -= dx * messages;
    if (dy > 0) counts.hopNorth += dy * messages;
    else counts.hopSouth -= dy * messages;
    if (dx === 0 && dy === 0) counts.withinTile += messages;
    const crossings =
      Math.abs(this.#chipX[to]! - this.#chipX[from]!) + Math.abs(this.#chipY[to]! - this.#chipY[from]!);
    counts.chipCrossing += crossings * messages;
  }
}
