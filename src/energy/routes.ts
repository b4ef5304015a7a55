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

  /** Of each place the first on the same tile: what goes to either passes the same. */
  tileMates(): Uint32Array {
    const first = new Map<string, number>();
    return Uint32Array.from(this.#x, (x, place) => {
      const tile = `${x} ${this.#y[place]}`;
      const mate = first.get(tile) ?? place;
      first.set(tile, mate);
      return mate;
    });
  }

  /** Adds what messages from one place to another pass to six sums: east, west, north, south, crossings, within a tile. */
  add(sums: Float64Array, from: number, to: number, messages: number): void {
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    if (dx > 0) sums[0]! += messages * dx;
    else sums[1]! -= messages * dx;
    if (dy > 0) sums[2]! += messages * dy;
    else sums[3]! -= messages * dy;
    const chipsX = Math.abs(this.#chipX[to]! - this.#chipX[from]!);
    const chipsY = Math.abs(this.#chipY[to]! - this.#chipY[from]!);
    sums[4]! += messages * (chipsX + chipsY);
    if (dx === 0 && dy === 0) sums[5]! += messages;
  }
}

/** Events of the sums of `Routes.add`, in order. */
export const ROUTE_EVENTS = [
  'hopEast',
  'hopWest',
  'hopNorth',
  'hopSouth',
  'chipCrossing',
  'withinTile',
] as const satisfies readonly EventName[];
