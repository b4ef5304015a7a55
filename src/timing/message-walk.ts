/**
 * Turns a recording into the messages of each step, as cores make them: a core goes through its compartments
 * in ascending order, each is visited, updated, and sends its messages, in order of destination, if it fired.
 * A message's `generation` is the time since the core's message before it.
 */
import {
  activityWords,
  type ChipImage,
  type MessageTable,
  messageTable,
  type Recording,
} from '../../routing/index.js';
import type { CoreCosts } from './core-costs.js';
import { countBits, markedActivity } from './mask-bits.js';
import { processingTimes } from './processing-times.js';
import { endOfStep } from './sorted-spikes.js';
import { SpikeOrder } from './spike-order.js';
import type { StepMessages } from './step-messages.js';
import { UpdatesByArrivals } from './updates-by-arrivals.js';

export interface WalkOptions {
  /**
   * What the bits of `Activity.masks` say. `state`: which compartments were updated. `arrivals`: which had v
   * other than 0 before the step, or a bias; updated are these, those that fired, and those that any spike of
   * the step before reaches, even if its weights sum to 0 (SANA-FE's rule).
   */
  readonly updates: 'state' | 'arrivals';
}

export class MessageWalk {
  /** Compartments updated in the step last yielded, by core; places of sources have none. */
  readonly updated: Uint32Array;
  readonly #compartments: Uint32Array;
  readonly #table: MessageTable;
  readonly #costs: CoreCosts;
  readonly #order: SpikeOrder;
  readonly #arrivals: UpdatesByArrivals | null;
  /** Per source without compartment, its compartments walked before it; per message of the table, its cost and its synaptic events. */
  readonly #visit: Uint32Array | null;
  readonly #processing: Float64Array;
  readonly #events: Uint32Array;
  readonly #firstWord: Uint32Array;
  /** Cores of the image; the rest are places of sources. */
  readonly #cores: number;
  readonly #messages: StepMessages;

  constructor(image: ChipImage, costs: CoreCosts, { updates }: WalkOptions) {
    const places = image.sources.senders?.places.length ?? 0;
    this.#cores = image.cores.length;
    const cores = this.#cores + places;
    this.#compartments = new Uint32Array(cores);
    image.cores.forEach(({ n }, core) => {
      this.#compartments[core] = n;
    });
    this.updated = new Uint32Array(cores);
    this.#table = messageTable(image);
    this.#costs = costs;
    this.#order = new SpikeOrder(image, this.#table);
    this.#arrivals = updates === 'arrivals' ? new UpdatesByArrivals(image) : null;
    this.#visit = image.sources.senders?.visit ?? null;
    const { to, sparse, dense, conv } = this.#table;
    this.#processing = processingTimes(this.#table, costs);
    this.#events = Uint32Array.from(to, (_, i) => sparse[i]! + dense[i]! + conv[i]!);
    this.#firstWord = activityWords(image.cores);
    this.#messages = {
      step: 0,
      first: new Uint32Array(cores + 1),
      key: new Uint32Array(0),
      to: new Uint32Array(0),
      events: new Uint32Array(0),
      generation: new Float64Array(0),
      processing: new Float64Array(0),
      rest: new Float64Array(cores),
      hostProcessing: new Float64Array(cores),
    };
  }

  /**
   * The messages of every step of a recording, which must hold all spikes and `activity` with masks. What is
   * yielded is the same object each time, valid until the next.
   *
   * With `updates: 'arrivals'`, recordings must follow each other from step 1 on.
   *
   * @throws {SeamountError} E_USAGE without masks or out of order, E_INPUT for a recording of another image
   */
  *steps(recording: Recording): Generator<StepMessages, void> {
    const words = this.#firstWord[this.#cores]!;
    const { masks, counts } = markedActivity(recording, { cores: this.#cores, words });
    const { steps, ids } = recording.spikes;
    let end = 0;
    for (let step = recording.from; step <= recording.to; step++) {
      const row = step - recording.from;
      const begin = end;
      end = endOfStep(steps, step, begin);
      if (this.#arrivals === null) {
        this.updated.set(counts.subarray(row * this.#cores, (row + 1) * this.#cores));
        this.#walk(step, ids, begin, end, masks, row * words);
      } else {
        this.#arrivals.open(step, masks, row * words, ids, begin, end);
        this.#arrivals.count(this.updated, 0);
        this.#walk(step, ids, begin, end, this.#arrivals.row, 0);
      }
      yield this.#messages;
    }
  }

  /** Makes the messages of spikes `begin` .. `end - 1`, whose cores have their masks from `masks[rowStart]` on. */
  #walk(
    step: number,
    ids: Uint32Array,
    begin: number,
    end: number,
    masks: Uint32Array,
    rowStart: number,
  ): void {
    this.#collect(ids, begin, end);
    const { keyOfRank, ranks, firstOfCore: firstRank, times } = this.#order;
    const { start, to: destination, firstOfCore } = this.#table;
    const { visit, updateActive, updateIdle, spike, axonOut, unit } = this.#costs;
    const { first, key, to, events, generation, processing, rest } = this.#messages;
    const eventsOf = this.#events;
    const processingOf = this.#processing;
    const cores = this.#compartments.length;
    const firstSource = firstOfCore[this.#cores]!;
    // every compartment costs the one, those updated the other as well
    const each = visit + updateIdle;
    const active = updateActive - updateIdle;
    const fired = this.#order.take();
    let at = 0;
    let i = 0;
    this.#messages.step = step;
    for (let core = 0; core < cores; core++) {
      first[core] = at;
      const n = this.#compartments[core]!;
      const mask = n === 0 ? 0 : rowStart + this.#firstWord[core]!;
      const endRank = firstRank[core + 1]!;
      let pending = 0;
      let walked = 0;
      let walkedUpdated = 0;
      for (; i < fired && ranks[i]! < endRank; i++) {
        const source = keyOfRank[ranks[i]!]!;
        let copies = 1;
        let upTo = 0;
        if (source < firstSource) {
          upTo = source - firstOfCore[core]! + 1;
        } else {
          upTo = Math.min(n, this.#visit![source - firstSource]!);
          copies = times[source - firstSource]!;
          times[source - firstSource] = 0;
        }
        const updated = countBits(masks, mask, walked, upTo);
        const fires = source < firstSource ? spike : 0;
        if (unit === 'ps') pending += (upTo - walked) * each + updated * active + fires;
        else pending = this.#addOneByOne(pending, masks, mask, walked, upTo, fires);
        walkedUpdated += updated;
        walked = upTo;
        for (; copies > 0; copies--) {
          const endEntry = start[source + 1]!;
          for (let entry = start[source]!; entry < endEntry; entry++) {
            key[at] = source;
            to[at] = destination[entry]!;
            events[at] = eventsOf[entry]!;
            generation[at] = pending + axonOut;
            processing[at] = processingOf[entry]!;
            pending = 0;
            at++;
          }
        }
      }
      if (unit === 'ps')
        rest[core] = pending + (n - walked) * each + (this.updated[core]! - walkedUpdated) * active;
      else rest[core] = this.#addOneByOne(pending, masks, mask, walked, n, 0);
    }
    first[cores] = at;
    this.#receiveFromHost(i, fired);
  }

  /** `pending` after compartments `from` .. `to - 1` of a core, the last of which takes `fires` longer. */
  #addOneByOne(
    pending: number,
    masks: Uint32Array,
    mask: number,
    from: number,
    to: number,
    fires: number,
  ): number {
    const { visit, updateActive, updateIdle } = this.#costs;
    let sum = pending;
    for (let i = from; i < to; i++) {
      const updated = (masks[mask + (i >>> 5)]! >>> (i & 31)) & 1;
      const update = visit + (updated === 1 ? updateActive : updateIdle);
      sum += i === to - 1 ? update + fires : update;
    }
    return sum;
  }

  /** What cores have to do for spikes of sources without a place, which are `ranks[from]` .. `ranks[to - 1]`. */
  #receiveFromHost(from: number, to: number): void {
    const { hostProcessing } = this.#messages;
    const { ranks, keyOfRank, times } = this.#order;
    const { start, to: destination, firstOfCore } = this.#table;
    const firstSource = firstOfCore[this.#cores]!;
    hostProcessing.fill(0);
    for (let i = from; i < to; i++) {
      const source = keyOfRank[ranks[i]!]!;
      const copies = times[source - firstSource]!;
      times[source - firstSource] = 0;
      for (let entry = start[source]!; entry < start[source + 1]!; entry++)
        hostProcessing[destination[entry]!]! += copies * this.#processing[entry]!;
    }
  }

  /** Reads the spikes `begin` .. `end - 1`, and makes room for their messages. */
  #collect(ids: Uint32Array, begin: number, end: number): void {
    const order = this.#order;
    const { start } = this.#table;
    let count = 0;
    for (let i = begin; i < end; i++) {
      const source = order.add(ids[i]!);
      count += start[source + 1]! - start[source]!;
    }
    const messages = this.#messages;
    if (messages.key.length >= count) return;
    messages.key = new Uint32Array(2 * count);
    messages.to = new Uint32Array(2 * count);
    messages.events = new Uint32Array(2 * count);
    messages.generation = new Float64Array(2 * count);
    messages.processing = new Float64Array(2 * count);
  }
}
