/**
 * The ledger: how often each event happened, of the chip, of each core, of each population and between each two
 * populations. It follows from spikes of each neuron, active updates of each core and the image; nothing is
 * counted while the chip runs. All it holds are whole numbers; prices come later (price.ts).
 *
 * A message, its hops and the synaptic events it sets off belong to the step of its spike. The chip's own counters
 * of arrivals lag behind by the spikes in flight, which arrive in the step after.
 */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from './events.js';
import { KEY_EVENTS } from './key-events.js';
import { type KeyOwners, keyOwners } from './key-owners.js';
import { placesOf } from './routes.js';
import { SYNAPSE_EVENTS } from './shared-cores.js';
import { SpikeSummation, type SpikeSums } from './spike-sums.js';

/** What happened in a number of steps. */
export interface Activity {
  readonly steps: number;
  /** By source key. */
  readonly spikes: ArrayLike<number>;
  /** By core: compartment updates that had work. */
  readonly updatesActive: ArrayLike<number>;
  /** By population, where the chip marked compartments; else null. */
  readonly updatesOfPopulation: ArrayLike<number> | null;
}

export interface LabelledCounts {
  readonly label: string;
  readonly counts: EventCounts;
}

/** Of a core, or of a place that only sends. */
export interface PlaceCounts extends LabelledCounts {
  /** Column and row of its chip. */
  readonly chip: string;
}

/** Between two populations: synaptic events of a projection, or of all projections between them. */
export interface PairCounts extends LabelledCounts {
  readonly pre: string;
  readonly post: string;
}

export interface EventLedger {
  readonly schema: 'seamount-events/1';
  readonly steps: number;
  readonly chips: number;
  readonly tilesInUse: number;
  readonly total: EventCounts;
  /** Of each core of the image, then of places that only send: updates and arrivals there, messages that left from there. */
  readonly cores: readonly PlaceCounts[];
  /** Of each population: updates of its neurons, and the messages and synaptic events that its spikes set off. */
  readonly populations: readonly LabelledCounts[];
  /**
   * Active updates of cores that several populations share, whose compartments were not marked and had work now and
   * then; else null. Visits there are in no population's `updateActive` or `updateIdle`.
   */
  readonly sharedUpdates: number | null;
  readonly pairs: readonly PairCounts[];
}

type Counts = Record<EventName, number>;

/** Name of a place on the mesh: chip, tile and core. */
const placeLabel = (place: ReturnType<typeof placesOf>[number], index: number, chips: number): string => {
  const chip = chips > 1 ? `chip ${place.chipX},${place.chipY} ` : '';
  return `${index}: ${chip}tile ${place.tileX},${place.tileY} core ${place.slot}`;
};

/** Makes ledgers of one image; opening it walks the image's in-axons once. */
export class Ledgers {
  readonly #image: ChipImage;
  readonly #owners: KeyOwners;
  readonly #summation: SpikeSummation;
  readonly #places: ReturnType<typeof placesOf>;

  constructor(image: ChipImage) {
    this.#image = image;
    this.#owners = keyOwners(image);
    this.#summation = new SpikeSummation(image, this.#owners);
    this.#places = placesOf(image);
  }

  /** @throws {SeamountError} E_USAGE when a count is not a whole number that a double can hold */
  ledger(activity: Activity): EventLedger {
    const { populations } = this.#image;
    const sums = this.#summation.of(activity.spikes);
    const ofPlace = this.#places.map(noEvents);
    const ofPopulation = populations.map(noEvents);
    KEY_EVENTS.forEach((name, k) => {
      const wide = KEY_EVENTS.length;
      ofPlace.forEach((counts, i) => {
        counts[name] = sums.sent[i * wide + k]! + (sums.arrived[i * wide + k] ?? 0);
      });
      ofPopulation.forEach((counts, i) => {
        counts[name] = sums.caused[i * wide + k]!;
      });
    });
    const sharedUpdates = this.#addUpdates(activity, ofPlace, ofPopulation);
    const total = noEvents();
    for (const counts of ofPlace) for (const { name } of EVENTS) total[name] += counts[name];
    total.barrier = activity.steps;
    // they leave from no place
    for (const { hostMessage } of ofPopulation) total.hostMessage += hostMessage;
    checkWhole(total);
    const tiles = new Set(
      this.#places.map(({ chipX, chipY, tileX, tileY }) => `${chipX} ${chipY} ${tileX} ${tileY}`),
    );
    const chips = new Set(this.#places.map(({ chipX, chipY }) => `${chipX} ${chipY}`)).size;
    return {
      schema: 'seamount-events/1',
      steps: activity.steps,
      chips,
      tilesInUse: tiles.size,
      total,
      cores: this.#places.map((place, i) => ({
        label: placeLabel(place, i, chips),
        chip: `${place.chipX},${place.chipY}`,
        counts: ofPlace[i]!,
      })),
      populations: populations.map(({ label }, i) => ({ label, counts: ofPopulation[i]! })),
      sharedUpdates,
      pairs: this.#pairs(sums),
    };
  }

  #addUpdates(
    { steps, updatesActive, updatesOfPopulation }: Activity,
    ofPlace: readonly Counts[],
    ofPopulation: readonly Counts[],
  ): number | null {
    let shared: number | null = null;
    const { only, compartments, population, keys } = this.#owners;
    /** By population: visits of which it is not known whether they had work. */
    const untold = new Float64Array(ofPopulation.length);
    this.#image.cores.forEach(({ n }, core) => {
      const counts = ofPlace[core]!;
      counts.visit = n * steps;
      counts.updateActive = updatesActive[core]!;
      counts.updateIdle = counts.visit - counts.updateActive;
      if (updatesOfPopulation !== null) return;
      const owner = ofPopulation[only[core]!];
      const first = keys.firstOfCore[core]!;
      if (owner !== undefined) owner.updateActive += counts.updateActive;
      else if (counts.updateActive === counts.visit) {
        for (let key = first; key < first + n; key++) ofPopulation[population[key]!]!.updateActive += steps;
      } else if (counts.updateActive > 0) {
        shared = (shared ?? 0) + counts.updateActive;
        for (let key = first; key < first + n; key++) untold[population[key]!]! += steps;
      }
    });
    ofPopulation.forEach((counts, i) => {
      counts.visit = compartments[i]! * steps;
      if (updatesOfPopulation !== null) counts.updateActive = updatesOfPopulation[i]!;
      counts.updateIdle = counts.visit - counts.updateActive - untold[i]!;
    });
    return shared;
  }

  /** Pairs that had any synaptic event, in order of both populations. */
  #pairs({ between }: SpikeSums): PairCounts[] {
    const { populations } = this.#image;
    const { length } = populations;
    return [...between.keys()]
      .sort((a, b) => a - b)
      .map((pair) => {
        const pre = populations[Math.floor(pair / length)]!.label;
        const post = populations[pair % length]!.label;
        const counts = noEvents();
        SYNAPSE_EVENTS.forEach((name, c) => {
          counts[name] = between.get(pair)![c]!;
        });
        return { label: `${pre} → ${post}`, pre, post, counts };
      });
  }
}

function checkWhole(counts: EventCounts): void {
  const lost = EVENTS.find(({ name }) => !Number.isSafeInteger(counts[name]));
  if (lost !== undefined)
    throw new SeamountError(
      'E_USAGE',
      `the run has too many events to count exactly: ${lost.name} is ${counts[lost.name]}`,
      'reckon with a shorter run',
    );
}
