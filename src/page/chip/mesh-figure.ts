/** The mesh as plain data for its view: a chosen value on cores, load on links. */
import { siText } from '../../energy/si-prefix.js';
import { DIRECTIONS, linkExists, linkName } from '../../timing/links.js';
import type { MeshCore, MeshData, MeshLink } from '../../views/mesh-layout.js';
import { numberText } from '../../views/scale.js';
import type { MeshValues, Opened } from './calls.js';

export const MESH_QUANTITIES = ['spikes', 'synapticEvents', 'energy', 'memory', 'inAxons'] as const;

export type MeshQuantity = (typeof MESH_QUANTITIES)[number];

export const QUANTITY_TEXT: Readonly<Record<MeshQuantity, string>> = {
  spikes: 'spikes',
  synapticEvents: 'synaptic events',
  energy: 'energy (estimate)',
  memory: 'synaptic memory',
  inAxons: 'in-axons',
};

/** Quantities of the image, which do not change while it runs. */
export const isStatic = (quantity: MeshQuantity): boolean => quantity === 'memory' || quantity === 'inAxons';

export function valueText(quantity: MeshQuantity, value: number): string {
  if (quantity === 'energy') return siText(value, 'J');
  if (quantity === 'memory') return `${numberText(value / 8192, 1)} KiB`;
  return numberText(value);
}

/** By core; empty where the cost profile has no energy of one. */
export function coreValues(
  { report }: Opened,
  values: MeshValues,
  quantity: MeshQuantity,
): ArrayLike<number> {
  const used = (limit: 'synapseBits' | 'inAxons'): number[] =>
    report.cores.map(({ usage }) => usage.find((u) => u.limit === limit)?.used ?? 0);
  switch (quantity) {
    case 'spikes':
      return values.spikes;
    case 'synapticEvents':
      return values.synapticEvents;
    case 'energy':
      return values.energy ?? [];
    case 'memory':
      return used('synapseBits');
    default:
      return used('inAxons');
  }
}

export function meshData(opened: Opened, values: MeshValues, quantity: MeshQuantity): MeshData {
  const { plane, report } = opened;
  const amounts = coreValues(opened, values, quantity);
  const places = report.cores.length;
  const cores = Array.from({ length: places }, (_, core): MeshCore => {
    const value = amounts[core] ?? 0;
    const where = `core ${core}, tile ${plane.x[core]},${plane.y[core]}`;
    return {
      core,
      x: plane.x[core]!,
      y: plane.y[core]!,
      slot: plane.slot[core]!,
      value,
      label:
        `${where}: ${valueText(quantity, value)} ${quantity === 'energy' ? '' : QUANTITY_TEXT[quantity]}`.trim(),
    };
  });
  return {
    tilesX: plane.tilesX,
    tilesY: plane.tilesY,
    chipsX: Math.round(plane.width / plane.tilesX),
    chipsY: Math.round(plane.height / plane.tilesY),
    coresPerTile: plane.coresPerTile,
    cores,
    links: linksOf(opened, values),
  };
}

function linksOf({ plane }: Opened, { links }: MeshValues): MeshLink[] {
  const most = links.reduce((high, load) => Math.max(high, load), 0);
  const found: MeshLink[] = [];
  for (let link = 0; link < links.length; link++) {
    const messages = links[link]!;
    if (messages === 0 || !linkExists(plane, link)) continue;
    const tile = link >>> 2;
    found.push({
      x: tile % plane.width,
      y: Math.floor(tile / plane.width),
      direction: DIRECTIONS[link & 3]!,
      load: messages / most,
      label: `link ${linkName(plane, link)}: ${numberText(messages)} messages`,
    });
  }
  return found;
}
