/**
 * A core being filled neuron by neuron: keeps the count of everything a limit is set on, at a cost that
 * follows the neuron's synapses. Shared (convolution) lists are counted as free here; partition.ts measures
 * them when a core is closed.
 */
import { accumulatorSlots, type CoreRegisters, indexBitsFor, type Limits } from '../../cores/index.js';
import { type CoreSize, limitOf } from './core-limits.js';
import { joinRegisters, registersOf } from './core-registers.js';
import type { QuantisedCells } from './quantised-cells.js';
import type { LimitName, SplitReason } from './report.js';
import { SegmentCost } from './segment-cost.js';
import type { StrandIndex } from './strand-index.js';

/** Why a neuron does not go onto the core. */
export interface Refusal {
  readonly reason: SplitReason;
  /** Used so far, used with the neuron, and what there is; all 0 for `coreRegisters`. */
  readonly used: number;
  readonly needed: number;
  readonly available: number;
}

type Use = Record<LimitName, number>;

const EMPTY: Readonly<Use> = {
  compartments: 0,
  inAxons: 0,
  outAxonSlots: 0,
  synapseBits: 0,
  accumulators: 0,
};

/** What is counted neuron by neuron, in the order in which a refusal names it. */
const COUNTED = ['inAxons', 'synapseBits', 'accumulators', 'outAxonSlots'] as const;

/** What is expected of out-axons, which depend on cores still to be filled. */
export interface OutDemand {
  /** Slots each neuron takes, by network id. */
  readonly slots: Uint32Array;
  /** Slots to keep free on a core of several neurons, for what the expectation misses. */
  readonly spare: number;
}

export class CoreFill {
  readonly #index: StrandIndex;
  /** By place in COUNTED; infinite where there is no limit. */
  readonly #available: Float64Array;
  readonly #size: CoreSize;
  readonly #demand: OutDemand;
  readonly #countsSynapses: boolean;
  readonly #countsDelays: boolean;
  readonly #costs: Map<object, SegmentCost>;
  // Marks hold the serial number of the core they were made for, so a new core starts clean at no cost.
  readonly #axonMark: Int32Array;
  readonly #rowMark: Int32Array;
  readonly #rowCount: Uint32Array;
  readonly #rowFirst: Uint32Array;
  readonly #rowBits: Uint32Array;
  #serial = 0;
  #use: Use = { ...EMPTY };
  /** With the next neuron; changes places with `#use` when it goes onto the core. */
  #next: Use = { ...EMPTY };
  #delay = 0;
  #registers: CoreRegisters | null = null;

  constructor(index: StrandIndex, limits: Limits, size: CoreSize, demand: OutDemand) {
    const ids = index.firstId.at(-1)!;
    this.#countsSynapses = limits.inAxonsPerCore !== null || limits.synapseBitsPerCore !== null;
    const rows = this.#countsSynapses ? index.rows : 0;
    this.#index = index;
    this.#available = Float64Array.from(COUNTED, (name) => limitOf(limits, name) ?? Number.POSITIVE_INFINITY);
    this.#countsDelays = limits.accumulatorsPerCore !== null;
    this.#size = size;
    this.#demand = demand;
    this.#costs = new Map(
      index.strands.map((strand) => [strand, new SegmentCost(strand, indexBitsFor(size.most))]),
    );
    this.#axonMark = new Int32Array(this.#countsSynapses ? ids : 0);
    this.#rowMark = new Int32Array(rows);
    this.#rowCount = new Uint32Array(rows);
    this.#rowFirst = new Uint32Array(rows);
    this.#rowBits = new Uint32Array(rows);
    this.open();
  }

  /** Starts an empty core. */
  open(): void {
    this.#serial++;
    this.#use = { ...EMPTY };
    this.#delay = 0;
    this.#registers = null;
  }

  get registers(): CoreRegisters | null {
    return this.#registers;
  }

  /** Puts a neuron on the core, or says why not; then the core must be closed (its counts are spoilt). */
  add(cells: QuantisedCells, neuron: number): Refusal | null {
    const population = cells.population.index;
    const wanted = registersOf(cells, neuron);
    const registers = this.#registers === null ? wanted : joinRegisters(this.#registers, wanted);
    if (registers === null) return { reason: 'coreRegisters', used: 0, needed: 0, available: 0 };
    const use = this.#use;
    const compartments = use.compartments + 1;
    if (compartments > this.#size.most)
      return {
        reason: this.#size.reason,
        used: use.compartments,
        needed: compartments,
        available: this.#size.most,
      };
    // Only accumulators ask for delays, and not all profiles limit them.
    const onto = this.#countsDelays ? this.#index.delayOnto(population, neuron) : 0;
    const delay = Math.max(this.#delay, onto);
    const next = this.#next;
    next.compartments = compartments;
    next.inAxons = use.inAxons;
    next.synapseBits = use.synapseBits;
    next.accumulators = compartments * accumulatorSlots(delay);
    next.outAxonSlots = use.outAxonSlots + this.#demand.slots[this.#index.firstId[population]! + neuron]!;
    if (this.#countsSynapses) this.#addSynapses(next, population, neuron, use.compartments);
    for (let c = 0; c < COUNTED.length; c++) {
      const limit = COUNTED[c]!;
      const available = this.#available[c]!;
      const kept = limit === 'outAxonSlots' && compartments > 1 ? this.#demand.spare : 0;
      if (next[limit] > available - kept)
        return { reason: limit, used: use[limit], needed: next[limit], available };
    }
    this.#next = use;
    this.#use = next;
    this.#delay = delay;
    this.#registers = registers;
    return null;
  }

  /** Adds in-axons and memory of the synapses onto a neuron that becomes `compartment`. */
  #addSynapses(use: Use, population: number, neuron: number, compartment: number): void {
    const serial = this.#serial;
    const axonMark = this.#axonMark;
    const rowMark = this.#rowMark;
    const rowCount = this.#rowCount;
    const rowFirst = this.#rowFirst;
    const rowBits = this.#rowBits;
    let { inAxons, synapseBits } = use;
    for (const { strand, firstRow, firstSource, start, row } of this.#index.reaching(population)) {
      const cost = this.#costs.get(strand)!;
      const shared = strand.layout === 'conv';
      const end = start[neuron + 1]!;
      for (let k = start[neuron]!; k < end; k++) {
        const r = row[k]!;
        const source = firstSource + r;
        if (axonMark[source] !== serial) {
          axonMark[source] = serial;
          inAxons++;
        }
        if (shared) continue;
        const at = firstRow + r;
        if (rowMark[at] !== serial) {
          rowMark[at] = serial;
          rowCount[at] = 0;
          rowFirst[at] = compartment;
          rowBits[at] = 0;
        }
        rowCount[at]!++;
        const bits = cost.bits(rowCount[at]!, compartment - rowFirst[at]! + 1);
        synapseBits += bits - rowBits[at]!;
        rowBits[at] = bits;
      }
    }
    use.inAxons = inAxons;
    use.synapseBits = synapseBits;
  }
}
