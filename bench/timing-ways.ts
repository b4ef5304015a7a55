/** What timing.ts and its processes say to each other. */

/** Ways to run: without an account, with prices, with each timing model, and with NeuroBench's counts of one sample. */
export const WAYS = ['plain', 'counted', 'simple', 'detailed', 'mesh', 'neurobench'] as const;
export type Way = (typeof WAYS)[number];
/** Those that have no model of time. */
export const UNTIMED: ReadonlySet<Way> = new Set(['plain', 'counted', 'neurobench']);
/** Those that cost about as much as the run alone, and are run often for it. */
export const CHEAP_WAYS = ['plain', 'counted', 'simple'] as const satisfies readonly Way[];

export interface TimingReady {
  readonly cores: number;
  readonly steps: number;
}

/** Of one way: seconds of wall time and of this process's user time, what reading the result took after it, and what happened. */
export interface TimingRun {
  readonly wall: number;
  readonly user: number;
  readonly reading: number;
  readonly events: number;
  readonly messages: number;
  readonly spikes: number;
  /** Seconds on the chip; 0 where it was not timed. */
  readonly chip: number;
}

/** A turn: cheap ways several times, one after the other, the others once. */
export interface TimingAnswer {
  readonly runs: Readonly<Record<Way, readonly TimingRun[]>>;
  readonly peakBytes: number;
}
