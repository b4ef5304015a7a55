/**
 * Which compartments SANA-FE counts as updated: those that had work of their own (`Activity.masks` of kind `voltages`), those
 * that fire, and those that any spike of the step before reaches, even if its weights sum to 0. A spike marks all that
 * its source reaches; sources side by side that reach the same, as those of a layer do, mark it once a step.
 */
import { ones, SeamountError } from '../../cores/index.js';
import { activityWords, type ChipImage, messageTable, type Recording } from '../../routing/index.js';
import { Arrivals } from './arrivals.js';
import { markedActivity } from './mask-bits.js';
import { endBelow, endOfStep } from './sorted-spikes.js';
import { keysOfIds, NO_SOURCE, unknownNeuron } from './source-keys.js';

/** Bit of an id that is no compartment. */
const NOWHERE = 0xffff_ffff;

export class UpdatesByArrivals {
  /** Masks of the step at hand, as a row of `Activity.masks`. */
  readonly row: Uint32Array;
  readonly #firstWord: Uint32Array;
  readonly #arrivals: Arrivals;
  /** By id: its run, and its bit in the row. */
  readonly #runOfId: Uint32Array;
  readonly #bitOfId: Uint32Array;
  /** A run is of consecutive ids that reach the same: a key of one of them, and the id behind the last. */
  readonly #keyOfRun: number[] = [];
  readonly #endOfRun: number[] = [];
  /** Runs that have fired in the step at hand. */
  readonly #fired: number[] = [];
  #nextStep = 1;

  /** @throws {SeamountError} E_USAGE as `Arrivals` */
  constructor(image: ChipImage) {
    const { idOfKey, firstOfCore } = messageTable(image);
    const keyOfId = keysOfIds(idOfKey);
    this.#firstWord = activityWords(image.cores);
    this.row = new Uint32Array(this.#firstWord.at(-1)!);
    this.#arrivals = new Arrivals(image);
    this.#runOfId = new Uint32Array(keyOfId.length);
    this.#bitOfId = new Uint32Array(keyOfId.length).fill(NOWHERE);
    image.cores.forEach(({ n }, core) => {
      for (let i = 0; i < n; i++) {
        const id = idOfKey[firstOfCore[core]! + i]!;
        if (id !== NO_SOURCE) this.#bitOfId[id] = 32 * this.#firstWord[core]! + i;
      }
    });
    keyOfId.forEach((key, id) => {
      const last = this.#keyOfRun.at(-1);
      if (last !== undefined && this.#goesOn(last, key, id))
        this.#endOfRun[this.#endOfRun.length - 1] = id + 1;
      else {
        this.#keyOfRun.push(key);
        this.#endOfRun.push(id + 1);
      }
      this.#runOfId[id] = this.#keyOfRun.length - 1;
    });
  }

  /** Whether `key`, of `id`, is of the same kind as `last` and reaches the same. */
  #goesOn(last: number, key: number, id: number): boolean {
    if (key === NO_SOURCE || last === NO_SOURCE) return key === last;
    const isCompartment = this.#bitOfId[id] !== NOWHERE;
    const wasCompartment = this.#bitOfId[id - 1] !== NOWHERE;
    return isCompartment === wasCompartment && this.#arrivals.areAlike(last, key);
  }

  /**
   * Takes up a step: its masks are in a row from `masks[at]` on, its spikes are `ids[begin .. end - 1]`, ascending. Steps
   * follow each other from step 1 on.
   *
   * @throws {SeamountError} E_USAGE out of order, E_INPUT for a neuron that the image does not have
   */
  open(step: number, masks: Uint32Array, at: number, ids: Uint32Array, begin: number, end: number): void {
    if (step !== this.#nextStep) throw outOfOrder(this.#nextStep, step);
    this.#nextStep++;
    const row = this.row;
    for (let word = 0; word < row.length; word++) row[word] = masks[at + word]!;
    const fired = this.#fired;
    for (let i = 0; i < fired.length; i++) this.#arrivals.mark(this.#keyOfRun[fired[i]!]!, row);
    fired.length = 0;
    for (let i = begin; i < end; ) {
      const first = ids[i]!;
      const run = first < this.#runOfId.length ? this.#runOfId[first]! : -1;
      if (run < 0 || this.#keyOfRun[run] === NO_SOURCE) throw unknownNeuron(first);
      fired.push(run);
      const next = this.#endOfRun[run]!;
      if (this.#bitOfId[first] === NOWHERE) i = endBelow(ids, next, i + 1, end);
      else
        for (; i < end && ids[i]! < next; i++) {
          const bit = this.#bitOfId[ids[i]!]!;
          row[bit >>> 5]! |= 1 << (bit & 31);
        }
    }
  }

  /** How many compartments of each core are marked, into `counts[at ..]`. */
  count(counts: Uint32Array, at: number): void {
    const row = this.row;
    const firstWord = this.#firstWord;
    for (let core = 0; core + 1 < firstWord.length; core++) {
      let sum = 0;
      for (let word = firstWord[core]!; word < firstWord[core + 1]!; word++) sum += ones(row[word]!);
      counts[at + core] = sum;
    }
  }

  /**
   * By step and core, how many compartments are updated in a recording with masks of kind `voltages` and all spikes. `onRow`
   * is told the masks of each step.
   *
   * @throws {SeamountError} E_USAGE without masks or out of order, E_INPUT for a recording of another image
   */
  counts(recording: Recording, onRow?: (row: Uint32Array) => void): Uint32Array {
    const { from, to, spikes } = recording;
    const cores = this.#firstWord.length - 1;
    const { masks } = markedActivity(recording, { cores, words: this.row.length });
    const counts = new Uint32Array((to - from + 1) * cores);
    const { steps, ids } = spikes;
    let end = 0;
    for (let step = from; step <= to; step++) {
      const begin = end;
      end = endOfStep(steps, step, begin);
      this.open(step, masks, (step - from) * this.row.length, ids, begin, end);
      this.count(counts, (step - from) * cores);
      onRow?.(this.row);
    }
    return counts;
  }
}

const outOfOrder = (expected: number, step: number): SeamountError =>
  new SeamountError(
    'E_USAGE',
    `updates by arrivals depend on the spikes of the step before: after step ${expected - 1} comes a recording from step ${step} on`,
    'walk all recordings of a run in order, from step 1 on',
  );
