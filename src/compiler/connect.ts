/** Connectors to synapses: stage one of quantising. Expects what check.ts has passed. */
import type { AllToAllConnector, ListConnector, MatrixConnector } from '../api/connectors.js';
import type { Projection } from '../api/projection.js';
import { connectConv2d } from './connect-conv2d.js';
import { connectFixedNumber, connectProbability, type Sides } from './connect-random.js';
import { type Connections, plainConnections, startsOf } from './connections.js';
import { PURPOSE, RandomStream } from './random-stream.js';

export function sidesOf({ pre, post }: Projection): Sides {
  return {
    rows: pre.size,
    columns: post.size,
    selfShift: pre.population === post.population ? pre.from - post.from : null,
  };
}

export function connect(projection: Projection, seed: number): Connections {
  const { connector } = projection;
  const sides = sidesOf(projection);
  const stream = () => new RandomStream(seed, projection.index, PURPOSE.connect);
  switch (connector.kind) {
    case 'allToAll':
      return connectAll(connector, sides);
    case 'oneToOne':
      return plainConnections(
        Uint32Array.from({ length: sides.rows + 1 }, (_, i) => i),
        Uint32Array.from({ length: sides.rows }, (_, i) => i),
      );
    case 'fixedProbability':
      return connectProbability(connector, sides, stream());
    case 'fixedNumberPre':
    case 'fixedNumberPost':
      return connectFixedNumber(connector, sides, stream());
    case 'list':
      return connectList(connector, sides);
    case 'matrix':
      return connectMatrix(connector);
    case 'conv2d':
      return connectConv2d(connector);
  }
}

function connectAll({ allowSelf }: AllToAllConnector, { rows, columns, selfShift }: Sides): Connections {
  const start = new Uint32Array(rows + 1);
  const post = new Uint32Array(rows * columns);
  let k = 0;
  for (let row = 0; row < rows; row++) {
    const self = allowSelf || selfShift === null ? -1 : row + selfShift;
    for (let column = 0; column < columns; column++) if (column !== self) post[k++] = column;
    start[row + 1] = k;
  }
  return plainConnections(start, k === post.length ? post : post.slice(0, k));
}

/** Two stable counting sorts, by post then by pre, so that equal pairs keep the list's order. */
function connectList({ pre, post, weights, delays }: ListConnector, { rows, columns }: Sides): Connections {
  const total = pre.length;
  const byPost = sortStable(post, null, columns).order;
  const { order, start } = sortStable(pre, byPost, rows);
  const sorted = new Uint32Array(total);
  let multapses = false;
  for (let row = 0; row < rows; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) {
      sorted[k] = post[order[k]!]!;
      if (k > start[row]! && sorted[k] === sorted[k - 1]) multapses = true;
    }
  }
  const inOrder = (values: ArrayLike<number> | null): Float64Array | null =>
    values && Float64Array.from(order, (k) => values[k]!);
  return { start, post: sorted, order, weights: inOrder(weights), delays: inOrder(delays), multapses };
}

function sortStable(
  keys: ArrayLike<number>,
  from: Uint32Array | null,
  count: number,
): { readonly order: Uint32Array; readonly start: Uint32Array } {
  const start = new Uint32Array(count + 1);
  for (let k = 0; k < keys.length; k++) start[keys[k]!]!++;
  startsOf(start);
  const next = start.slice();
  const order = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const item = from ? from[k]! : k;
    const key = keys[item]!;
    order[next[key]!] = item;
    next[key]!++;
  }
  return { order, start };
}

function connectMatrix({ rows, columns, data, weighted }: MatrixConnector): Connections {
  let total = 0;
  for (let k = 0; k < data.length; k++) if (data[k] !== 0) total++;
  const start = new Uint32Array(rows + 1);
  const post = new Uint32Array(total);
  const weights = weighted ? new Float64Array(total) : null;
  let k = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column]!;
      if (value === 0) continue;
      post[k] = column;
      if (weights) weights[k] = value;
      k++;
    }
    start[row + 1] = k;
  }
  return { start, post, order: null, weights, delays: null, multapses: false };
}
