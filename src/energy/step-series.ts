/**
 * Events of every step of a run, of the whole chip: what windows, inferences and per-step traces are made of.
 * A spike adds its key's row, precomputed from the image; that is all that is paid for it.
 */
import type { ChipImage, MessageTable, Recording } from '../../routing/index.js';
import { keysOfIds } from '../timing/source-keys.js';
import { EVENTS, type EventCounts, type EventName, noEvents } from './events.js';
import { KEY_EVENTS, KeyEvents } from './key-events.js';

/** [keys x KEY_EVENTS]: events that one spike of each key sets off. */
function eventsOfSpikes(image: ChipImage, table: MessageTable): Float64Array {
  const wide = KEY_EVENTS.length;
  const rows = new Float64Array(table.keys * wide);
  const events = new KeyEvents(image, table);
  for (let key = 0; key < table.keys; key++) rows.set(events.of(key), key * wide);
  return rows;
}

export class StepSeries {
  readonly #rows: Float64Array;
  readonly #keyOfId: Uint32Array;
  /** Also the number of compartments. */
  readonly #firstSource: number;
  #sums: Float64Array = new Float64Array(0);
  #updates: Float64Array = new Float64Array(0);
  #inputs: Float64Array = new Float64Array(0);
  #from = 0;
  #steps = 0;

  constructor(image: ChipImage, table: MessageTable) {
    this.#rows = eventsOfSpikes(image, table);
    this.#keyOfId = keysOfIds(table.idOfKey);
    this.#firstSource = table.firstOfCore[image.cores.length]!;
  }

  /** First step, and how many there are. */
  get from(): number {
    return this.#from;
  }
  get steps(): number {
    return this.#steps;
  }

  /**
   * Takes up a recording of the steps that follow, with all spikes. `updated` are the active updates of each of its steps.
   */
  add({ from, to, spikes }: Recording, updated: ArrayLike<number>): void {
    if (this.#steps === 0) this.#from = from;
    const wide = KEY_EVENTS.length;
    this.#grow(this.#steps + to - from + 1);
    const sums = this.#sums;
    const rows = this.#rows;
    for (let i = 0; i < spikes.ids.length; i++) {
      const key = this.#keyOfId[spikes.ids[i]!]!;
      const step = spikes.steps[i]! - this.#from;
      for (let k = 0; k < wide; k++) sums[step * wide + k]! += rows[key * wide + k]!;
      if (key >= this.#firstSource) this.#inputs[step]! += 1;
    }
    this.#updates.set(updated, this.#steps);
    this.#steps += to - from + 1;
  }

  /** Spikes of host sources in a step. */
  inputsAt(step: number): number {
    return this.#inputs[step - this.#from]!;
  }

  /** Events of steps `from .. to`. */
  counts(from: number, to: number): EventCounts {
    const counts = noEvents();
    const wide = KEY_EVENTS.length;
    for (let step = from - this.#from; step <= to - this.#from; step++) {
      for (let k = 0; k < wide; k++) counts[KEY_EVENTS[k]!] += this.#sums[step * wide + k]!;
      counts.updateActive += this.#updates[step]!;
    }
    counts.barrier = to - from + 1;
    counts.visit = this.#firstSource * counts.barrier;
    counts.updateIdle = counts.visit - counts.updateActive;
    return counts;
  }

  /** One column for each event, for files of traces. */
  columns(): ReadonlyMap<EventName, Float64Array> {
    const columns = new Map(EVENTS.map(({ name }) => [name, new Float64Array(this.#steps)] as const));
    for (let step = 0; step < this.#steps; step++) {
      const counts = this.counts(this.#from + step, this.#from + step);
      for (const { name } of EVENTS) columns.get(name)![step] = counts[name];
    }
    return columns;
  }

  #grow(steps: number): void {
    if (steps <= this.#updates.length) return;
    const room = Math.max(steps, 2 * this.#updates.length, 64);
    const longer = (old: Float64Array, length: number): Float64Array => {
      const out = new Float64Array(length);
      out.set(old);
      return out;
    };
    this.#sums = longer(this.#sums, room * KEY_EVENTS.length);
    this.#updates = longer(this.#updates, room);
    this.#inputs = longer(this.#inputs, room);
  }
}
