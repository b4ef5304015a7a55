/** Connectors that draw: fixed probability, fixed number of pre or post neurons. */
import type { FixedNumberConnector, FixedProbabilityConnector } from '../api/connectors.js';
import { type Connections, GrowingList, plainConnections, transpose } from './connections.js';
import { FailureRun, type RandomStream } from './random-stream.js';

/** The two sides of a projection, as sizes, and how a pre row is numbered as a post column. */
export interface Sides {
  readonly rows: number;
  readonly columns: number;
  /** Column of row 0 where both sides are of one population (may be negative or beyond), else null. */
  readonly selfShift: number | null;
}

/** The column that is row `row` itself, or -1. */
const selfOf = ({ selfShift, columns }: Sides, row: number): number => {
  if (selfShift === null) return -1;
  const column = row + selfShift;
  return column >= 0 && column < columns ? column : -1;
};

export function connectProbability(
  { probability, allowSelf }: FixedProbabilityConnector,
  sides: Sides,
  stream: RandomStream,
): Connections {
  const { rows, columns } = sides;
  const start = new Uint32Array(rows + 1);
  const post = new GrowingList(rows * columns * probability * 1.02 + 64);
  const failures = probability > 0 && probability < 1 ? new FailureRun(probability) : null;
  const advance = (): number => {
    if (failures) return failures.draw(stream);
    return probability > 0 ? 0 : Infinity;
  };
  let column = advance();
  for (let row = 0; row < rows; row++) {
    const self = allowSelf ? -1 : selfOf(sides, row);
    while (column < columns) {
      if (column !== self) post.push(column);
      column += 1 + advance();
    }
    column -= columns;
    start[row + 1] = post.length;
  }
  return plainConnections(start, post.take());
}

/**
 * n of `among` numbers, `without` excluded (-1 = none), written to `out` from `at`. Without multapses by
 * Floyd's method: one draw per number; `seen[x] === mark` marks those taken.
 */
class Sampler {
  readonly #seen: Int32Array;
  #mark = 0;

  constructor(among: number) {
    this.#seen = new Int32Array(among);
  }

  draw(n: number, without: number, multapses: boolean, stream: RandomStream, out: Uint32Array, at: number) {
    const among = this.#seen.length - (without >= 0 ? 1 : 0);
    const mark = ++this.#mark;
    for (let k = 0; k < n; k++) {
      let pick: number;
      if (multapses) {
        pick = stream.below(among);
      } else {
        const last = among - n + k;
        pick = stream.below(last + 1);
        if (this.#seen[pick] === mark) pick = last;
        this.#seen[pick] = mark;
      }
      out[at + k] = without >= 0 && pick >= without ? pick + 1 : pick;
    }
  }
}

export function connectFixedNumber(
  { kind, n, allowSelf, multapses }: FixedNumberConnector,
  sides: Sides,
  stream: RandomStream,
): Connections {
  const { rows, columns } = sides;
  const perPost = kind === 'fixedNumberPre';
  const groups = perPost ? columns : rows;
  const drawn = new Uint32Array(groups * n);
  const start = new Uint32Array(groups + 1);
  const sampler = new Sampler(perPost ? rows : columns);
  for (let group = 0; group < groups; group++) {
    const self = allowSelf ? -1 : perPost ? rowOf(sides, group) : selfOf(sides, group);
    sampler.draw(n, self, multapses, stream, drawn, group * n);
    if (!perPost) drawn.subarray(group * n, (group + 1) * n).sort();
    start[group + 1] = (group + 1) * n;
  }
  if (!perPost) return plainConnections(start, drawn, multapses);
  const byRow = transpose(start, drawn, rows);
  return plainConnections(byRow.start, byRow.post, multapses);
}

/** The row that is column `column` itself, or -1. */
function rowOf({ selfShift, rows }: Sides, column: number): number {
  if (selfShift === null) return -1;
  const row = column - selfShift;
  return row >= 0 && row < rows ? row : -1;
}

/** How many partners a fixed number may be drawn from, at the least. */
export function partnersAtLeast({ kind, allowSelf }: FixedNumberConnector, sides: Sides): number {
  const among = kind === 'fixedNumberPre' ? sides.rows : sides.columns;
  return allowSelf || sides.selfShift === null ? among : among - 1;
}
