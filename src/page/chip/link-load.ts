/** Messages over every link of the mesh, from spikes alone: routes are fixed, x first, then y (timing/mesh-routers.ts). */
import type { ChipImage, MessageTable } from '../../../routing/index.js';
import { sendersOf } from '../../energy/routes.js';
import { meshGeometry } from '../../timing/geometry.js';
import { EAST, linkCount, NORTH, SOUTH, WEST } from '../../timing/links.js';
import type { MeshGeometry } from '../../timing/step-messages.js';

/** Calls `visit(link)` for every link on the way from one place to another. */
export function forEachLink(
  { x, y, width }: Pick<MeshGeometry, 'x' | 'y' | 'width'>,
  from: number,
  to: number,
  visit: (link: number) => void,
): void {
  let [atX, atY] = [x[from]!, y[from]!];
  while (atX !== x[to]!) {
    const direction = atX < x[to]! ? EAST : WEST;
    visit(4 * (atY * width + atX) + direction);
    atX += direction === EAST ? 1 : -1;
  }
  while (atY !== y[to]!) {
    const direction = atY < y[to]! ? NORTH : SOUTH;
    visit(4 * (atY * width + atX) + direction);
    atY += direction === NORTH ? 1 : -1;
  }
}

export class LinkLoad {
  readonly geometry: MeshGeometry;
  /** Place that the messages of each key leave from; -1: the host. */
  readonly sender: Int32Array;
  readonly #table: MessageTable;

  constructor(image: ChipImage, table: MessageTable) {
    this.geometry = meshGeometry(image);
    this.sender = sendersOf(image, table);
    this.#table = table;
  }

  /** @param spikes by source key */
  of(spikes: ArrayLike<number>): Float64Array {
    const { geometry, sender } = this;
    const { start, to } = this.#table;
    const { cores } = geometry;
    const messages = new Map<number, number>();
    for (let key = 0; key < sender.length; key++) {
      const times = spikes[key]!;
      const from = sender[key]!;
      if (times === 0 || from < 0) continue;
      for (let m = start[key]!; m < start[key + 1]!; m++) {
        const pair = from * cores + to[m]!;
        messages.set(pair, (messages.get(pair) ?? 0) + times);
      }
    }
    const links = new Float64Array(linkCount(geometry));
    for (const [pair, times] of messages)
      forEachLink(geometry, Math.floor(pair / cores), pair % cores, (link) => {
        links[link]! += times;
      });
    return links;
  }
}
