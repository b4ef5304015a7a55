/** Where messages are at a moment of their way: x first, then y, each link on the right of its way, as the mesh draws them. */
import type { MeshLayout } from '../../views/mesh-layout.js';
import type { Flights, Plane } from './calls.js';

/** Many messages of one pair of cores that leave together are one dot. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly messages: number;
  /** From the host, which has no way on the mesh. */
  readonly isFromHost: boolean;
  /** How far along, 0..1. */
  readonly part: number;
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  messages: number;
}

/** Departures take this part of the time shown; the rest is for the way. */
const DEPARTURES = 0.45;
const MOMENTS = 24;
/** Lane of a link beside the middle of its tile, in parts of a tile (mesh-layout.ts). */
const ASIDE = 0.13;

interface Way {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly lengths: readonly number[];
  readonly hops: number;
}

/** Messages of a step, ready to be drawn many times. */
export class FlightPaths {
  readonly #groups: readonly Group[];
  readonly #plane: Plane;
  #layout: MeshLayout | null = null;
  #ways = new Map<string, Way>();

  constructor(flights: Flights, plane: Plane) {
    this.#plane = plane;
    const groups = new Map<string, Group>();
    for (let i = 0; i < flights.to.length; i++) {
      const moment = Math.floor(Math.min(0.999, flights.sent[i]!) * MOMENTS);
      const key = `${flights.from[i]} ${flights.to[i]} ${moment}`;
      const group = groups.get(key);
      if (group === undefined)
        groups.set(key, {
          from: flights.from[i]!,
          to: flights.to[i]!,
          start: (DEPARTURES * moment) / MOMENTS,
          messages: 1,
        });
      else group.messages++;
    }
    this.#groups = [...groups.values()];
  }

  /** @param part of the time shown, 0..1 */
  dots(layout: MeshLayout, part: number): Dot[] {
    if (layout !== this.#layout) {
      this.#layout = layout;
      this.#ways = new Map();
    }
    const longest = this.#plane.width + this.#plane.height - 2;
    const dots: Dot[] = [];
    for (const { from, to, start, messages } of this.#groups) {
      const way = this.#wayOf(layout, from, to);
      if (way === null) continue;
      const takes = 0.16 + (1 - DEPARTURES - 0.16) * (way.hops / Math.max(1, longest));
      const done = (part - start) / takes;
      if (done < 0 || done > 1) continue;
      dots.push({ ...pointOn(way, done), messages, isFromHost: from < 0, part: done });
    }
    return dots;
  }

  #wayOf(layout: MeshLayout, from: number, to: number): Way | null {
    const key = `${from} ${to}`;
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const way = from < 0 ? standing(layout, to) : wayBetween(layout, this.#plane, from, to);
    if (way !== null) this.#ways.set(key, way);
    return way;
  }
}

const middleOf = (layout: MeshLayout, core: number): { readonly x: number; readonly y: number } | null => {
  const placed = layout.cores.find(({ core: each }) => each.core === core);
  return placed === undefined ? null : { x: placed.left + layout.side / 2, y: placed.top + layout.side / 2 };
};

function standing(layout: MeshLayout, core: number): Way | null {
  const middle = middleOf(layout, core);
  return middle === null ? null : { xs: [middle.x], ys: [middle.y], lengths: [0], hops: 0 };
}

function wayBetween(layout: MeshLayout, plane: Plane, from: number, to: number): Way | null {
  const end = middleOf(layout, to);
  const tileOf = (place: number): { readonly x: number; readonly y: number } => ({
    x: plane.x[place]!,
    y: plane.y[place]!,
  });
  const cornerOf = (x: number, y: number) => layout.tiles.find((tile) => tile.x === x && tile.y === y);
  const [a, b] = [tileOf(from), tileOf(to)];
  const first = cornerOf(a.x, a.y);
  if (end === null || first === undefined) return null;
  const begin = middleOf(layout, from) ?? { x: first.left + layout.tile / 2, y: first.top + layout.tile / 2 };
  const [xs, ys] = [[begin.x], [begin.y]];
  const half = layout.tile / 2;
  const aside = ASIDE * layout.tile;
  let { x, y } = a;
  const pass = (dx: number, dy: number): boolean => {
    const [here, next] = [cornerOf(x, y), cornerOf(x + dx, y + dy)];
    if (here === undefined || next === undefined) return false;
    // north is up, so y on the screen falls
    const [sideX, sideY] = [dy * aside, dx * aside];
    xs.push(here.left + half + dx * half + sideX, next.left + half - dx * half + sideX);
    ys.push(here.top + half - dy * half + sideY, next.top + half + dy * half + sideY);
    x += dx;
    y += dy;
    return true;
  };
  while (x !== b.x) if (!pass(Math.sign(b.x - x), 0)) return null;
  while (y !== b.y) if (!pass(0, Math.sign(b.y - y))) return null;
  xs.push(end.x);
  ys.push(end.y);
  const lengths = [0];
  for (let i = 1; i < xs.length; i++)
    lengths.push(lengths[i - 1]! + Math.hypot(xs[i]! - xs[i - 1]!, ys[i]! - ys[i - 1]!));
  return { xs, ys, lengths, hops: Math.abs(b.x - a.x) + Math.abs(b.y - a.y) };
}

function pointOn({ xs, ys, lengths }: Way, part: number): { readonly x: number; readonly y: number } {
  const at = part * lengths.at(-1)!;
  let i = 1;
  while (i < lengths.length - 1 && lengths[i]! < at) i++;
  if (lengths.length === 1) return { x: xs[0]!, y: ys[0]! };
  const span = lengths[i]! - lengths[i - 1]!;
  const share = span === 0 ? 1 : (at - lengths[i - 1]!) / span;
  return { x: xs[i - 1]! + (xs[i]! - xs[i - 1]!) * share, y: ys[i - 1]! + (ys[i]! - ys[i - 1]!) * share };
}
