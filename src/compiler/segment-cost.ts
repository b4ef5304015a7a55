/** What one axon's synapses of one strand cost in synaptic memory, and whether they are stored as a dense row. */
import { BLOCK_SYNAPSES, delayBitsFor, type SynapseListFormat, synapseListBits } from '../../cores/index.js';
import type { Strand } from './strand.js';

/** `synapseListBits` by table: the compiler asks once per synapse. */
class ListCost {
  readonly #full: number;
  /** Bits of a last block of 0 .. 63 synapses. */
  readonly #rest: Uint32Array;

  constructor(format: SynapseListFormat) {
    this.#full = synapseListBits(format, BLOCK_SYNAPSES);
    this.#rest = Uint32Array.from({ length: BLOCK_SYNAPSES }, (_, k) => synapseListBits(format, k));
  }

  bits(count: number): number {
    return Math.floor(count / BLOCK_SYNAPSES) * this.#full + this.#rest[count % BLOCK_SYNAPSES]!;
  }
}

export class SegmentCost {
  readonly #layout: Strand['layout'];
  readonly #sparse: ListCost;
  readonly #dense: ListCost;

  /** `indexBits`: of the core the synapses are on. */
  constructor({ layout, weightBits, maxDelay }: Strand, indexBits: number) {
    const format = { weightBits, delayBits: delayBitsFor(maxDelay), tagBits: 0 };
    this.#layout = layout;
    this.#sparse = new ListCost({ ...format, indexBits });
    this.#dense = new ListCost({ ...format, indexBits: 0 });
  }

  /** Bits of `count` synapses whose targets span `span` compartments. For `conv`, of a list nobody shares. */
  bits(count: number, span: number): number {
    switch (this.#layout) {
      case 'dense':
        return this.#dense.bits(span);
      case 'auto':
        return Math.min(this.#sparse.bits(count), this.#dense.bits(span));
      default:
        return this.#sparse.bits(count);
    }
  }

  isDense(count: number, span: number): boolean {
    if (this.#layout === 'dense') return true;
    return this.#layout === 'auto' && this.#dense.bits(span) < this.#sparse.bits(count);
  }
}
