/** Where tiles, cores and links of a mesh lie in a figure. Pure; mesh.ts draws it, and `meshHit` finds what was clicked. */

export type Direction = 'east' | 'west' | 'north' | 'south';

export interface MeshCore {
  /** Index in the image. */
  readonly core: number;
  /** Tile in the plane, chips continuing each other; y grows to the north. */
  readonly x: number;
  readonly y: number;
  readonly slot: number;
  readonly value: number;
  /** For tooltips and readers. */
  readonly label: string;
}

export interface MeshLink {
  /** Tile it leaves from. */
  readonly x: number;
  readonly y: number;
  readonly direction: Direction;
  /** 0..1 of the most loaded, or of all time. */
  readonly load: number;
  readonly label: string;
}

export interface MeshData {
  /** Tiles of a chip, and chips of the plane. */
  readonly tilesX: number;
  readonly tilesY: number;
  readonly chipsX: number;
  readonly chipsY: number;
  readonly coresPerTile: number;
  readonly cores: readonly MeshCore[];
  readonly links: readonly MeshLink[];
}

export interface PlacedTile {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly isUsed: boolean;
}

export interface PlacedCore {
  readonly core: MeshCore;
  readonly left: number;
  readonly top: number;
}

export interface PlacedLink {
  readonly link: MeshLink;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface MeshLayout {
  /** Side of a tile and of a core, CSS pixels. */
  readonly tile: number;
  readonly side: number;
  readonly tiles: readonly PlacedTile[];
  readonly cores: readonly PlacedCore[];
  readonly links: readonly PlacedLink[];
  /** Height that is used. */
  readonly height: number;
  readonly left: number;
  readonly width: number;
  /** Edges between chips: lines over the whole plane. */
  readonly edges: readonly {
    readonly x0: number;
    readonly y0: number;
    readonly x1: number;
    readonly y1: number;
  }[];
}

/** Gap between tiles, in parts of a tile: links run through it. */
const GAP = 0.42;
const MOST_TILE = 72;
/** The same where hardly any tile is in use: an empty chip needs no room. */
const MOST_OF_FEW = 44;
const FEW_TILES = 3;
/** Tiles around those in use that are shown of a large plane. */
const MARGIN = 1;
/** A plane of up to so many tiles is shown whole. */
const SHOWN_WHOLE = 64;

interface Window {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** The part of the plane that is shown. */
function windowOf({ tilesX, tilesY, chipsX, chipsY, cores }: MeshData): Window {
  const [across, down] = [tilesX * chipsX, tilesY * chipsY];
  if (across * down <= SHOWN_WHOLE || cores.length === 0)
    return { x0: 0, x1: Math.min(across, SHOWN_WHOLE) - 1, y0: 0, y1: Math.min(down, SHOWN_WHOLE) - 1 };
  const [xs, ys] = [cores.map(({ x }) => x), cores.map(({ y }) => y)];
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
  return {
    x0: Math.max(0, least(xs) - MARGIN),
    x1: Math.min(across - 1, most(xs) + MARGIN),
    y0: Math.max(0, least(ys) - MARGIN),
    y1: Math.min(down - 1, most(ys) + MARGIN),
  };
}

const mostTile = ({ cores }: MeshData): number =>
  new Set(cores.map(({ x, y }) => `${x} ${y}`)).size <= FEW_TILES ? MOST_OF_FEW : MOST_TILE;

/** Fits the mesh into a width; `top` is kept free above it. */
export function meshLayout(
  data: MeshData,
  {
    width,
    top = 0,
    most = mostTile(data),
  }: { readonly width: number; readonly top?: number; readonly most?: number },
): MeshLayout {
  const shown = windowOf(data);
  const columns = shown.x1 - shown.x0 + 1;
  const rows = shown.y1 - shown.y0 + 1;
  const tile = Math.min(most, width / (columns + (columns - 1) * GAP));
  const pitch = tile * (1 + GAP);
  const used = columns * pitch - tile * GAP;
  const left = 1;
  const leftOf = (x: number): number => left + (x - shown.x0) * pitch;
  const topOf = (y: number): number => top + (shown.y1 - y) * pitch;
  const isShown = (x: number, y: number): boolean =>
    x >= shown.x0 && x <= shown.x1 && y >= shown.y0 && y <= shown.y1;

  const inUse = new Set(data.cores.map(({ x, y }) => `${x} ${y}`));
  const tiles: PlacedTile[] = [];
  for (let y = shown.y1; y >= shown.y0; y--)
    for (let x = shown.x0; x <= shown.x1; x++)
      tiles.push({ x, y, left: leftOf(x), top: topOf(y), isUsed: inUse.has(`${x} ${y}`) });

  const along = Math.max(1, Math.ceil(Math.sqrt(data.coresPerTile)));
  const inset = tile * 0.07;
  const gap = tile * 0.05;
  const side = (tile - 2 * inset - (along - 1) * gap) / along;
  const cores = data.cores
    .filter(({ x, y }) => isShown(x, y))
    .map((core) => ({
      core,
      left: leftOf(core.x) + inset + (core.slot % along) * (side + gap),
      top: topOf(core.y) + inset + Math.floor(core.slot / along) * (side + gap),
    }));

  const links = data.links
    .filter(({ x, y }) => isShown(x, y))
    .map((link) => placedLink(link, { leftOf, topOf, tile }));
  return {
    tile,
    side,
    tiles,
    cores,
    links,
    left,
    width: used,
    height: top + rows * pitch - tile * GAP,
    edges: edgesOf(data, shown, { leftOf, topOf, tile }),
  };
}

interface Places {
  readonly leftOf: (x: number) => number;
  readonly topOf: (y: number) => number;
  readonly tile: number;
}

/** The two directions between a pair of tiles run side by side, each on the right of its way. */
function placedLink(link: MeshLink, { leftOf, topOf, tile }: Places): PlacedLink {
  const [left, top] = [leftOf(link.x), topOf(link.y)];
  const gap = tile * GAP;
  const aside = tile * 0.13;
  const [middleX, middleY] = [left + tile / 2, top + tile / 2];
  switch (link.direction) {
    case 'east':
      return { link, x0: left + tile, x1: left + tile + gap, y0: middleY + aside, y1: middleY + aside };
    case 'west':
      return { link, x0: left, x1: left - gap, y0: middleY - aside, y1: middleY - aside };
    case 'north':
      return { link, x0: middleX + aside, x1: middleX + aside, y0: top, y1: top - gap };
    default:
      return { link, x0: middleX - aside, x1: middleX - aside, y0: top + tile, y1: top + tile + gap };
  }
}

function edgesOf(data: MeshData, shown: Window, { leftOf, topOf, tile }: Places): MeshLayout['edges'] {
  const half = (tile * GAP) / 2;
  const [left, right] = [leftOf(shown.x0), leftOf(shown.x1) + tile];
  const [top, bottom] = [topOf(shown.y1), topOf(shown.y0) + tile];
  const edges: { x0: number; y0: number; x1: number; y1: number }[] = [];
  for (let x = data.tilesX; x < data.tilesX * data.chipsX; x += data.tilesX)
    if (x > shown.x0 && x <= shown.x1)
      edges.push({ x0: leftOf(x) - half, x1: leftOf(x) - half, y0: top, y1: bottom });
  for (let y = data.tilesY; y < data.tilesY * data.chipsY; y += data.tilesY)
    if (y > shown.y0 && y <= shown.y1)
      edges.push({ x0: left, x1: right, y0: topOf(y) + tile + half, y1: topOf(y) + tile + half });
  return edges;
}

export type MeshHit =
  | { readonly kind: 'core'; readonly core: MeshCore }
  | { readonly kind: 'link'; readonly link: MeshLink };

/** What lies under a point, or null. Links are as wide as a finger is fine. */
export function meshHit({ cores, links, side, tile }: MeshLayout, x: number, y: number): MeshHit | null {
  const core = cores.find(({ left, top }) => x >= left && x <= left + side && y >= top && y <= top + side);
  if (core !== undefined) return { kind: 'core', core: core.core };
  const near = Math.max(4, tile * 0.12);
  const link = links.find(
    ({ x0, y0, x1, y1 }) =>
      x >= Math.min(x0, x1) - near / 2 &&
      x <= Math.max(x0, x1) + near / 2 &&
      y >= Math.min(y0, y1) - near / 2 &&
      y <= Math.max(y0, y1) + near / 2,
  );
  return link === undefined ? null : { kind: 'link', link: link.link };
}

/**
 * The core an arrow key leads to: the nearest in its direction, counting cores of a tile as a square; the first where
 * none is chosen, null where there is none further on.
 */
export function nextCore(
  { cores, coresPerTile }: MeshData,
  from: MeshHit | null,
  key: `Arrow${'Left' | 'Right' | 'Up' | 'Down'}`,
): MeshCore | null {
  if (from?.kind !== 'core') return cores[0] ?? null;
  const along = Math.max(1, Math.ceil(Math.sqrt(coresPerTile)));
  // slots are numbered downwards, tiles upwards
  const place = ({ x, y, slot }: MeshCore) => ({
    x: x * along + (slot % along),
    y: y * along + along - 1 - Math.floor(slot / along),
  });
  const here = place(from.core);
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key] as [
    number,
    number,
  ];
  let best: MeshCore | null = null;
  let least = Infinity;
  for (const core of cores) {
    const there = place(core);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    // straight on before aside
    const distance = ahead + 3 * aside;
    if (ahead > 0 && distance < least) {
      least = distance;
      best = core;
    }
  }
  return best;
}
