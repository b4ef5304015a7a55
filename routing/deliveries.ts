/**
 * What spikes cost where they arrive. Every spike of a source is one event at each in-axon it reaches and one
 * at each synapse of those axons' lists, so these counters follow from spikes per source: counted when asked
 * for, exactly, at no cost per step. Spikes in flight have not arrived yet; those lost in a reset never do.
 */
import type { CounterName, OutAxons, SynapseFormat, SynapseMemory } from '../cores/index.js';
import { keyOf } from './aer.js';
import { readSourceSpikes } from './chip-state.js';
import { readInFlight } from './in-flight.js';
import type { PlacedChip } from './place-chip.js';
import { ExactSum, forEachMessage } from './traffic.js';

/** The counters of a core that follow from spikes that reached it. */
export type DeliveryName = Extract<CounterName, 'axonEventsIn' | `synapticEvents${string}`>;
export type Deliveries = Readonly<Record<DeliveryName, bigint>>;

export const DELIVERIES: readonly DeliveryName[] = [
  'axonEventsIn',
  'synapticEventsSparse',
  'synapticEventsDense',
  'synapticEventsConv',
];
const CLASSES: Readonly<Record<SynapseFormat['kind'], number>> = { sparse: 1, dense: 2, conv: 3 };
const classOf = ({ kind, events }: SynapseFormat): number => CLASSES[events ?? kind];

/** Spikes of each compartment of core i so far. */
export function spikesOf(chip: PlacedChip, i: number): Uint32Array {
  const { n, spikeCounts } = chip.cores[i]!.core;
  const spikes = new Uint32Array(n);
  // 64-bit pairs; the high word stays 0 as long as steps are below 2^31
  for (let k = 0; k < n; k++) spikes[k] = spikeCounts[2 * k]!;
  return spikes;
}

/** Events of one class, by its place in DELIVERIES, that a spike causes at each in-axon of a core. */
export interface AxonEvents {
  readonly place: number;
  readonly events: Uint32Array;
}

/** Of all chips of an image: an axon has up to a segment for each delay, too many to walk at every reading. */
const known = new WeakMap<SynapseMemory, readonly AxonEvents[]>();

/** By class of those a core has: what one message to each of its in-axons sets off. */
export function eventsOfAxons(synapses: SynapseMemory): readonly AxonEvents[] {
  const found = known.get(synapses);
  if (found !== undefined) return found;
  const { axonStart, format, formats, count } = synapses;
  const places = [...new Set(formats.map(classOf))];
  // nearly always a core has one class of events and its in-axons a segment each: then these are their counts
  const made =
    places.length === 1 && isCounting(axonStart)
      ? [{ place: places[0]!, events: count }]
      : places.map((place) => ({ place, events: new Uint32Array(axonStart.length - 1) }));
  if (made[0]?.events !== count) {
    const ofFormat = formats.map((each) => made[places.indexOf(classOf(each))]!.events);
    addSegments(axonStart, format, count, ofFormat);
  }
  known.set(synapses, made);
  return made;
}

/** Whether axon a begins at segment a. */
function isCounting(axonStart: Uint32Array): boolean {
  for (let axon = 0; axon < axonStart.length; axon++) if (axonStart[axon] !== axon) return false;
  return true;
}

function addSegments(
  axonStart: Uint32Array,
  format: Uint8Array,
  count: Uint32Array,
  ofFormat: readonly Uint32Array[],
): void {
  for (let axon = 0; axon + 1 < axonStart.length; axon++)
    for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) ofFormat[format[s]!]![axon]! += count[s]!;
}

/** Sums over messages, four for each core, in order of DELIVERIES. */
class Sums {
  readonly #sums: readonly ExactSum[];
  readonly #axonEvents: readonly (readonly AxonEvents[])[];

  constructor({ image: { cores } }: PlacedChip) {
    this.#sums = Array.from({ length: DELIVERIES.length * cores.length }, () => new ExactSum());
    this.#axonEvents = cores.map(({ synapses }) => eventsOfAxons(synapses));
  }

  add(axons: OutAxons, spikes: ArrayLike<number>): void {
    const sums = this.#sums;
    forEachMessage(axons, spikes, (to, times, axon) => {
      const first = DELIVERIES.length * to;
      sums[first]!.add(1, times);
      const classes = this.#axonEvents[to]!;
      for (let k = 0; k < classes.length; k++) {
        const { place, events } = classes[k]!;
        sums[first + place]!.add(events[axon]!, times);
      }
    });
  }

  of(i: number): bigint[] {
    return DELIVERIES.map((_, k) => this.#sums[DELIVERIES.length * i + k]!.value);
  }
}

/**
 * What has arrived at each core up to step t.
 *
 * @param spikes those of each core's compartments so far
 */
export function deliveriesOf(
  chip: PlacedChip,
  t: number,
  spikes: readonly Uint32Array[] = chip.cores.map((_, i) => spikesOf(chip, i)),
): Deliveries[] {
  const { image, lost } = chip;
  const sums = new Sums(chip);
  const flying = inFlightOf(chip, t);
  image.cores.forEach(({ outAxons }, i) => {
    const arrived = new Uint32Array(spikes[i]!);
    const own = flying[i]!;
    for (let k = 0; k < arrived.length; k++) arrived[k]! -= own[k]!;
    sums.add(outAxons, arrived);
  });
  sums.add(image.sources, readSourceSpikes(chip));
  return image.cores.map((_, i) => {
    const values = sums
      .of(i)
      .map((sum, k) => [DELIVERIES[k]!, sum - BigInt(lost[DELIVERIES.length * i + k]!)]);
    return Object.fromEntries(values) as Deliveries;
  });
}

/** Accounts for what is in flight after step t and about to be lost. */
export function loseInFlight(chip: PlacedChip, t: number): void {
  const { image, lost } = chip;
  const sums = new Sums(chip);
  const flying = inFlightOf(chip, t);
  image.cores.forEach(({ outAxons }, i) => {
    sums.add(outAxons, flying[i]!);
  });
  image.cores.forEach((_, i) => {
    sums.of(i).forEach((sum, k) => {
      lost[DELIVERIES.length * i + k]! += Number(sum);
    });
  });
}

/** For each core, 1 for each compartment whose spike of step t is on its way. */
function inFlightOf(chip: PlacedChip, t: number): Uint8Array[] {
  const { firstOfCore } = chip.plan.keys;
  const flying = chip.image.cores.map(({ n }) => new Uint8Array(n));
  let core = 0;
  for (const word of readInFlight(chip, t)) {
    const key = keyOf(word);
    while (key >= firstOfCore[core + 1]!) core++;
    flying[core]![key - firstOfCore[core]!] = 1;
  }
  return flying;
}
