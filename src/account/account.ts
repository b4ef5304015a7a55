/**
 * What a run is charged for: its ledger of events, where asked for the events of every step, and its time on the
 * chip. Fed with recordings as the chip hands them out, so that a long run needs no more memory than a short one.
 */
import { ones, SeamountError } from '../../cores/index.js';
import {
  activityWords,
  type Chip,
  type ChipImage,
  type ChipOptions,
  messageTable,
  type Recording,
} from '../../routing/index.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { type EventLedger, Ledgers } from '../energy/event-ledger.js';
import { StepSeries } from '../energy/step-series.js';
import { UpdatesByArrivals } from '../timing/updates-by-arrivals.js';
import { StepClock, type TimingName } from './step-clock.js';

export interface AccountOptions {
  /** Prices and latencies. */
  readonly costs: CostProfile;
  /** Default `off`. */
  readonly timing?: TimingName | 'off';
  /** Which compartments count as updated: by their state (the default), or as SANA-FE counts, by arrivals. */
  readonly updates?: 'state' | 'arrivals';
  /** Events of every step are wanted: for windows, inferences and traces. */
  readonly series?: boolean;
}

/** What a run came to. */
export interface Accounts {
  readonly ledger: EventLedger;
  readonly series: StepSeries | null;
  readonly clock: StepClock | null;
}

export class Account {
  readonly #image: ChipImage;
  readonly #ledgers: Ledgers;
  readonly #series: StepSeries | null;
  readonly #clock: StepClock | null;
  readonly #firstWord: Uint32Array;
  readonly #slices: readonly {
    readonly population: number;
    readonly core: number;
    readonly from: number;
    readonly to: number;
  }[];
  readonly #ofPopulation: Float64Array | null;
  /** Where arrivals count, not the chip: who counts them, and active updates so far by core. */
  readonly #arrivals: { readonly updates: UpdatesByArrivals; readonly ofCores: Float64Array } | null;
  /** What the chip had counted before; null where it had not run. */
  #before: { readonly spikes: Float64Array; readonly updates: Float64Array } | null = null;
  #firstStep = 0;

  constructor(image: ChipImage, options: AccountOptions) {
    const { activity } = Account.needs(options);
    this.#image = image;
    this.#ledgers = new Ledgers(image);
    this.#series = options.series === true ? new StepSeries(image, messageTable(image)) : null;
    this.#firstWord = activityWords(image.cores);
    this.#slices = image.populations.flatMap(({ slices }, population) =>
      slices.map(({ core, compartment, count }) => ({
        population,
        core,
        from: compartment,
        to: compartment + count,
      })),
    );
    const marks = activity === 'compartments' || (options.updates === 'arrivals' && this.#sharesCores());
    this.#ofPopulation = marks ? new Float64Array(image.populations.length) : null;
    this.#arrivals =
      options.updates === 'arrivals'
        ? { updates: new UpdatesByArrivals(image), ofCores: new Float64Array(image.cores.length) }
        : null;
    this.#clock = clockOf(image, options);
  }

  /** What the chip must record for this account. */
  static needs({
    timing = 'off',
    updates = 'state',
    series = false,
  }: AccountOptions): Required<Pick<ChipOptions, 'activity'>> & { readonly allSpikes: boolean } {
    if (updates === 'arrivals') return { activity: 'voltages', allSpikes: true };
    if (timing === 'detailed' || timing === 'mesh') return { activity: 'compartments', allSpikes: true };
    if (timing === 'simple' || series) return { activity: 'counts', allSpikes: true };
    return { activity: 'none', allSpikes: false };
  }

  /** Takes up the chip before the first step that is charged for. */
  begin(chip: Chip): void {
    this.#firstStep = chip.step;
    this.#before = chip.step === 0 ? null : { spikes: chip.spikeCounts(), updates: chip.activeUpdates() };
    if (this.#arrivals !== null && chip.step !== 0)
      throw new SeamountError(
        'E_USAGE',
        'updates by arrivals are known from step 1 on only',
        'run from the beginning, not from a checkpoint',
      );
  }

  /** Takes up the steps of a recording: all of a run's, in order. */
  add(recording: Recording): void {
    const own = this.#arrivals === null ? recording : this.#recounted(recording);
    this.#clock?.add(own);
    const { from, to, activity } = own;
    if (activity === null) return;
    if (this.#ofPopulation !== null && this.#arrivals === null && activity.masks !== null)
      this.#countPopulations(activity.masks, this.#ofPopulation);
    if (this.#series === null) return;
    const updated = new Float64Array(to - from + 1);
    const cores = this.#image.cores.length;
    for (let row = 0; row < updated.length; row++)
      for (let core = 0; core < cores; core++) updated[row]! += activity.counts[row * cores + core]!;
    this.#series.add(own, updated);
  }

  /** A recording with the counts of updates by arrivals, which are added up. */
  #recounted(recording: Recording): Recording {
    const { updates, ofCores } = this.#arrivals!;
    const ofPopulation = this.#ofPopulation;
    const counts = updates.counts(recording, (row) => {
      if (ofPopulation !== null) this.#countPopulations(row, ofPopulation);
    });
    let core = 0;
    for (let i = 0; i < counts.length; i++) {
      ofCores[core]! += counts[i]!;
      if (++core === ofCores.length) core = 0;
    }
    return { ...recording, activity: { counts, masks: recording.activity!.masks } };
  }

  /** Times the recordings that wait to be timed together; `end` does it, too. */
  settle(): void {
    this.#clock?.finish();
  }

  /** The accounts of all steps since `begin`. */
  end(chip: Chip): Accounts {
    this.settle();
    const spikes = chip.spikeCounts();
    const updates = chip.activeUpdates();
    if (this.#before !== null) {
      const before = this.#before;
      for (let key = 0; key < spikes.length; key++) spikes[key]! -= before.spikes[key]!;
      for (let core = 0; core < updates.length; core++) updates[core]! -= before.updates[core]!;
    }
    const ledger = this.#ledgers.ledger({
      steps: chip.step - this.#firstStep,
      spikes,
      updatesActive: this.#arrivals?.ofCores ?? updates,
      updatesOfPopulation: this.#ofPopulation,
    });
    return { ledger, series: this.#series, clock: this.#clock };
  }

  /** Whether some core has compartments of several populations. */
  #sharesCores(): boolean {
    const owner = new Map<number, number>();
    return this.#slices.some(({ core, population }) => {
      const other = owner.get(core) ?? population;
      owner.set(core, population);
      return other !== population;
    });
  }

  #countPopulations(masks: Uint32Array, sums: Float64Array): void {
    const width = this.#firstWord.at(-1)!;
    for (let row = 0; row < masks.length; row += width)
      for (const { population, core, from, to } of this.#slices)
        sums[population]! += onesBetween(masks, row + this.#firstWord[core]!, from, to);
  }
}

function clockOf(
  image: ChipImage,
  { timing = 'off', updates = 'state', costs }: AccountOptions,
): StepClock | null {
  return timing === 'off' ? null : new StepClock(image, { model: timing, costs, updates, messages: false });
}

/** Bits `from .. to - 1` that are set in words from `at` on. */
function onesBetween(words: Uint32Array, at: number, from: number, to: number): number {
  let sum = 0;
  for (let word = from >>> 5; word <= (to - 1) >>> 5; word++) {
    let bits = words[at + word]!;
    if (word === from >>> 5) bits &= -1 << (from & 31);
    if (word === to >>> 5) bits &= (1 << (to & 31)) - 1;
    sum += ones(bits);
  }
  return sum;
}
