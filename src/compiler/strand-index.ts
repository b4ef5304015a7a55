/** Strands by what they leave and reach, and the columns of those a core's limits must be counted from. */
import type { Network } from '../api/network.js';
import { startsOf } from './connections.js';
import type { Strand } from './strand.js';

/** A strand by post neuron. */
export interface Column {
  readonly strand: Strand;
  /** Number of the strand's row 0 among the rows of all strands. */
  readonly firstRow: number;
  /** Network id of the pre neuron of row 0. */
  readonly firstSource: number;
  /** Over neurons of the post population, length size + 1. */
  readonly start: Uint32Array;
  /** Rows, ascending for each neuron. */
  readonly row: Uint32Array;
}

export interface StrandIndex {
  readonly strands: readonly Strand[];
  /** Network id of neuron 0, by population; then the number of all neurons. */
  readonly firstId: readonly number[];
  /** By pre population. */
  readonly leaving: readonly (readonly Strand[])[];
  /** Rows of all strands. */
  readonly rows: number;
  /** By post population; built when first asked for. */
  reaching(population: number): readonly Column[];
  /** Largest delay onto each neuron of a population, or the one bound that holds for all when that is small. */
  delayOnto(population: number, neuron: number): number;
}

/** Delays up to this take no more accumulators than delay 0. */
const FREE_DELAY = 6;

export function indexStrands(network: Network, strands: readonly Strand[]): StrandIndex {
  const { populations } = network;
  const firstId = [0];
  for (const { size } of populations) firstId.push(firstId.at(-1)! + size);
  const firstRow: number[] = [];
  let rows = 0;
  for (const { start } of strands) {
    firstRow.push(rows);
    rows += start.length - 1;
  }
  const columns: (readonly Column[] | undefined)[] = [];
  const delays: (Uint8Array | undefined)[] = [];
  const longest = strands.reduce((max, { maxDelay }) => Math.max(max, maxDelay), 0);
  return {
    strands,
    firstId,
    rows,
    leaving: populations.map((population) =>
      strands.filter(({ projection }) => projection.pre.population === population),
    ),
    reaching(index) {
      columns[index] ??= strands.flatMap((strand, s): Column[] => {
        const { pre, post } = strand.projection;
        if (post.population.index !== index) return [];
        const firstSource = firstId[pre.population.index]! + pre.from;
        return [{ strand, firstRow: firstRow[s]!, firstSource, ...columnsOf(strand) }];
      });
      return columns[index];
    },
    delayOnto(index, neuron) {
      if (longest <= FREE_DELAY) return longest;
      delays[index] ??= delaysOnto(strands, index, populations[index]!.size);
      return delays[index][neuron]!;
    },
  };
}

function columnsOf({ start, post, projection }: Strand): { start: Uint32Array; row: Uint32Array } {
  const columnStart = new Uint32Array(projection.post.population.size + 1);
  for (let k = 0; k < post.length; k++) columnStart[post[k]!]!++;
  startsOf(columnStart);
  const next = columnStart.slice();
  const row = new Uint32Array(post.length);
  for (let r = 0; r + 1 < start.length; r++) {
    for (let k = start[r]!; k < start[r + 1]!; k++) {
      const column = post[k]!;
      row[next[column]!] = r;
      next[column]!++;
    }
  }
  return { start: columnStart, row };
}

function delaysOnto(strands: readonly Strand[], population: number, size: number): Uint8Array {
  const longest = new Uint8Array(size);
  for (const { projection, post, delay } of strands) {
    if (projection.post.population.index !== population) continue;
    for (let k = 0; k < post.length; k++) {
      const d = typeof delay === 'number' ? delay : delay[k]!;
      if (d > longest[post[k]!]!) longest[post[k]!] = d;
    }
  }
  return longest;
}
