/** Tiles and cores of a chip as a heat map of a chosen value, with the load of the links between them. */
import { inkOn, viridis } from './colour-map.js';
import { type MeshData, type MeshHit, type MeshLayout, meshLayout, type PlacedLink } from './mesh-layout.js';
import { fitText, type Surface, textWidth } from './surface.js';
import type { Theme } from './theme.js';

export interface MeshOptions {
  readonly theme: Theme;
  /** What the colour means: `spikes`, `energy`. */
  readonly quantity: string;
  /** A value with its unit, for the key. */
  readonly valueText: (value: number) => string;
  /** What the width of links means, where there are any. */
  readonly linkQuantity?: string;
  readonly loadText?: (load: number) => string;
  /** The value of the end of the key; default: the largest. */
  readonly most?: number;
  readonly selected?: MeshHit | null;
  /** Side of a tile at most, CSS pixels. */
  readonly mostTile?: number;
}

const KEY_HEIGHT = 34;
const KEY_WIDTH = 130;
const STEPS = 26;

/** The layout `drawMesh` uses in a width: for its height, and for `meshHit`. */
export const layoutForMesh = (width: number, data: MeshData, mostTile?: number): MeshLayout =>
  meshLayout(data, {
    width: width - 2,
    top: KEY_HEIGHT,
    ...(mostTile === undefined ? {} : { most: mostTile }),
  });

/** Height the figure needs at a width. */
export const meshHeight = (width: number, data: MeshData, mostTile?: number): number =>
  Math.ceil(layoutForMesh(width, data, mostTile).height + 4);

export function drawMesh(surface: Surface, data: MeshData, options: MeshOptions): void {
  const { theme, selected = null, mostTile } = options;
  const layout = layoutForMesh(surface.width, data, mostTile);
  const most = options.most ?? data.cores.reduce((high, { value }) => Math.max(high, value), 0);
  const { tile, side } = layout;
  for (const { left, top, isUsed } of layout.tiles)
    surface.rect(
      { left, top, width: tile, height: tile },
      { radius: tile * 0.06, stroke: { colour: isUsed ? theme.line : theme.faint, width: isUsed ? 1 : 0.8 } },
    );
  for (const { x0, y0, x1, y1 } of layout.edges)
    surface.rule(x0, y0, x1, y1, { colour: theme.line, dash: [3, 3] });
  for (const link of layout.links) drawLink(surface, link, { theme, tile, selected });
  for (const { core, left, top } of layout.cores) {
    const colour = viridis(most === 0 ? 0 : core.value / most);
    const isSelected = selected?.kind === 'core' && selected.core.core === core.core;
    surface.rect(
      { left, top, width: side, height: side },
      {
        radius: side * 0.1,
        fill: { colour },
        ...(isSelected ? { stroke: { colour: theme.ink, width: 2 } } : {}),
      },
    );
    if (side >= 15)
      surface.text(left + side / 2, top + side / 2, String(core.core), {
        colour: inkOn(colour),
        size: Math.min(11, side * 0.42),
        anchor: 'middle',
        centred: true,
      });
  }
  drawKey(surface, { most, options, hasLinks: data.links.length > 0, layout });
}

/** An arrow along its way, wider and stronger with load; a thread where none came by. */
function drawLink(
  surface: Surface,
  { link, x0, y0, x1, y1 }: PlacedLink,
  {
    theme,
    tile,
    selected,
  }: { readonly theme: Theme; readonly tile: number; readonly selected: MeshHit | null },
): void {
  if (link.load <= 0) return;
  const isSelected = selected?.kind === 'link' && selected.link.label === link.label;
  const load = Math.min(1, link.load);
  const width = Math.max(1, tile * (0.03 + 0.13 * Math.sqrt(load)));
  const stroke = { colour: isSelected ? theme.ink : theme.accent, width, opacity: 0.35 + 0.65 * load };
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = Math.min(length * 0.5, width * 1.6 + 1.5);
  const [neckX, neckY] = [x1 - ux * head, y1 - uy * head];
  surface.line([x0 + ux, neckX], [y0 + uy, neckY], stroke);
  const half = width / 2 + 1.5;
  // a triangle, as the area between its two long sides
  if (ux !== 0)
    surface.area([neckX, x1 - ux], [neckY - half, neckY], neckY, {
      colour: stroke.colour,
      opacity: stroke.opacity,
    });
  if (ux !== 0)
    surface.area([neckX, x1 - ux], [neckY + half, neckY], neckY, {
      colour: stroke.colour,
      opacity: stroke.opacity,
    });
  if (uy !== 0)
    surface.area([neckX - half, x1, neckX + half], [neckY, y1 - uy, neckY], neckY, {
      colour: stroke.colour,
      opacity: stroke.opacity,
    });
}

function drawKey(
  surface: Surface,
  {
    most,
    options,
    hasLinks,
    layout,
  }: {
    readonly most: number;
    readonly options: MeshOptions;
    readonly hasLinks: boolean;
    readonly layout: MeshLayout;
  },
): void {
  const { theme, quantity, valueText, linkQuantity, loadText } = options;
  const left = Math.max(0, Math.min(layout.left, surface.width - KEY_WIDTH));
  const name = `${quantity} per core`;
  surface.text(left, 10, name, { colour: theme.ink, bold: true });
  let at = left + textWidth('0') + 6;
  surface.text(left, 22, '0', { colour: theme.muted, centred: true, size: 10 });
  const width = Math.min(KEY_WIDTH, surface.width / 4);
  for (let i = 0; i < STEPS; i++)
    surface.rect(
      { left: at + (i * width) / STEPS, top: 18, width: width / STEPS + 0.4, height: 8 },
      { fill: { colour: viridis(i / (STEPS - 1)) } },
    );
  at += width + 6;
  const end = valueText(most);
  surface.text(at, 22, end, { colour: theme.muted, centred: true, size: 10 });
  at = Math.max(at + textWidth(end, 10), left + textWidth(name)) + 26;
  if (!hasLinks || linkQuantity === undefined || surface.width - at < 90) return;
  surface.text(at, 10, fitText(linkQuantity, surface.width - at), { colour: theme.ink, bold: true });
  surface.rule(at, 22, at + 26, 22, { colour: theme.accent, width: 5 });
  surface.text(at + 32, 22, loadText?.(1) ?? 'most', { colour: theme.muted, centred: true, size: 10 });
}
