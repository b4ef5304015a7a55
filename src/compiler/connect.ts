/** Connectors to synapses: stage one of quantising. Expects what check.ts has passed. */
import type { AllToAllConnector, MatrixConnector } from '../api/connectors.js';
import type { Projection } from '../api/projection.js';
import { connectConv2d } from './connect-conv2d.js';
import { connectList, connectRows } from './connect-list.js';
import { connectFixedNumber, connectProbability, type Sides } from './connect-random.js';
import { type Connections, plainConnections } from './connections.js';
import { PURPOSE, RandomStream } from './random-stream.js';
import { isPerSynapse } from './synapse-values.js';

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
      return connectList(connector, sides.rows, hasListedValues(projection));
    case 'rows':
      return connectRows(connector, hasListedValues(projection));
    case 'matrix':
      return connectMatrix(connector);
    case 'conv2d':
      return connectConv2d(connector);
  }
}

/** Whether anything is given per synapse, so that the order of the user's list must be kept. */
function hasListedValues({ connector, synapse: { weight, delay, weightExp } }: Projection): boolean {
  const own = connector.kind === 'list' || connector.kind === 'rows' ? connector : null;
  return [weight ?? own?.weights, delay ?? own?.delays, weightExp].some((value) =>
    isPerSynapse(value ?? undefined),
  );
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
  return { ...plainConnections(start, post), weights };
}
