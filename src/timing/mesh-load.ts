/** What a run of the mesh adds up to: load of links and cores. */

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
