/**
 * Synapses the user lists, as rows. What is in order already is taken as it is, without a copy: lists are the
 * way to give millions of synapses, and mostly made by a rule that goes from pre to post.
 */
import type { ListConnector, RowsConnector } from '../api/connectors.js';
import { type Connections, startsOf } from './connections.js';

/** `keepsOrder`: whether it matters where in the list a synapse was. Equal pairs keep the list's order. */
export function connectList(list: ListConnector, rows: number, keepsOrder: boolean): Connections {
  const { pre, post, weights, delays } = list;
  const start = new Uint32Array(rows + 1);
  const ascends = countRows(pre, start);
  startsOf(start);
  if (ascends) return inRows({ start, post, weights, delays }, keepsOrder);
  const order = new Uint32Array(pre.length);
  const next = start.slice();
  for (let k = 0; k < order.length; k++) order[next[pre[k]!]!++] = k;
  const sorted = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[k] = post[order[k]!]!;
  const multapses = sortRows(start, sorted, order);
  return {
    start,
    post: sorted,
    borrowed: false,
    order: keepsOrder ? order : null,
    weights,
    delays,
    multapses,
  };
}

/** As `connectList`. */
export function connectRows({ start, ...columns }: RowsConnector, keepsOrder: boolean): Connections {
  return inRows(
    { start: start instanceof Uint32Array ? start : Uint32Array.from(start), ...columns },
    keepsOrder,
  );
}

/** Counts the synapses of each row; whether they come row after row. */
function countRows(pre: ArrayLike<number>, counts: Uint32Array): boolean {
  let last = 0;
  let ascends = true;
  for (let k = 0; k < pre.length; k++) {
    const row = pre[k]!;
    if (row < last) ascends = false;
    last = row;
    counts[row]!++;
  }
  return ascends;
}

interface Rows extends Pick<ListConnector, 'post' | 'weights' | 'delays'> {
  readonly start: Uint32Array;
}

function inRows({ start, post: given, weights, delays }: Rows, keepsOrder: boolean): Connections {
  const own = given instanceof Uint32Array ? null : Uint32Array.from(given);
  const post = own ?? (given as Uint32Array);
  const common = { start, weights, delays };
  const found = judgeRows(start, post);
  if (found !== 'unsorted')
    return { ...common, post, borrowed: own === null, order: null, multapses: found === 'multapses' };
  const sorted = own ?? post.slice();
  const order = keepsOrder ? new Uint32Array(sorted.length) : null;
  if (order) for (let k = 0; k < order.length; k++) order[k] = k;
  return { ...common, post: sorted, borrowed: false, order, multapses: sortRows(start, sorted, order) };
}

/** Whether the post neurons of every row ascend, and if so, whether some occur twice in a row. */
function judgeRows(start: Uint32Array, post: Uint32Array): 'distinct' | 'multapses' | 'unsorted' {
  let multapses = false;
  for (let row = 0; row + 1 < start.length; row++) {
    const end = start[row + 1]!;
    for (let k = start[row]! + 1; k < end; k++) {
      if (post[k]! > post[k - 1]!) continue;
      if (post[k]! < post[k - 1]!) return 'unsorted';
      multapses = true;
    }
  }
  return multapses ? 'multapses' : 'distinct';
}

/** Rows up to this long are sorted by insertion: the native sort costs half a microsecond before it begins. */
const SHORT_ROW = 32;

/** Sorts post neurons within each row, and `order` with them, stably; whether a pair occurs twice. */
function sortRows(start: Uint32Array, post: Uint32Array, order: Uint32Array | null): boolean {
  let multapses = false;
  for (let row = 0; row + 1 < start.length; row++) {
    const from = start[row]!;
    const end = start[row + 1]!;
    if (end - from <= SHORT_ROW) sortShort(post, order, from, end);
    else if (order) sortLong(post, order, from, end);
    else post.subarray(from, end).sort();
    for (let k = from + 1; k < end; k++) if (post[k] === post[k - 1]) multapses = true;
  }
  return multapses;
}

function sortShort(post: Uint32Array, order: Uint32Array | null, from: number, end: number): void {
  for (let k = from + 1; k < end; k++) {
    const neuron = post[k]!;
    let at = k;
    if (order) {
      const position = order[k]!;
      for (; at > from && post[at - 1]! > neuron; at--) {
        post[at] = post[at - 1]!;
        order[at] = order[at - 1]!;
      }
      order[at] = position;
    } else for (; at > from && post[at - 1]! > neuron; at--) post[at] = post[at - 1]!;
    post[at] = neuron;
  }
}

/** Neuron and position in the row as one number, which a native sort puts in order. */
function sortLong(post: Uint32Array, order: Uint32Array, from: number, end: number): void {
  const count = end - from;
  const keys = new Float64Array(count);
  const positions = order.slice(from, end);
  for (let k = 0; k < count; k++) keys[k] = post[from + k]! * count + k;
  keys.sort();
  for (let k = 0; k < count; k++) {
    const neuron = Math.floor(keys[k]! / count);
    post[from + k] = neuron;
    order[from + k] = positions[keys[k]! - neuron * count]!;
  }
}
