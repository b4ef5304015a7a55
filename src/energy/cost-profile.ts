/**
 * A cost profile is data: what each event costs in energy and time, each figure with its unit, basis and
 * source. An event is priced, or included in the price of another, or unpriced; never free in silence.
 */
import type { EventName } from './events.js';

/**
 * How a figure was come by. `fitted`: regression on measured silicon. `stated`: published without saying how.
 * `assumed`: ours, for want of a public one.
 */
export type Basis = 'simulated' | 'measured' | 'fitted' | 'vendor' | 'stated' | 'assumed';

/** A number with where it is from. */
export interface Figure {
  readonly value: number;
  readonly unit: 'pJ' | 'ns' | 'mW' | 'messages';
  readonly basis: Basis;
  readonly source: string;
  /** What a reader must know of it, e.g. that it is a minimum. */
  readonly note?: string;
}

/** Part of the price of `includedIn`. */
export interface Included {
  readonly includedIn: EventName;
  /** What a reader must know of it, e.g. that there is another event it may be part of. */
  readonly note?: string;
}

export type Price = Figure | Included;

/** Latencies of what a core does; hops and barrier are of the mesh. In ns. */
export type LatencyName =
  | EventName
  /** Time a link is busy with one message, for `mesh`; else the latency of its hop. */
  | 'link';

/** Barrier time by the number of tiles in use: the figure of the largest `tiles` that is not above it, else the first. */
export interface BarrierStep {
  readonly tiles: number;
  readonly time: Figure;
}

export interface CostProfile {
  readonly kind: 'seamount-cost-profile';
  readonly version: 1;
  readonly name: string;
  /** One line for reports. */
  readonly title: string;
  /** What all figures have in common; each has its own, too. */
  readonly basis: Basis;
  readonly source: string;
  /** Printed with every result: what the figures leave out, and what may not be concluded. */
  readonly notice: string;
  /** `null`: energy may be reported by event. Else why it may not: only a total is. */
  readonly indivisible: string | null;
  /** `null`: joules are printed. Else why they are not: counts only. */
  readonly noEnergy: string | null;
  readonly energy: Readonly<Partial<Record<EventName, Price>>>;
  readonly latency: Readonly<Partial<Record<LatencyName, Price>>>;
  /** Empty where there is no figure. Ascending. */
  readonly barrier: readonly BarrierStep[];
  /** Messages a link's buffer holds; null where there is no figure. */
  readonly linkBuffer: Figure | null;
  /** Power of one chip that does nothing, in mW; never part of operations. Null where there is no figure. */
  readonly staticPower: Figure | null;
  /** Ratios a vendor gives against another profile, e.g. Loihi 2 against Loihi 1; for information only. */
  readonly vendorRatios: readonly {
    readonly what: string;
    readonly ratio: number;
    readonly source: string;
  }[];
}
