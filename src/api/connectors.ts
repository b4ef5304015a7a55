/**
 * Connectors: which neurons of two populations a projection joins, as data. Random ones are drawn by the
 * compiler from the network's seed and the projection's number with integers only, so a network is the
 * same on every platform.
 */
import { SeamountError } from '../../cores/index.js';
import { type Conv2dConnector, conv2d } from './conv2d.js';

export interface SelfOption {
  /** Whether a neuron may connect to itself, when pre and post are of one population. Default true. */
  readonly allowSelf?: boolean;
}

export interface FixedNumberOptions extends SelfOption {
  /** Draw with replacement: a pair may have several synapses. Default false. */
  readonly multapses?: boolean;
}

export interface AllToAllConnector {
  readonly kind: 'allToAll';
  readonly allowSelf: boolean;
}

export interface OneToOneConnector {
  readonly kind: 'oneToOne';
}

export interface FixedProbabilityConnector {
  readonly kind: 'fixedProbability';
  readonly probability: number;
  readonly allowSelf: boolean;
}

export interface FixedNumberConnector {
  readonly kind: 'fixedNumberPre' | 'fixedNumberPost';
  readonly n: number;
  readonly allowSelf: boolean;
  readonly multapses: boolean;
}

export interface ListConnector {
  readonly kind: 'list';
  readonly pre: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  /** One per synapse, or null: the synapse type's. */
  readonly weights: ArrayLike<number> | null;
  readonly delays: ArrayLike<number> | null;
}

export interface RowsConnector {
  readonly kind: 'rows';
  readonly start: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  /** One per synapse, or null: the synapse type's. */
  readonly weights: ArrayLike<number> | null;
  readonly delays: ArrayLike<number> | null;
}

export interface MatrixConnector {
  readonly kind: 'matrix';
  /** pre neurons */
  readonly rows: number;
  /** post neurons */
  readonly columns: number;
  /** Row-major; zero = no synapse. */
  readonly data: ArrayLike<number>;
  /** Whether entries are weights, or only say that there is a synapse. */
  readonly weighted: boolean;
}

export type Connector =
  | AllToAllConnector
  | OneToOneConnector
  | FixedProbabilityConnector
  | FixedNumberConnector
  | ListConnector
  | RowsConnector
  | MatrixConnector
  | Conv2dConnector;

export type ListEntry = readonly [pre: number, post: number, weight?: number, delay?: number];

export interface SynapseColumns {
  readonly pre: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
  readonly delay?: ArrayLike<number>;
}

export interface SynapseRows {
  /** One more than there are pre neurons: the synapses of neuron i are start[i] .. start[i + 1] - 1. */
  readonly start: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
  readonly delay?: ArrayLike<number>;
}

/** Rows of numbers (or booleans), or a flat row-major array with its shape. */
export type Matrix =
  | readonly ArrayLike<number | boolean>[]
  | { readonly rows: number; readonly columns: number; readonly data: ArrayLike<number> };

const isColumns = (list: readonly ListEntry[] | SynapseColumns): list is SynapseColumns =>
  !Array.isArray(list);

/** `[pre, post, weight?, delay?]` tuples, all of one length, or the same as columns. */
function fromList(list: readonly ListEntry[] | SynapseColumns): ListConnector {
  if (isColumns(list)) {
    const { pre, post, weight = null, delay = null } = list;
    return { kind: 'list', pre, post, weights: weight, delays: delay };
  }
  const width = list[0]?.length ?? 2;
  const odd = list.findIndex((entry) => entry.length !== width);
  if (odd >= 0)
    throw new SeamountError(
      'E_USAGE',
      `synapse list: entry ${odd} has ${list[odd]!.length} values, entry 0 has ${width}`,
      'give a weight and a delay for every synapse or for none',
    );
  const column = (k: number): Float64Array => Float64Array.from(list, (entry) => entry[k] ?? 0);
  return {
    kind: 'list',
    pre: column(0),
    post: column(1),
    weights: width > 2 ? column(2) : null,
    delays: width > 3 ? column(3) : null,
  };
}

const fromRows = ({ start, post, weight, delay }: SynapseRows): RowsConnector => ({
  kind: 'rows',
  start,
  post,
  weights: weight ?? null,
  delays: delay ?? null,
});

function toMatrix(matrix: Matrix, weighted: boolean): MatrixConnector {
  if ('data' in matrix) {
    const { rows, columns, data } = matrix;
    if (data.length !== rows * columns)
      throw new SeamountError(
        'E_USAGE',
        `matrix: ${data.length} values, ${rows} x ${columns} are ${rows * columns}`,
      );
    return { kind: 'matrix', rows, columns, data, weighted };
  }
  const rows = matrix.length;
  const columns = matrix[0]?.length ?? 0;
  const data = new Float64Array(rows * columns);
  matrix.forEach((row, r) => {
    if (row.length !== columns)
      throw new SeamountError('E_USAGE', `matrix: row ${r} has ${row.length} values, row 0 has ${columns}`);
    for (let c = 0; c < columns; c++) data[r * columns + c] = Number(row[c]);
  });
  return { kind: 'matrix', rows, columns, data, weighted };
}

const fixedNumber = (
  kind: FixedNumberConnector['kind'],
  n: number,
  { allowSelf = true, multapses = false }: FixedNumberOptions,
): FixedNumberConnector => ({ kind, n, allowSelf, multapses });

export const connectors = {
  allToAll: ({ allowSelf = true }: SelfOption = {}): AllToAllConnector => ({ kind: 'allToAll', allowSelf }),
  /** Neuron i to neuron i; both sides have one size. */
  oneToOne: (): OneToOneConnector => ({ kind: 'oneToOne' }),
  /** Each pair independently with probability 0..1. */
  fixedProbability: (
    probability: number,
    { allowSelf = true }: SelfOption = {},
  ): FixedProbabilityConnector => ({ kind: 'fixedProbability', probability, allowSelf }),
  /** Each post neuron gets n pre neurons. */
  fixedNumberPre: (n: number, options: FixedNumberOptions = {}): FixedNumberConnector =>
    fixedNumber('fixedNumberPre', n, options),
  /** Each pre neuron gets n post neurons. */
  fixedNumberPost: (n: number, options: FixedNumberOptions = {}): FixedNumberConnector =>
    fixedNumber('fixedNumberPost', n, options),
  fromList,
  /**
   * The leanest way to give millions of synapses: sorted by pre neuron, so that none has to be named. Nothing is
   * copied when `start` and `post` are Uint32Arrays and the post neurons of each row ascend; do not change
   * them before `compile` returns.
   */
  fromRows,
  /** Where a [pre][post] matrix is not zero, a synapse. */
  array: (mask: Matrix): MatrixConnector => toMatrix(mask, false),
  /** [pre][post] weights; zero = no synapse. */
  matrix: (weights: Matrix): MatrixConnector => toMatrix(weights, true),
  conv2d,
} as const;
