/**
 * What spikes cost on the mesh. A source sends one message to every (core, in-axon) of its list whenever it
 * spikes, so messages, hops and crossings are its spikes times a constant: counted when asked for, exactly,
 * at no cost per step. Spikes of the host enter through the chip's edge and take no mesh hops here, unless their sources
 * have a place on the mesh (`Senders`): from there they travel as those of neurons.
 */
import type { CounterName, OutAxons } from '../cores/index.js';
import type { Senders } from './image.js';
import { type DestinationKind, type MeshShape, type Position, routeOf } from './mesh.js';

/** The counters of a core that follow from its spikes and the tables. */
export type TrafficName = Extract<CounterName, `messages${string}` | 'hopsX' | 'hopsY' | 'chipCrossings'>;
export type Traffic = Readonly<Record<TrafficName, bigint>>;

const MESSAGES: Readonly<Record<DestinationKind, TrafficName>> = {
  core: 'messagesCore',
  tile: 'messagesTile',
  mesh: 'messagesMesh',
  chip: 'messagesChip',
};

/** A sum of products of whole numbers: in doubles while they are exact, in a bigint beyond. */
export class ExactSum {
  #small = 0;
  #big = 0n;

  add(value: number, times: number): void {
    const next = this.#small + value * times;
    if (next <= Number.MAX_SAFE_INTEGER) this.#small = next;
    else this.#big += BigInt(value) * BigInt(times);
  }

  get value(): bigint {
    return this.#big + BigInt(this.#small);
  }
}

/** Calls `send(core, spikes, axon)` for every message list entry of the sources that spiked. */
export function forEachMessage(
  axons: OutAxons,
  spikes: ArrayLike<number>,
  send: (core: number, spikes: number, axon: number) => void,
): void {
  for (let source = 0; source < spikes.length; source++) {
    const times = spikes[source]!;
    if (times === 0) continue;
    const end = axons.start[source + 1]!;
    for (let at = axons.start[source]!; at < end; at++) send(axons.core[at]!, times, axons.axon[at]!);
  }
}

/** Traffic from one position: messages are added up by where they go, and settled by route. */
class TrafficFrom {
  readonly #from: number;
  readonly #positions: readonly Position[];
  readonly #shape: MeshShape;
  readonly #messagesTo: Float64Array;
  readonly #sums = {
    messagesCore: new ExactSum(),
    messagesTile: new ExactSum(),
    messagesMesh: new ExactSum(),
    messagesChip: new ExactSum(),
    hopsX: new ExactSum(),
    hopsY: new ExactSum(),
    chipCrossings: new ExactSum(),
  } satisfies Record<TrafficName, ExactSum>;

  constructor(from: number, positions: readonly Position[], shape: MeshShape) {
    this.#from = from;
    this.#positions = positions;
    this.#shape = shape;
    this.#messagesTo = new Float64Array(positions.length);
  }

  add(to: number, messages: number): void {
    const sum = this.#messagesTo[to]! + messages;
    if (sum <= Number.MAX_SAFE_INTEGER) this.#messagesTo[to] = sum;
    else this.#settle(to, messages);
  }

  traffic(): Traffic {
    this.#messagesTo.forEach((messages, to) => {
      if (messages > 0) this.#settle(to, messages);
    });
    this.#messagesTo.fill(0);
    const sums = this.#sums;
    return {
      messagesCore: sums.messagesCore.value,
      messagesTile: sums.messagesTile.value,
      messagesMesh: sums.messagesMesh.value,
      messagesChip: sums.messagesChip.value,
      hopsX: sums.hopsX.value,
      hopsY: sums.hopsY.value,
      chipCrossings: sums.chipCrossings.value,
    };
  }

  #settle(to: number, messages: number): void {
    const route = routeOf(this.#positions[this.#from]!, this.#positions[to]!, this.#shape);
    const sums = this.#sums;
    sums[MESSAGES[route.kind]].add(messages, 1);
    sums.hopsX.add(messages, route.hopsEW);
    sums.hopsY.add(messages, route.hopsNS);
    sums.chipCrossings.add(messages, route.chipCrossings);
  }
}

/**
 * Traffic that one core has sent.
 *
 * @param from its index in `positions`, the positions of all cores
 * @param spikes spikes of each compartment so far
 */
export function trafficOf(
  from: number,
  axons: OutAxons,
  spikes: ArrayLike<number>,
  positions: readonly Position[],
  shape: MeshShape,
): Traffic {
  const traffic = new TrafficFrom(from, positions, shape);
  forEachMessage(axons, spikes, (to, times) => traffic.add(to, times));
  return traffic.traffic();
}

/**
 * Traffic of the host's sources that have a place on the mesh, by that place.
 *
 * @param positions of all cores, then of places that only send
 * @param spikes spikes of each source so far
 */
export function trafficOfSenders(
  axons: OutAxons,
  { core: placeOf }: Senders,
  spikes: ArrayLike<number>,
  positions: readonly Position[],
  shape: MeshShape,
): ReadonlyMap<number, Traffic> {
  const places = new Map<number, TrafficFrom>();
  for (let source = 0; source < spikes.length; source++) {
    if (spikes[source] === 0) continue;
    const place = placeOf[source]!;
    const traffic = places.get(place) ?? new TrafficFrom(place, positions, shape);
    places.set(place, traffic);
    for (let at = axons.start[source]!; at < axons.start[source + 1]!; at++)
      traffic.add(axons.core[at]!, spikes[source]!);
  }
  return new Map([...places].map(([place, traffic]) => [place, traffic.traffic()]));
}

/** Messages that the host's sources have sent into the chip from outside. */
export function hostMessages(axons: OutAxons, spikes: ArrayLike<number>): bigint {
  const sum = new ExactSum();
  forEachMessage(axons, spikes, (_core, times) => sum.add(times, 1));
  return sum.value;
}
