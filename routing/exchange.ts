/**
 * What happens at the end of a timestep between shards: each hands every other its spike words (aer.ts) and
 * its flags (control.ts), and gets theirs. In the terms of message passing: an all-to-all of words and an
 * all-reduce (or) of flags, started by `send` and completed by `receive`, which is also the barrier.
 */
export interface Exchange {
  /** Prepares for `step`: the words it receives and sends are those of this step. */
  begin(step: number): void;
  /** Where in memory (in 32-bit words) what shard `from` sent to this one in the step before is: `count(from)` words. */
  wordsAt(from: number): number;
  count(from: number): number;
  /** Writes to `next` where the words for each shard go: byte addresses of room for all that one step can need. */
  open(next: Uint32Array): void;
  /** Hands over what was written, up to `next[to]` for every shard, and this shard's flags. */
  send(step: number, next: Uint32Array, flags: number): void;
  /**
   * Waits until all shards have sent. Returns the flags of all, the same for each of them, or `FLAG_ABORTED`
   * when the run has ended instead.
   */
  receive(step: number): number;
}
