/**
 * What spikes cost on the mesh. A source sends one message to every (core, in-axon) of its list whenever it
 * spikes, so messages, hops and crossings are its spikes times a constant: counted when asked for, exactly,
 * at no cost per step. Spikes of the host enter through the chip's edge and take no mesh hops here.
 */
import type { CounterName, OutAxons } from '../cores/index.js';
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
  const sums = {
    messagesCore: new ExactSum(),
    messagesTile: new ExactSum(),
    messagesMesh: new ExactSum(),
    messagesChip: new ExactSum(),
    hopsX: new ExactSum(),
    hopsY: new ExactSum(),
    chipCrossings: new ExactSum(),
  } satisfies Record<TrafficName, ExactSum>;
  const settle = (to: number, messages: number): void => {
    const route = routeOf(positions[from]!, positions[to]!, shape);
    sums[MESSAGES[route.kind]].add(messages, 1);
    sums.hopsX.add(messages, route.hopsEW);
    sums.hopsY.add(messages, route.hopsNS);
    sums.chipCrossings.add(messages, route.chipCrossings);
  };
  const messagesTo = new Float64Array(positions.length);
  forEachMessage(axons, spikes, (to, times) => {
    const sum = messagesTo[to]! + times;
    if (sum <= Number.MAX_SAFE_INTEGER) messagesTo[to] = sum;
    else settle(to, times);
  });
  messagesTo.forEach((messages, to) => {
    if (messages > 0) settle(to, messages);
  });
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

/** Messages the host's sources have sent into the chip. */
export function hostMessages(axons: OutAxons, spikes: ArrayLike<number>): bigint {
  const sum = new ExactSum();
  forEachMessage(axons, spikes, (_core, times) => sum.add(times, 1));
  return sum.value;
}
