/**
 * What a spike of each source sets off, from the image alone: its messages, and the synaptic events of each by
 * class. Energy and time are reckoned from it. A source is a key: compartments by core, then host sources.
 */
import type { OutAxons } from '../cores/index.js';
import { eventsOfAxons } from './deliveries.js';
import { numberKeys } from './expansion.js';
import type { ChipImage } from './image.js';
import { idsOfKeys } from './probes.js';

export interface MessageTable {
  /** Key of compartment 0 of each core; at the end, that of host source 0. */
  readonly firstOfCore: Uint32Array;
  readonly keys: number;
  /** Network id of each key, 0xffff_ffff where there is none. */
  readonly idOfKey: Uint32Array;
  /** Messages of a key: start[key] .. start[key + 1] - 1, in order of destination core. */
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  /** In-axon of that core. */
  readonly axon: Uint32Array;
  readonly sparse: Uint32Array;
  readonly dense: Uint32Array;
  readonly conv: Uint32Array;
}

/** One table for all that ask for that of an image: it is as large as the image's lists. */
const known = new WeakMap<ChipImage, MessageTable>();

export function messageTable(image: ChipImage): MessageTable {
  const found = known.get(image);
  if (found !== undefined) return found;
  const made = makeTable(image);
  known.set(image, made);
  return made;
}

/** One pass over the out-axons of an image. */
function makeTable(image: ChipImage): MessageTable {
  const { firstOfCore, count } = numberKeys(image);
  const lists: readonly OutAxons[] = [...image.cores.map(({ outAxons }) => outAxons), image.sources];
  const total = lists.reduce((sum, { core }) => sum + core.length, 0);
  const table = {
    firstOfCore,
    keys: count,
    idOfKey: idsOfKeys(image, { firstOfCore, count }),
    start: new Uint32Array(count + 1),
    to: new Uint32Array(total),
    axon: new Uint32Array(total),
    sparse: new Uint32Array(total),
    dense: new Uint32Array(total),
    conv: new Uint32Array(total),
  };
  const classes = [table.sparse, table.dense, table.conv];
  const ofCore = image.cores.map(({ synapses }) => eventsOfAxons(synapses));
  let at = 0;
  lists.forEach((axons, list) => {
    const first = firstOfCore[list]!;
    for (let source = 0; source + 1 < axons.start.length; source++) {
      const begin = axons.start[source]!;
      const end = axons.start[source + 1]!;
      const order = isAscending(axons, begin, end) ? null : byCore(axons, begin, end);
      for (let k = begin; k < end; k++, at++) {
        const entry = order === null ? k : order[k - begin]!;
        const to = axons.core[entry]!;
        table.to[at] = to;
        table.axon[at] = axons.axon[entry]!;
        for (const { place, events } of ofCore[to]!) classes[place - 1]![at] = events[axons.axon[entry]!]!;
      }
      table.start[first + source + 1] = at;
    }
  });
  return table;
}

function isAscending({ core }: OutAxons, begin: number, end: number): boolean {
  for (let k = begin + 1; k < end; k++) if (core[k]! < core[k - 1]!) return false;
  return true;
}

/** Entries `begin .. end - 1` in order of destination core. */
const byCore = ({ core }: OutAxons, begin: number, end: number): Uint32Array =>
  Uint32Array.from({ length: end - begin }, (_, i) => begin + i).sort((a, b) => core[a]! - core[b]! || a - b);
