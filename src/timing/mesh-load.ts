/** What a run of the mesh adds up to: load of links and cores, and what bounded its steps. */
import type { StepBound } from './step-messages.js';

/** One directed link, over all steps so far. Times in ps. */
export interface LinkLoad {
  /** Its number (links.ts); `linkName` has its name. */
  readonly link: number;
  readonly messages: number;
  /** Time for which it carried a message. */
  readonly busy: number;
  /** Time messages waited because the first of their buffer waited for this link: the first, and those behind it. */
  readonly waited: number;
  /** Longest time a message that was first waited for it. */
  readonly longestWait: number;
  /** Most messages at once in the buffer behind it, those on the way to it included. */
  readonly fullest: number;
}

/** One core, over all steps so far. Times in ps. */
export interface CoreLoad {
  readonly core: number;
  /** Time its sender was held up by a full injection buffer. */
  readonly blocked: number;
  /** Most messages at once in its injection buffer. */
  readonly fullestInjection: number;
  /** Time its receiver worked on messages. */
  readonly processing: number;
  /** Time messages waited in its receive queue. */
  readonly queued: number;
  /** Time messages waited in the mesh because that queue was full: the first of a buffer, and those behind it. */
  readonly heldBack: number;
  /** Most messages at once in its receive queue. */
  readonly longestQueue: number;
}

/** How many steps a core, a link or the barrier bounded. */
export interface BoundCount {
  readonly bound: StepBound;
  readonly steps: number;
}

const KINDS = ['sender', 'receiver', 'link', 'barrier'] as const;

/** Counts bounds; as many as there are different ones. */
export class BoundCounts {
  readonly #steps = KINDS.map(() => new Map<number, number>());

  add({ kind, index }: StepBound, times = 1): void {
    if (times === 0) return;
    const steps = this.#steps[KINDS.indexOf(kind)]!;
    steps.set(index, (steps.get(index) ?? 0) + times);
  }

  /** Most steps first; among equals in order of kind (sender, receiver, link, barrier), then index. */
  list(): readonly BoundCount[] {
    return this.#steps
      .flatMap((counts, kind) =>
        [...counts]
          .sort(([a], [b]) => a - b)
          .map(([index, steps]) => ({ bound: { kind: KINDS[kind]!, index }, steps })),
      )
      .sort((a, b) => b.steps - a.steps);
  }
}
