/**
 * The ledger: how often each event happened, of the chip, of each core, of each population and between each two
 * populations. It follows from spikes of each neuron, active updates of each core and the image; nothing is
 * counted while the chip runs. All it holds are whole numbers; prices come later (price.ts).
 *
 * A message, its hops and the synaptic events it sets off belong to the step of its spike. The chip's own counters
 * of arrivals lag behind by the spikes in flight, which arrive in the step after.
 */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, MessageTable } from '../../routing/index.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from './events.js';
import { KEY_EVENTS, KeyEvents } from './key-events.js';
import { placesOf } from './routes.js';
import { synapsesByPopulation } from './synapses-by-population.js';

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

/** Makes ledgers of one image; opening it walks the image's tables once. */
export class Ledgers {
  readonly #image: ChipImage;
  readonly #table: MessageTable;
  readonly #events: KeyEvents;
  readonly #places: ReturnType<typeof placesOf>;
  /** Population of each key. */
  readonly #populationOf: Int32Array;

  constructor(image: ChipImage, table: MessageTable) {
    this.#image = image;
    this.#table = table;
    this.#events = new KeyEvents(image, table);
    this.#places = placesOf(image);
    this.#populationOf = populationsOfKeys(image, table);
  }

  /** @throws {SeamountError} E_USAGE when a count is not a whole number that a double can hold */
  ledger(activity: Activity): EventLedger {
    const { populations } = this.#image;
    const ofPlace = this.#places.map(noEvents);
    const ofPopulation = populations.map(noEvents);
    this.#addMessages(activity, ofPlace, ofPopulation);
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
      pairs: synapsesByPopulation(this.#image, this.#table, this.#populationOf, activity.spikes),
    };
  }

  /** Messages with their routes and synaptic events: to the place they leave from, the core they reach, their population. */
  #addMessages({ spikes }: Activity, ofPlace: readonly Counts[], ofPopulation: readonly Counts[]): void {
    const { start, to, sparse, dense, conv, keys } = this.#table;
    const { sender } = this.#events;
    const wide = KEY_EVENTS.length;
    const sent = new Float64Array(ofPlace.length * wide);
    const caused = new Float64Array(ofPopulation.length * wide);
    const arrived = new Float64Array(ofPlace.length * ARRIVALS.length);
    for (let key = 0; key < keys; key++) {
      const times = spikes[key]!;
      if (times === 0) continue;
      const row = this.#events.of(key);
      addRow(caused, this.#populationOf[key]! * wide, row, times);
      if (sender[key]! >= 0) addRow(sent, sender[key]! * wide, row, times);
      for (let m = start[key]!; m < start[key + 1]!; m++) {
        const at = to[m]! * ARRIVALS.length;
        arrived[at]! += times;
        arrived[at + 1]! += times * sparse[m]!;
        arrived[at + 2]! += times * dense[m]!;
        arrived[at + 3]! += times * conv[m]!;
      }
    }
    KEY_EVENTS.forEach((name, k) => {
      ofPopulation.forEach((counts, i) => {
        counts[name] = caused[i * wide + k]!;
      });
      ofPlace.forEach((counts, i) => {
        counts[name] = sent[i * wide + k]!;
      });
    });
    // these are of the core they reach
    ARRIVALS.forEach((name, k) => {
      ofPlace.forEach((counts, i) => {
        counts[name] = arrived[i * ARRIVALS.length + k]!;
      });
    });
  }

  #addUpdates(
    { steps, updatesActive, updatesOfPopulation }: Activity,
    ofPlace: readonly Counts[],
    ofPopulation: readonly Counts[],
  ): number | null {
    let shared: number | null = null;
    const { firstOfCore } = this.#table;
    /** By population: visits of which it is not known whether they had work. */
    const untold = new Float64Array(ofPopulation.length);
    this.#image.cores.forEach(({ n }, core) => {
      const counts = ofPlace[core]!;
      counts.visit = n * steps;
      counts.updateActive = updatesActive[core]!;
      counts.updateIdle = counts.visit - counts.updateActive;
      const first = firstOfCore[core]!;
      const owners = new Set(this.#populationOf.subarray(first, first + n));
      for (let key = first; key < first + n; key++) ofPopulation[this.#populationOf[key]!]!.visit += steps;
      if (updatesOfPopulation !== null) return;
      if (owners.size === 1) {
        ofPopulation[[...owners][0]!]!.updateActive += counts.updateActive;
      } else if (counts.updateActive === counts.visit) {
        for (let key = first; key < first + n; key++)
          ofPopulation[this.#populationOf[key]!]!.updateActive += steps;
      } else if (counts.updateActive > 0) {
        shared = (shared ?? 0) + counts.updateActive;
        for (let key = first; key < first + n; key++) untold[this.#populationOf[key]!]! += steps;
      }
    });
    ofPopulation.forEach((counts, i) => {
      if (updatesOfPopulation !== null) counts.updateActive = updatesOfPopulation[i]!;
      counts.updateIdle = counts.visit - counts.updateActive - untold[i]!;
    });
    return shared;
  }
}

/** Events that happen where a message arrives. */
const ARRIVALS = [
  'axonIn',
  'synapseSparse',
  'synapseDense',
  'synapseConv',
] as const satisfies readonly EventName[];

/** Adds `times` rows of events at `at`. */
function addRow(sums: Float64Array, at: number, row: Float64Array, times: number): void {
  for (let k = 0; k < row.length; k++) sums[at + k]! += times * row[k]!;
}

/** Population of every key. */
export function populationsOfKeys(image: ChipImage, { firstOfCore, keys }: MessageTable): Int32Array {
  const of = new Int32Array(keys);
  image.populations.forEach(({ kind, size, firstSource, slices }, population) => {
    if (kind === 'source') {
      const first = firstOfCore[image.cores.length]! + firstSource;
      of.fill(population, first, first + size);
    }
    for (const { core, compartment, count } of slices) {
      const first = firstOfCore[core]! + compartment;
      of.fill(population, first, first + count);
    }
  });
  return of;
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
