/**
 * Model `simple` from spikes and counts alone: no message is made and no mask is read, because its sums do
 * not ask in which order a core works. What spikes add is counted by row first, so that a step of a fully connected
 * layer costs one row and not one for each spike. Sums are exact and equal those of `SimpleModel`.
 */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, Recording } from '../../routing/index.js';
import type { CoreCosts } from './core-costs.js';
import { busiest } from './simple.js';
import { NOWHERE, type SimpleCosts, simpleCosts } from './simple-costs.js';
import { openSimpleKernels, type SimpleKernels } from './simple-kernels.js';
import { NO_SOURCE, unknownNeuron } from './source-keys.js';
import type { MeshCosts } from './step-messages.js';

export interface SumsOptions {
  /** Both compute the same; `wasm`, the default, is faster, and is `scalar` where there is no WebAssembly or a cost is too large for it. */
  readonly kernels?: 'scalar' | 'wasm';
}

export class SimpleSums {
  readonly #costs: SimpleCosts;
  readonly #kernels: SimpleKernels | null;
  /** Spikes by row in this step, and the rows that have any. */
  readonly #times: Uint32Array;
  readonly #touched: Uint32Array;
  readonly #sent: Float64Array;
  readonly #received: Float64Array;

  /** @throws {SeamountError} E_USAGE for costs in seconds */
  constructor(
    image: ChipImage,
    costs: CoreCosts,
    mesh: Pick<MeshCosts, 'barrier'>,
    { kernels = 'wasm' }: SumsOptions = {},
  ) {
    this.#costs = simpleCosts(image, costs, mesh);
    const { cores, places, rows } = this.#costs;
    this.#kernels = kernels === 'wasm' ? openSimpleKernels(this.#costs) : null;
    this.#times = new Uint32Array(rows.start.length - 1);
    this.#touched = new Uint32Array(rows.start.length - 1);
    this.#sent = new Float64Array(cores + places);
    this.#received = new Float64Array(cores);
  }

  /** What steps are computed by. */
  get kernels(): 'scalar' | 'wasm' {
    return this.#kernels === null ? 'scalar' : 'wasm';
  }

  /**
   * Times of all steps of a recording into `times[at ..]`, and codes (step-bounds.ts) of what bounded them into
   * `bounds[at ..]`. The recording must hold all spikes and `activity`; masks are not needed.
   *
   * @throws {SeamountError} E_USAGE without activity, E_INPUT for a recording of another image
   */
  time(recording: Recording, times: Float64Array, bounds: Int32Array, at: number): void {
    const counts = this.#countsOf(recording);
    const { from, to, spikes } = recording;
    if (this.#kernels !== null) {
      const stranger = this.#kernels.time(spikes, counts, recording, { times, bounds, at });
      if (stranger >= 0) throw unknownNeuron(spikes.ids[stranger]!);
      return;
    }
    const { barrier, cores } = this.#costs;
    let spike = 0;
    for (let step = from; step <= to; step++) {
      const begin = spike;
      while (spike < spikes.steps.length && spikes.steps[spike] === step) spike++;
      this.#begin(counts, (step - from) * cores);
      this.#addSpikes(spikes.ids, begin, spike);
      const { time, code } = busiest(this.#sent, this.#received, barrier);
      times[at + step - from] = time;
      bounds[at + step - from] = code;
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
    if (counts.length !== (to - from + 1) * this.#costs.cores)
      throw new SeamountError(
        'E_INPUT',
        `activity of ${to - from + 1} steps has ${counts.length} counts, not what the image has cores for`,
        'use the image that was run',
      );
    return counts;
  }

  /** Takes up a step without spikes, whose counts are in a row from `row` on. */
  #begin(counts: Uint32Array, row: number): void {
    const { cores, idle, active } = this.#costs;
    const sent = this.#sent.fill(0);
    for (let core = 0; core < cores; core++) sent[core] = idle[core]! + active * counts[row + core]!;
    this.#received.fill(0);
  }

  #addSpikes(ids: Uint32Array, begin: number, end: number): void {
    const { keyOfId, core, sending, rows } = this.#costs;
    const times = this.#times;
    const touched = this.#touched;
    let count = 0;
    for (let i = begin; i < end; i++) {
      const id = ids[i]!;
      const key = id < keyOfId.length ? keyOfId[id]! : NO_SOURCE;
      if (key === NO_SOURCE) throw unknownNeuron(id);
      if (core[key] !== NOWHERE) this.#sent[core[key]!]! += sending[key]!;
      const row = rows.row[key]!;
      if (times[row] === 0) touched[count++] = row;
      times[row]!++;
    }
    for (let i = 0; i < count; i++) this.#addRow(touched[i]!);
  }

  #addRow(row: number): void {
    const { start, core, cost } = this.#costs.rows;
    const times = this.#times[row]!;
    this.#times[row] = 0;
    for (let i = start[row]!; i < start[row + 1]!; i++) this.#received[core[i]!]! += times * cost[i]!;
  }
}
