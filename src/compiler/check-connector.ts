/** Whether a connector fits the two sides of its projection. */
import type { RowsConnector } from '../api/connectors.js';
import type { Projection } from '../api/projection.js';
import { sidesOf } from './connect.js';
import { partnersAtLeast } from './connect-random.js';

type Complain = (message: string, hint?: string) => void;

/** Synapses of one projection, an emulator limit: their arrays are indexed with 32 bits. */
const SYNAPSES_MAX = 2 ** 30;

export function checkConnector(projection: Projection, complain: Complain): void {
  const { connector, pre, post } = projection;
  const { rows, columns } = sidesOf(projection);
  const many = (count: number) => {
    if (count > SYNAPSES_MAX)
      complain(
        `would have ${Math.round(count)} synapses, the emulator takes ${SYNAPSES_MAX} in one projection`,
        'split the projection',
      );
  };
  switch (connector.kind) {
    case 'allToAll':
      many(rows * columns);
      return;
    case 'oneToOne':
      if (rows !== columns)
        complain(`joins ${rows} neurons one to one with ${columns}`, 'both sides need one size');
      return;
    case 'fixedProbability':
      if (!(connector.probability >= 0 && connector.probability <= 1))
        complain(`probability is ${connector.probability}; it must be 0..1`);
      many(rows * columns * connector.probability);
      return;
    case 'fixedNumberPre':
    case 'fixedNumberPost': {
      const { n, multapses, kind } = connector;
      const among = partnersAtLeast(connector, sidesOf(projection));
      const most = multapses && among > 0 ? Number.POSITIVE_INFINITY : among;
      if (!(Number.isInteger(n) && n >= 0)) complain(`n is ${n}; it must be a whole number`);
      else if (n > most)
        complain(
          `draws ${n} of ${among} ${kind === 'fixedNumberPre' ? 'pre' : 'post'} neurons`,
          multapses ? '' : 'lower n, or allow multapses',
        );
      many(n * (kind === 'fixedNumberPre' ? columns : rows));
      return;
    }
    case 'list': {
      const { weights, delays } = connector;
      many(connector.pre.length);
      for (const [name, list] of [
        ['post', connector.post],
        ['weight', weights],
        ['delay', delays],
      ] as const) {
        if (list && list.length !== connector.pre.length)
          complain(`the list has ${connector.pre.length} pre neurons and ${list.length} values of ${name}`);
      }
      outside(connector.pre, rows, `pre neuron of ${pre.label}`, complain);
      outside(connector.post, columns, `post neuron of ${post.label}`, complain);
      return;
    }
    case 'rows':
      many(connector.post.length);
      checkRows(connector, rows, pre.label, complain);
      outside(connector.post, columns, `post neuron of ${post.label}`, complain);
      return;
    case 'matrix':
      if (connector.rows !== rows || connector.columns !== columns)
        complain(
          `the matrix is ${connector.rows} x ${connector.columns}, pre x post are ${rows} x ${columns}`,
          connector.rows === columns && connector.columns === rows ? 'it is [pre][post]: transpose it' : '',
        );
      return;
    case 'conv2d': {
      const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
      const { inputShape, outputShape } = connector;
      if (product(inputShape) !== rows)
        complain(`the input shape [${inputShape}] has ${product(inputShape)} neurons, ${pre.label} ${rows}`);
      if (product(outputShape) !== columns)
        complain(
          `the output shape [${outputShape}] has ${product(outputShape)} neurons, ${post.label} ${columns}`,
          'connector.outputShape tells the size the post population needs',
        );
      return;
    }
  }
}

function checkRows(
  { start, post, weights, delays }: RowsConnector,
  rows: number,
  pre: string,
  complain: Complain,
) {
  for (const [name, list] of [
    ['weight', weights],
    ['delay', delays],
  ] as const) {
    if (list && list.length !== post.length)
      complain(`the rows have ${post.length} post neurons and ${list.length} values of ${name}`);
  }
  if (start.length !== rows + 1) {
    complain(
      `has ${start.length} starts of rows, ${pre} needs ${rows + 1}`,
      'one more than there are neurons: where each row starts, and where the last one ends',
    );
    return;
  }
  let last = 0;
  for (let row = 0; row <= rows; row++) {
    const at = start[row]!;
    if (!(Number.isInteger(at) && at >= last && (row > 0 || at === 0))) {
      complain(`row ${row} starts at ${at}`, 'rows start at 0 and each where the one before it ends');
      return;
    }
    last = at;
  }
  if (last !== post.length) complain(`the rows end at ${last}, there are ${post.length} post neurons`);
}

function outside(list: ArrayLike<number>, size: number, what: string, complain: Complain): void {
  if (list instanceof Uint32Array && largestOf(list) < size) return;
  for (let k = 0; k < list.length; k++) {
    const i = list[k]!;
    if (i >= 0 && i < size && Number.isInteger(i)) continue;
    complain(`synapse ${k} names ${what} ${i}, there are ${size}`);
    return;
  }
}

/** -1 of none. Apart from `outside`, so that the loop over most lists is of one kind of array. */
function largestOf(list: Uint32Array): number {
  let largest = -1;
  for (let k = 0; k < list.length; k++) if (list[k]! > largest) largest = list[k]!;
  return largest;
}
