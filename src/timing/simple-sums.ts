/**
 * Model `simple` from spikes and counts alone: no message is made and no mask is read, because its sums do
 * not ask in which order a core works. What a spike adds at each core is one row, worked out once; sources
 * with equal rows share it, so that a step of a fully connected layer costs one row and not one for each
 * spike. Times are whole picoseconds, so sums are exact and equal those of `SimpleModel`.
 */
import { SeamountError } from '../../cores/index.js';
import { type ChipImage, messageTable, type Recording } from '../../routing/index.js';
import type { CoreBounds } from './core-bounds.js';
import type { CoreCosts } from './core-costs.js';
import { processingTimes } from './processing-times.js';
import { receivingRows } from './receiving-rows.js';
import { keysOfIds, NO_SOURCE, unknownNeuron } from './source-keys.js';
import { SpikeRows } from './spike-rows.js';
import type { MeshCosts } from './step-messages.js';

/** Core of a source of the host without a place. */
const NOWHERE = 0xffff_ffff;

export class SimpleSums {
  readonly #barrier: number;
  readonly #cores: number;
  readonly #keyOfId: Uint32Array;
  /** By key: its core, what its spike costs there, and its row. */
  readonly #core: Uint32Array;
  readonly #sending: Float64Array;
  readonly #row: Uint32Array;
  /** Row r adds cost[i] at core[i], for start[r] <= i < start[r + 1]. */
  readonly #rowStart: Uint32Array;
  readonly #rowCore: Uint32Array;
  readonly #rowCost: Float64Array;
  /** Spikes by row in this step, and the rows that have any. */
  readonly #times: Uint32Array;
  readonly #touched: Uint32Array;
  /** By core: ps when nothing happens, and what each compartment with work takes longer. */
  readonly #idle: Float64Array;
  readonly #active: number;
  readonly #sent: Float64Array;
  readonly #received: Float64Array;
  /** In place of rows by source, where sources differ and reach many cores. */
  readonly #spikeRows: SpikeRows | null;

  /** @throws {SeamountError} E_USAGE for costs in seconds */
  constructor(image: ChipImage, costs: CoreCosts, { barrier }: Pick<MeshCosts, 'barrier'>) {
    if (costs.unit !== 'ps')
      throw new SeamountError(
        'E_USAGE',
        'sums without messages need costs in whole picoseconds',
        "make the costs with unit 'ps', or use SimpleModel",
      );
    const table = messageTable(image);
    const { keys, firstOfCore, start, idOfKey } = table;
    const senders = image.sources.senders;
    const firstSource = firstOfCore[image.cores.length]!;
    this.#barrier = barrier;
    this.#cores = image.cores.length;
    this.#keyOfId = keysOfIds(idOfKey);
    this.#core = new Uint32Array(keys).fill(NOWHERE);
    this.#sending = new Float64Array(keys);
    for (let core = 0; core < this.#cores; core++)
      this.#core.fill(core, firstOfCore[core]!, firstOfCore[core + 1]!);
    if (senders !== undefined) this.#core.set(senders.core, firstSource);
    for (let key = 0; key < keys; key++)
      this.#sending[key] =
        (key < firstSource ? costs.spike : 0) + (start[key + 1]! - start[key]!) * costs.axonOut;
    const processing = processingTimes(table, costs);
    const rows = receivingRows(table, processing);
    this.#row = rows.row;
    this.#rowStart = rows.start;
    this.#rowCore = rows.core;
    this.#rowCost = rows.cost;
    this.#times = new Uint32Array(rows.start.length - 1);
    this.#touched = new Uint32Array(rows.start.length - 1);
    const places = senders?.places.length ?? 0;
    const { visit, updateIdle, updateActive } = costs;
    this.#idle = Float64Array.from({ length: this.#cores + places }, (_, core) =>
      core < this.#cores ? image.cores[core]!.n * (visit + updateIdle) : 0,
    );
    this.#active = updateActive - updateIdle;
    this.#sent = new Float64Array(this.#cores + places);
    this.#received = new Float64Array(this.#cores + places);
    const differ = 4 * (rows.start.length - 1) > keys;
    this.#spikeRows = differ
      ? SpikeRows.of(table, this.#cores, {
          keyOfId: this.#keyOfId,
          core: this.#core,
          sending: this.#sending,
          processing,
        })
      : null;
  }

  /**
   * Times of all steps of a recording into `times[at ..]`, and what bounded them into `bounds`; nothing is made for a
   * step. The recording must hold all spikes and `activity`; masks are not needed.
   *
   * @throws {SeamountError} E_USAGE without activity, E_INPUT for a recording of another image
   */
  time(recording: Recording, times: Float64Array, at: number, bounds: CoreBounds): void {
    const counts = this.#countsOf(recording);
    const { from, to, spikes } = recording;
    let spike = 0;
    for (let step = from; step <= to; step++) {
      spike = this.#sum(spikes, spike, step, counts, (step - from) * this.#cores);
      times[at + step - from] = bounds.add(this.#sent, this.#received) + this.#barrier;
    }
  }

  #countsOf({ from, to, activity }: Recording): Uint32Array {
    if (activity === null)
      throw new SeamountError(
        'E_USAGE',
        'the times of steps need to know how many compartments had work',
        "run the chip with activity 'counts'",
      );
    const { counts } = activity;
    if (counts.length !== (to - from + 1) * this.#cores)
      throw new SeamountError(
        'E_INPUT',
        `activity of ${to - from + 1} steps has ${counts.length} counts, not what the image has cores for`,
        'use the image that was run',
      );
    return counts;
  }

  /** Fills `#sent` and `#received` with a step whose spikes begin at `begin` and whose counts at `row`; returns where they end. */
  #sum(
    { steps, ids }: Recording['spikes'],
    begin: number,
    step: number,
    counts: Uint32Array,
    row: number,
  ): number {
    let end = begin;
    while (end < steps.length && steps[end] === step) end++;
    const cores = this.#cores;
    const sent = this.#sent;
    const idle = this.#idle;
    for (let core = 0; core < cores; core++) sent[core] = idle[core]! + this.#active * counts[row + core]!;
    for (let place = cores; place < sent.length; place++) sent[place] = 0;
    this.#receive(ids, begin, end);
    return end;
  }

  /** What all cores receive in a step; also adds what they send to `#sent`. */
  #receive(ids: Uint32Array, begin: number, end: number): void {
    const received = this.#received.fill(0);
    if (this.#spikeRows === null) this.#addSpikes(ids, begin, end);
    else {
      const stranger = this.#spikeRows.add(ids, begin, end, this.#sent, received);
      if (stranger >= 0) throw unknownNeuron(ids[stranger]!);
    }
  }

  #addSpikes(ids: Uint32Array, begin: number, end: number): void {
    const keyOfId = this.#keyOfId;
    const coreOf = this.#core;
    const sent = this.#sent;
    const times = this.#times;
    const touched = this.#touched;
    let rows = 0;
    for (let i = begin; i < end; i++) {
      const id = ids[i]!;
      const key = id < keyOfId.length ? keyOfId[id]! : NO_SOURCE;
      if (key === NO_SOURCE) throw unknownNeuron(id);
      const core = coreOf[key]!;
      if (core !== NOWHERE) sent[core]! += this.#sending[key]!;
      const row = this.#row[key]!;
      if (times[row] === 0) touched[rows++] = row;
      times[row]!++;
    }
    for (let i = 0; i < rows; i++) this.#addRow(touched[i]!);
  }

  #addRow(row: number): void {
    const cores = this.#rowCore;
    const costs = this.#rowCost;
    const received = this.#received;
    const times = this.#times[row]!;
    const end = this.#rowStart[row + 1]!;
    this.#times[row] = 0;
    for (let i = this.#rowStart[row]!; i < end; i++) received[cores[i]!]! += times * costs[i]!;
  }
}
