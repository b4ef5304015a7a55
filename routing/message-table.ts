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
  /** Synaptic events by class. Those that no core has are one array of zeros. */
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

function makeTable(image: ChipImage): MessageTable {
  const { firstOfCore, count } = numberKeys(image);
  const lists: readonly OutAxons[] = [...image.cores.map(({ outAxons }) => outAxons), image.sources];
  const total = lists.reduce((sum, { start: own }) => sum + (own.at(-1) ?? 0) - (own[0] ?? 0), 0);
  const start = new Uint32Array(count + 1);
  const to = new Uint32Array(total);
  const axon = new Uint32Array(total);
  let at = 0;
  lists.forEach((list, i) => {
    const begin = list.start[0] ?? 0;
    const end = list.start.at(-1) ?? 0;
    to.set(list.core.subarray(begin, end), at);
    axon.set(list.axon.subarray(begin, end), at);
    writeStarts(list.start, at - begin, start.subarray(firstOfCore[i]!));
    at += end - begin;
  });
  sortRows(start, to, axon);
  const ofCore = image.cores.map(({ synapses }) => eventsOfAxons(synapses));
  const nothing = new Uint32Array(total);
  const column = (place: number): Uint32Array => {
    const ofAxons = ofCore.map((classes) => classes.find((own) => own.place === place)?.events ?? null);
    return ofAxons.every((events) => events === null) ? nothing : eventsOf(to, axon, ofAxons);
  };
  return {
    firstOfCore,
    keys: count,
    idOfKey: idsOfKeys(image, { firstOfCore, count }),
    start,
    to,
    axon,
    sparse: column(1),
    dense: column(2),
    conv: column(3),
  };
}

function writeStarts(from: Uint32Array, shift: number, to: Uint32Array): void {
  for (let source = 1; source < from.length; source++) to[source] = from[source]! + shift;
}

/** Puts messages of a key in order of destination, which nearly always they are. */
function sortRows(start: Uint32Array, to: Uint32Array, axon: Uint32Array): void {
  for (let key = 0; key + 1 < start.length; key++) {
    const begin = start[key]!;
    const end = start[key + 1]!;
    if (isAscending(to, begin, end)) continue;
    const order = Uint32Array.from({ length: end - begin }, (_, i) => begin + i).sort(
      (a, b) => to[a]! - to[b]! || a - b,
    );
    for (const column of [to, axon])
      column.set(
        order.map((entry) => column[entry]!),
        begin,
      );
  }
}

function isAscending(to: Uint32Array, begin: number, end: number): boolean {
  for (let k = begin + 1; k < end; k++) if (to[k]! < to[k - 1]!) return false;
  return true;
}

/** Synaptic events of each message, of one class: `ofAxons` has what each in-axon of a core has of it, or null. */
function eventsOf(to: Uint32Array, axon: Uint32Array, ofAxons: readonly (Uint32Array | null)[]): Uint32Array {
  const events = new Uint32Array(to.length);
  for (let k = 0; k < to.length; k++) {
    const own = ofAxons[to[k]!]!;
    if (own !== null) events[k] = own[axon[k]!]!;
  }
  return events;
}
