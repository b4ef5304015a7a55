/**
 * Populations: neurons of one cell type, numbered from 0. They hold parameters only; state lives on the chip.
 */
import { SeamountError } from '../../cores/index.js';
import type { LifCell } from './lif-cell.js';
import type { LoihiCell } from './loihi-cell.js';
import type { Network } from './network.js';
import type { SourceCell } from './sources.js';

export type Cell = LoihiCell | LifCell | SourceCell;

/** Where a core is: its number (slots of tile 0, then tile 1, ..., then the next chip), or its place. */
export type CoreAddress =
  | number
  | {
      readonly chip?: { readonly x: number; readonly y: number };
      readonly tile: { readonly x: number; readonly y: number };
      readonly slot: number;
    };

export interface Placement {
  readonly core: CoreAddress;
  /** Neurons from the first up to, not including, the second. */
  readonly neurons: readonly [from: number, to: number];
}

/** Some consecutive neurons of a population: `from` .. `to - 1`. */
export class PopulationView {
  readonly population: Population;
  readonly from: number;
  readonly to: number;

  constructor(population: Population, from: number, to: number) {
    this.population = population;
    this.from = from;
    this.to = to;
  }

  get size(): number {
    return this.to - this.from;
  }

  /** As errors call it: `hidden[0:100]`. */
  get label(): string {
    return `${this.population.label}[${this.from}:${this.to}]`;
  }
}

/** Cell types whose neurons are the host's. */
export const isSource = (cell: Cell): cell is SourceCell => cell.kind !== 'loihi' && cell.kind !== 'lif';

export class Population {
  readonly network: Network;
  /** Position in the network. */
  readonly index: number;
  readonly size: number;
  readonly cell: Cell;
  readonly label: string;
  #placements: readonly Placement[] | null = null;

  /** Adds itself to the network. `n` >= 1. Throws E_USAGE on a bad size. */
  constructor(network: Network, n: number, cell: Cell, label?: string) {
    this.network = network;
    this.size = n;
    this.cell = cell;
    this.label = label ?? `population ${network.populations.length}`;
    if (!Number.isInteger(n) || n < 1)
      throw new SeamountError('E_USAGE', `population ${this.label}: size ${n} must be a positive integer`);
    this.index = network.add(this);
  }

  /** Neurons from..to - 1 as pre or post of a projection, or to probe. */
  slice(from: number, to: number = this.size): PopulationView {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from >= to || to > this.size)
      throw new SeamountError(
        'E_USAGE',
        `population ${this.label}: [${from}:${to}] is not a range of its ${this.size} neurons`,
      );
    return new PopulationView(this, from, to);
  }

  /**
   * Says on which cores the neurons go. All neurons must be named, each once; `compile` checks that, and
   * that every core can hold what it is given. Without it the compiler places them.
   */
  place(placements: readonly Placement[]): this {
    this.#placements = placements;
    return this;
  }

  get placements(): readonly Placement[] | null {
    return this.#placements;
  }
}
