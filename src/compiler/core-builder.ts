/** Writes the synaptic memory of one core, axon by axon. */
import {
  delayBitsFor,
  indexBitsFor,
  packSynapse,
  packTarget,
  type SynapseFormat,
  type SynapseMemory,
} from '../../cores/index.js';
import type { CoreTally } from './route.js';
import { SharedLists } from './shared-lists.js';
import type { Strand } from './strand.js';

type Kind = SynapseFormat['kind'];
const KINDS: readonly Kind[] = ['sparse', 'dense', 'conv'];

export class CoreBuilder {
  readonly #tally: CoreTally;
  readonly #strands: readonly Strand[];
  readonly #axonStart: Uint32Array;
  readonly #format: Uint8Array;
  readonly #wide: Uint8Array;
  readonly #offset: Uint32Array;
  readonly #count: Uint32Array;
  readonly #first: Uint32Array;
  readonly #delay: Uint8Array;
  readonly #words: Uint32Array;
  readonly #rows: Int16Array;
  /** By strand number. */
  readonly #shared: (SharedLists | undefined)[] = [];
  readonly #sharedSegments: { readonly segment: number; readonly strand: number }[] = [];
  readonly #formats: SynapseFormat[] = [];
  /** Format number of (strand, kind). */
  readonly #formatOf: Int32Array;
  #scratch = new Uint32Array(64);
  #axons = 0;
  #segments = 0;
  #wordsUsed = 0;
  #rowsUsed = 0;
  synapses = 0;
  synapseBits = 0;
  maxDelay = 0;

  constructor(tally: CoreTally, strands: readonly Strand[]) {
    this.#tally = tally;
    this.#strands = strands;
    this.#axonStart = new Uint32Array(tally.inAxons + 1);
    this.#format = new Uint8Array(tally.segments);
    this.#wide = new Uint8Array(tally.segments);
    this.#offset = new Uint32Array(tally.segments);
    this.#count = new Uint32Array(tally.segments);
    this.#first = new Uint32Array(tally.segments);
    this.#delay = new Uint8Array(tally.segments);
    this.#words = new Uint32Array(tally.words);
    this.#rows = new Int16Array(tally.rows);
    this.#formatOf = new Int32Array(strands.length * KINDS.length).fill(-1);
  }

  /** The segments that follow are of a new in-axon, whose number is returned. */
  openAxon(): number {
    this.#axonStart[this.#axons] = this.#segments;
    return this.#axons++;
  }

  /** Synapses `from` .. `to - 1` of a strand; neuron i of its post population is compartment i + shift. */
  addSegment(strandNumber: number, from: number, to: number, shift: number): void {
    const strand = this.#strands[strandNumber]!;
    const { post, layout, delay, wide } = strand;
    const first = post[from]!;
    const span = post[to - 1]! - first + 1;
    const cost = this.#tally.costs[strandNumber]!;
    const count = to - from;
    const s = this.#segments++;
    this.synapses += count;
    this.#count[s] = count;
    const longest = typeof delay === 'number' ? delay : largestOf(delay, from, to);
    if (longest > this.maxDelay) this.maxDelay = longest;
    if (layout === 'conv') {
      this.#first[s] = first + shift;
      this.#format[s] = this.#formatNumber(strandNumber, 'conv');
      this.#addShared(s, strandNumber, from, to);
    } else if (cost.isDense(count, span)) {
      this.#count[s] = span;
      this.#first[s] = first + shift;
      this.#delay[s] = delay as number;
      this.#format[s] = this.#formatNumber(strandNumber, 'dense');
      this.#addRow(s, strand, from, to);
      this.synapseBits += cost.bits(count, span);
    } else {
      this.#format[s] = this.#formatNumber(strandNumber, 'sparse');
      if (wide) this.#wide[s] = 1;
      this.#offset[s] = this.#wordsUsed;
      if (wide) this.#addWide(strand, wide, from, to, shift);
      else this.#addWords(strand, from, to, shift);
      this.synapseBits += cost.bits(count, span);
    }
  }

  #addWords({ post, mantissa, delay }: Strand, from: number, to: number, shift: number): void {
    const words = this.#words;
    let w = this.#wordsUsed;
    if (typeof mantissa === 'number' && typeof delay === 'number') {
      const base = packSynapse(mantissa, delay, 0);
      for (let k = from; k < to; k++) words[w++] = base | (post[k]! + shift);
    } else if (typeof delay === 'number') {
      const each = mantissa as Int16Array;
      for (let k = from; k < to; k++) words[w++] = packSynapse(each[k]!, delay, post[k]! + shift);
    } else if (typeof mantissa === 'number') {
      for (let k = from; k < to; k++) words[w++] = packSynapse(mantissa, delay[k]!, post[k]! + shift);
    } else {
      for (let k = from; k < to; k++) words[w++] = packSynapse(mantissa[k]!, delay[k]!, post[k]! + shift);
    }
    this.#wordsUsed = w;
  }

  #addWide({ post, delay }: Strand, wide: Int32Array, from: number, to: number, shift: number): void {
    for (let k = from; k < to; k++) {
      const d = typeof delay === 'number' ? delay : delay[k]!;
      this.#words[this.#wordsUsed++] = packTarget(d, post[k]! + shift);
      this.#words[this.#wordsUsed++] = wide[k]!;
    }
  }

  #addRow(s: number, { post, mantissa }: Strand, from: number, to: number): void {
    const start = this.#rowsUsed;
    const first = post[from]!;
    for (let k = from; k < to; k++)
      this.#rows[start + post[k]! - first] = typeof mantissa === 'number' ? mantissa : mantissa[k]!;
    this.#offset[s] = start;
    this.#rowsUsed += this.#count[s]!;
  }

  /** The offset is within the strand's own lists until `memory` joins them. */
  #addShared(s: number, strandNumber: number, from: number, to: number): void {
    const { post, mantissa, delay } = this.#strands[strandNumber]!;
    const count = to - from;
    if (this.#scratch.length < count) this.#scratch = new Uint32Array(2 * count);
    for (let k = from; k < to; k++) {
      const m = typeof mantissa === 'number' ? mantissa : mantissa[k]!;
      const d = typeof delay === 'number' ? delay : delay[k]!;
      this.#scratch[k - from] = packSynapse(m, d, post[k]! - post[from]!);
    }
    this.#shared[strandNumber] ??= new SharedLists();
    const { offset, isNew } = this.#shared[strandNumber].add(this.#scratch, count);
    this.#offset[s] = offset;
    this.#sharedSegments.push({ segment: s, strand: strandNumber });
    if (isNew)
      this.synapseBits += this.#tally.costs[strandNumber]!.bits(count, post[to - 1]! - post[from]! + 1);
  }

  #formatNumber(strandNumber: number, kind: Kind): number {
    const at = strandNumber * KINDS.length + KINDS.indexOf(kind);
    if (this.#formatOf[at]! < 0) this.#formatOf[at] = this.#newFormat(this.#strands[strandNumber]!, kind);
    return this.#formatOf[at]!;
  }

  #newFormat(strand: Strand, kind: Kind): number {
    const { signMode, weightBits, maxDelay, shift, sumShift, connection } = strand;
    const format: SynapseFormat = {
      kind,
      signMode,
      weightBits,
      delayBits: delayBitsFor(maxDelay),
      indexBits: kind === 'dense' ? 0 : indexBitsFor(this.#tally.n),
      tagBits: 0,
      shift,
      sumShift,
      connection,
    };
    const names = Object.keys(format) as (keyof SynapseFormat)[];
    const same = this.#formats.findIndex((known) => names.every((name) => known[name] === format[name]));
    return same >= 0 ? same : this.#formats.push(format) - 1;
  }

  /** Formats in use; more than 256 do not fit an image. */
  get formats(): number {
    return this.#formats.length;
  }

  /** All that was written. */
  memory(): SynapseMemory {
    this.#axonStart[this.#axons] = this.#segments;
    return {
      formats: this.#formats,
      axonStart: this.#axonStart,
      format: this.#format,
      wide: this.#wide,
      offset: this.#offset,
      count: this.#count,
      first: this.#first,
      delay: this.#delay,
      words: this.#joinShared(),
      rows: this.#rows,
    };
  }

  /** Plain words, then the shared lists of each strand; offsets of shared segments follow. */
  #joinShared(): Uint32Array {
    const lists = this.#shared.filter((shared) => shared !== undefined);
    if (lists.length === 0) return this.#words;
    const total = lists.reduce((sum, { length }) => sum + length, this.#words.length);
    const words = new Uint32Array(total);
    words.set(this.#words);
    let at = this.#words.length;
    const base = new Map<number, number>();
    for (const [strandNumber, shared] of this.#shared.entries()) {
      if (!shared) continue;
      words.set(shared.words(), at);
      base.set(strandNumber, at);
      at += shared.length;
    }
    for (const { segment, strand } of this.#sharedSegments) this.#offset[segment]! += base.get(strand)!;
    return words;
  }
}

function largestOf(values: Uint8Array, from: number, to: number): number {
  let largest = 0;
  for (let k = from; k < to; k++) if (values[k]! > largest) largest = values[k]!;
  return largest;
}
