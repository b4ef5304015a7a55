/** What one spike of a key sets off, reckoned from its messages: for series of steps. Ledgers sum up first (spike-sums.ts). */
import type { ChipImage, MessageTable } from '../../routing/index.js';
import type { EventName } from './events.js';
import { ROUTE_EVENTS, Routes, sendersOf } from './routes.js';

/** Events that follow from a spike, as columns of a row; updates come from the chip, the rest from time. */
export const KEY_EVENTS = [
  ...ROUTE_EVENTS,
  'axonOut',
  'hostMessage',
  'axonIn',
  'synapseSparse',
  'synapseDense',
  'synapseConv',
  'spike',
] as const satisfies readonly EventName[];

const AXON_OUT = ROUTE_EVENTS.length;

export class KeyEvents {
  /** Place of each key, -1 for the host. */
  readonly #sender: Int32Array;
  /** Of the key last asked for, in order of `KEY_EVENTS`. */
  readonly row = new Float64Array(KEY_EVENTS.length);
  readonly #table: MessageTable;
  readonly #routes: Routes;
  readonly #firstSource: number;

  constructor(image: ChipImage, table: MessageTable) {
    this.#sender = sendersOf(image, table);
    this.#table = table;
    this.#routes = new Routes(image);
    this.#firstSource = table.firstOfCore[image.cores.length]!;
  }

  /** Fills `row` with what one spike of `key` sets off. */
  of(key: number): Float64Array {
    const { start, to, sparse, dense, conv } = this.#table;
    const row = this.row.fill(0);
    const from = this.#sender[key]!;
    const begin = start[key]!;
    const end = start[key + 1]!;
    let sparseEvents = 0;
    let denseEvents = 0;
    let convEvents = 0;
    for (let m = begin; m < end; m++) {
      if (from >= 0) this.#routes.add(row, from, to[m]!, 1);
      sparseEvents += sparse[m]!;
      denseEvents += dense[m]!;
      convEvents += conv[m]!;
    }
    row[AXON_OUT] = from < 0 ? 0 : end - begin;
    row[AXON_OUT + 1] = from < 0 ? end - begin : 0;
    row[AXON_OUT + 2] = end - begin;
    row[AXON_OUT + 3] = sparseEvents;
    row[AXON_OUT + 4] = denseEvents;
    row[AXON_OUT + 5] = convEvents;
    row[AXON_OUT + 6] = key < this.#firstSource ? 1 : 0;
    return row;
  }
}
