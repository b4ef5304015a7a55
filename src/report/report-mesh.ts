/** Cores of a run on their mesh, with what was counted and charged for each. */
import type { ChipImage, Spikes } from '../../routing/index.js';
import type { TimeReport } from '../account/time-report.js';
import { limitOf } from '../compiler/core-limits.js';
import type { EnergyReport } from '../energy/energy-report.js';
import { linkTraffic, parsedLink } from './link-traffic.js';
import type { CoreMetric, ReportMesh } from './report-data.js';

export interface MeshSources {
  readonly image: ChipImage;
  /** By core, of counters.json. */
  readonly counters: readonly Readonly<Record<string, number | string>>[];
  readonly energy: EnergyReport | null;
  readonly time: TimeReport | null;
  readonly spikes: Spikes;
  /** Whether `spikes` has all that happened since step 1. */
  readonly hasAllSpikes: boolean;
}

export function reportMesh(sources: MeshSources): ReportMesh {
  const { image } = sources;
  const { tilesX, tilesY, coresPerTile } = image.profile.limits;
  return {
    tilesX,
    tilesY,
    chipsX: image.chipsX,
    chipsY: image.chipsY,
    coresPerTile,
    cores: image.cores.map(({ chipX, chipY, tileX, tileY, slot }, core) => ({
      core,
      x: chipX * tilesX + tileX,
      y: chipY * tilesY + tileY,
      slot,
      label: `core ${core}: ${image.chipsX * image.chipsY > 1 ? `chip ${chipX},${chipY}, ` : ''}tile ${tileX},${tileY}, slot ${slot}`,
    })),
    metrics: metricsOf(sources),
    links: linksOf(sources),
  };
}

function metricsOf({ image, counters, energy }: MeshSources): CoreMetric[] {
  const counted = (...names: readonly string[]): number[] =>
    image.cores.map((_, core) => names.reduce((sum, name) => sum + Number(counters[core]?.[name] ?? 0), 0));
  const metrics: CoreMetric[] = [
    { key: 'spikes', title: 'spikes', unit: '', values: counted('spikes') },
    {
      key: 'synapses',
      title: 'synaptic events',
      unit: '',
      values: counted('synapticEventsSparse', 'synapticEventsDense', 'synapticEventsConv'),
    },
    { key: 'updates', title: 'active updates', unit: '', values: counted('updatesActive') },
    { key: 'messages', title: 'messages received', unit: '', values: counted('axonEventsIn') },
  ];
  const joules = energy?.sections.find(({ by }) => by === 'core')?.entries.map((entry) => entry.joules);
  // places that only send follow the cores of the image
  if (joules?.slice(0, image.cores.length).every((value) => value !== null))
    metrics.push({
      key: 'energy',
      title: 'energy',
      unit: 'J',
      values: image.cores.map((_, core) => joules[core] ?? 0),
    });
  const memory = limitOf(image.profile.limits, 'synapseBits');
  metrics.push(
    {
      key: 'memory',
      title: memory === null ? 'synaptic memory' : 'synaptic memory, part of the limit',
      unit: memory === null ? 'bit' : '%',
      values: image.cores.map(({ used }) =>
        memory === null ? used.synapseBits : (100 * used.synapseBits) / memory,
      ),
    },
    { key: 'compartments', title: 'compartments', unit: '', values: image.cores.map(({ n }) => n) },
  );
  return metrics;
}

/** Loads where a model of the mesh ran; else messages, where all spikes are known. */
function linksOf({ image, time, spikes, hasAllSpikes }: MeshSources): ReportMesh['links'] {
  if (time !== null && time.links !== null) {
    const entries = time.links.flatMap(({ label, load }) => {
      const place = parsedLink(label);
      return place === null ? [] : [{ ...place, value: load, label }];
    });
    return { quantity: 'load', entries };
  }
  return hasAllSpikes ? { quantity: 'messages', entries: linkTraffic(image, spikes.ids) } : null;
}
