/**
 * What spikes cost where they arrive. Every spike of a source is one event at each in-axon it reaches and one
 * at each synapse of those axons' lists, so these counters follow from spikes per source: counted when asked
 * for, exactly, at no cost per step. Spikes in flight have not arrived yet; those lost in a reset never do.
 */
import type { CounterName, OutAxons, SynapseFormat } from '../cores/index.js';
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

/** Spikes of each compartment of core i so far. */
export function spikesOf(chip: PlacedChip, i: number): Uint32Array {
  const { core } = chip.cores[i]!;
  // 64-bit pairs; the high word stays 0 as long as steps are below 2^31
  return Uint32Array.from({ length: core.n }, (_, k) => core.spikeCounts[2 * k]!);
}

/** Sums over messages, four for each core, in order of DELIVERIES. */
class Sums {
  readonly #chip: PlacedChip;
  readonly #sums: readonly ExactSum[];

  constructor(chip: PlacedChip) {
    this.#chip = chip;
    this.#sums = Array.from({ length: DELIVERIES.length * chip.cores.length }, () => new ExactSum());
  }

  add(axons: OutAxons, spikes: ArrayLike<number>): void {
    const { cores } = this.#chip.image;
    const sums = this.#sums;
    forEachMessage(axons, spikes, (to, times, axon) => {
      const { axonStart, format, formats, count } = cores[to]!.synapses;
      const first = DELIVERIES.length * to;
      sums[first]!.add(times, 1);
      for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
        sums[first + CLASSES[formats[format[s]!]!.kind]]!.add(count[s]!, times);
      }
    });
  }

  of(i: number): bigint[] {
    return DELIVERIES.map((_, k) => this.#sums[DELIVERIES.length * i + k]!.value);
  }
}

/** What has arrived at each core up to step t. */
export function deliveriesOf(chip: PlacedChip, t: number): Deliveries[] {
  const { image, lost } = chip;
  const sums = new Sums(chip);
  const flying = inFlightOf(chip, t);
  image.cores.forEach(({ outAxons }, i) => {
    const own = flying[i]!;
    sums.add(
      outAxons,
      spikesOf(chip, i).map((spikes, k) => spikes - own[k]!),
    );
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
