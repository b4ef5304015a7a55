/** In-axons, synaptic memory and delay of a core with a given content: the exact count, by the chip's rules. */
import { accumulatorSlots, indexBitsFor, packSynapse } from '../../cores/index.js';
import { type CoreSlice, compartmentsOf } from './core-content.js';
import { SegmentCost } from './segment-cost.js';
import { SharedLists } from './shared-lists.js';
import type { Strand } from './strand.js';
import type { Column, StrandIndex } from './strand-index.js';

export interface CoreMeasure {
  readonly compartments: number;
  readonly inAxons: number;
  readonly synapseBits: number;
  readonly accumulators: number;
}

export function measureCore(slices: readonly CoreSlice[], index: StrandIndex): CoreMeasure {
  const compartments = compartmentsOf(slices);
  const indexBits = indexBitsFor(compartments);
  const sources = new Set<number>();
  let synapseBits = 0;
  let maxDelay = 0;
  for (const slice of slices) {
    for (let i = slice.from; i < slice.to; i++)
      maxDelay = Math.max(maxDelay, index.delayOnto(slice.population, i));
    for (const column of index.reaching(slice.population)) {
      synapseBits += bitsOfSlice(slice, column, new SegmentCost(column.strand, indexBits), (row) =>
        sources.add(column.firstSource + row),
      );
    }
  }
  const accumulators = compartments * accumulatorSlots(maxDelay);
  return { compartments, inAxons: sources.size, synapseBits, accumulators };
}

function bitsOfSlice(
  { from, to }: CoreSlice,
  { strand, start, row }: Column,
  cost: SegmentCost,
  found: (row: number) => void,
): number {
  const count = new Map<number, number>();
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (let neuron = from; neuron < to; neuron++) {
    for (let k = start[neuron]!; k < start[neuron + 1]!; k++) {
      const r = row[k]!;
      count.set(r, (count.get(r) ?? 0) + 1);
      if (!first.has(r)) first.set(r, neuron);
      last.set(r, neuron);
    }
  }
  const lists = strand.layout === 'conv' ? new SharedLists() : null;
  const scratch = new Uint32Array(to - from);
  let bits = 0;
  for (const [r, synapses] of count) {
    found(r);
    if (lists && !lists.add(listWords(strand, r, first.get(r)!, synapses, scratch), synapses).isNew) continue;
    bits += cost.bits(synapses, last.get(r)! - first.get(r)! + 1);
  }
  return bits;
}

/** Words of `count` synapses of a row from post neuron `first` on, with indices from there. */
export function listWords(
  { start, post, mantissa, delay }: Strand,
  row: number,
  first: number,
  count: number,
  out: Uint32Array,
): Uint32Array {
  let k = lowerBound(post, start[row]!, start[row + 1]!, first);
  for (let at = 0; at < count; at++, k++) {
    const m = typeof mantissa === 'number' ? mantissa : mantissa[k]!;
    out[at] = packSynapse(m, typeof delay === 'number' ? delay : delay[k]!, post[k]! - first);
  }
  return out;
}

/** First position from `low` on whose value is not below `value`, in an ascending stretch. */
function lowerBound(values: Uint32Array, low: number, high: number, value: number): number {
  let a = low;
  let b = high;
  while (a < b) {
    const middle = (a + b) >>> 1;
    if (values[middle]! < value) a = middle + 1;
    else b = middle;
  }
  return a;
}
