/** What timing.ts and its processes say to each other. */

/** Ways to run: without an account, with prices, and with each timing model. */
export const WAYS = ['plain', 'counted', 'simple', 'detailed', 'mesh'] as const;
export type Way = (typeof WAYS)[number];
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
