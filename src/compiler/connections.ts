/**
 * The synapses of one projection before weights are quantised: rows of the pre view, ascending, each with
 * its post neurons in ascending order.
 */
export interface Connections {
  /** length rows + 1 */
  readonly start: Uint32Array;
  /** Post neurons, numbered in the post view. */
  readonly post: Uint32Array;
  /** Whether `post` is the user's own array, which must not be written to. */
  readonly borrowed: boolean;
  /** Position of each synapse in the user's list; null where that is the order here, or where nobody asks. */
  readonly order: Uint32Array | null;
  /** The connector's own weights and delays, in the order of the user's list. */
  readonly weights: ArrayLike<number> | null;
  readonly delays: ArrayLike<number> | null;
  /** A pair may occur twice, so a row cannot be dense. */
  readonly multapses: boolean;
}

export const plainConnections = (start: Uint32Array, post: Uint32Array, multapses = false): Connections => ({
  start,
  post,
  borrowed: false,
  order: null,
  weights: null,
  delays: null,
  multapses,
});

/** Lists of unknown length: doubles as it grows. */
export class GrowingList {
  #values: Uint32Array;
  length = 0;

  constructor(capacity: number) {
    this.#values = new Uint32Array(Math.max(16, Math.ceil(capacity)));
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** The values so far; the list ends here. A copy only where it frees more than a quarter of the room taken. */
  take(): Uint32Array {
    const values = this.#values.subarray(0, this.length);
    return this.length > 0.75 * this.#values.length ? values : values.slice();
  }
}

/** Running sums of counts: `start[i]` = sum of counts before i. `counts` has one entry more than rows, the last 0. */
export function startsOf(counts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    counts[i] = sum;
    sum += count;
  }
  return counts;
}

/** Turns synapses sorted by column into rows: `columnStart` over columns, `row` of each. Rows come out ascending by column. */
export function transpose(
  columnStart: Uint32Array,
  row: Uint32Array,
  rows: number,
): { readonly start: Uint32Array; readonly post: Uint32Array } {
  const start = new Uint32Array(rows + 1);
  for (let k = 0; k < row.length; k++) start[row[k]!]!++;
  startsOf(start);
  const next = start.slice();
  const post = new Uint32Array(row.length);
  for (let column = 0; column + 1 < columnStart.length; column++) {
    for (let k = columnStart[column]!; k < columnStart[column + 1]!; k++) {
      const at = row[k]!;
      post[next[at]!] = column;
      next[at]!++;
    }
  }
  return { start, post };
}
