/**
 * Mailboxes: the exchange through shared memory. One box for every pair of shards and parity of the step,
 * with one writer and one reader, so that no word is ever contended: what is written in step t is read in
 * t + 1, while the writer fills the box of the other parity. The barrier is the only synchronisation.
 *
 * A box is a count and room for one word per source that has targets in the reading shard, which is all
 * one step can send.
 */
import type { Barrier } from './barrier.js';
import { FLAG_ABORTED, FLAG_APART, FLAGS, FLAGS_ODD } from './control.js';
import type { Exchange } from './exchange.js';

/** Where a pair of shards has its boxes. */
export interface MailboxPlan {
  /** Byte addresses of the boxes read in even and odd steps: a count, then the words. */
  readonly even: number;
  readonly odd: number;
  /** in words */
  readonly capacity: number;
}

/** Boxes of a memory: [from][to]. */
export type MailboxPlans = readonly (readonly MailboxPlan[])[];

/** Bytes of a box. Whole cache lines, so that two writers never share one. */
export const mailboxBytes = (capacity: number): number => Math.ceil(((capacity + 1) * 4) / 64) * 64;

const countOf = (buffer: ArrayBufferLike, at: number): Uint32Array => new Uint32Array(buffer, at, 1);
const wordsOf = (buffer: ArrayBufferLike, at: number, capacity: number): Uint32Array =>
  new Uint32Array(buffer, at + 4, capacity);

/** Flags of a step stay readable while a faster shard already raises those of the next. */
const flagsWord = (step: number): number => ((step & 1) === 0 ? FLAGS : FLAGS_ODD);

const boxAt = (plan: MailboxPlan, step: number): number => ((step & 1) === 0 ? plan.even : plan.odd);

/** The words of a box that are read in `step`, for the host between legs. */
export function readMailbox(buffer: ArrayBufferLike, plan: MailboxPlan, step: number): Uint32Array {
  const at = boxAt(plan, step);
  return wordsOf(buffer, at, plan.capacity).subarray(0, countOf(buffer, at)[0]);
}

/** Makes `words` the content of the box read in `step`. */
export function writeMailbox(
  buffer: ArrayBufferLike,
  plan: MailboxPlan,
  step: number,
  words: readonly number[],
): void {
  const at = boxAt(plan, step);
  wordsOf(buffer, at, plan.capacity).set(words);
  countOf(buffer, at)[0] = words.length;
}

/** One side of the boxes of one parity, an entry per shard. */
interface Side {
  readonly counts: readonly Uint32Array[];
  readonly words: readonly Uint32Array[];
}

function side(buffer: ArrayBufferLike, plans: readonly MailboxPlan[], parity: 0 | 1): Side {
  return {
    counts: plans.map((plan) => countOf(buffer, boxAt(plan, parity))),
    words: plans.map((plan) => wordsOf(buffer, boxAt(plan, parity), plan.capacity)),
  };
}

/** A shard's end of all its mailboxes. */
export class MailboxExchange implements Exchange {
  readonly #control: Int32Array;
  readonly #barrier: Barrier | null;
  readonly #outboxes: readonly [Side, Side];
  readonly #inboxes: readonly [Side, Side];
  readonly #shards: number;
  #in: Side;
  #out: Side;

  /**
   * @param barrier null where nobody waits: one shard, or all shards taking turns in one thread
   */
  constructor(
    buffer: ArrayBufferLike,
    control: Int32Array,
    plans: MailboxPlans,
    shard: number,
    barrier: Barrier | null,
  ) {
    const from = plans[shard]!;
    const to = plans.map((row) => row[shard]!);
    this.#control = control;
    this.#barrier = barrier;
    this.#outboxes = [side(buffer, from, 0), side(buffer, from, 1)];
    this.#inboxes = [side(buffer, to, 0), side(buffer, to, 1)];
    this.#shards = plans.length;
    this.#in = this.#inboxes[0];
    this.#out = this.#outboxes[0];
  }

  /** Prepares for `step`: its words are read, and what is written is for the step after. */
  begin(step: number): void {
    this.#in = this.#inboxes[(step & 1) as 0 | 1];
    this.#out = this.#outboxes[((step + 1) & 1) as 0 | 1];
  }

  open(next: Uint32Array): void {
    const { words } = this.#out;
    for (let to = 0; to < this.#shards; to++) next[to] = words[to]!.byteOffset;
  }

  wordsAt(shard: number): number {
    return this.#in.words[shard]!.byteOffset / 4;
  }

  count(shard: number): number {
    return this.#in.counts[shard]![0]!;
  }

  send(step: number, next: Uint32Array, flags: number): void {
    const { counts, words } = this.#out;
    for (let to = 0; to < this.#shards; to++) counts[to]![0] = (next[to]! - words[to]!.byteOffset) / 4;
    const all = this.#barrier?.takeApart() ? flags | FLAG_APART : flags;
    if (all !== 0) Atomics.or(this.#control, flagsWord(step), all);
  }

  receive(step: number): number {
    if (this.#barrier !== null && !this.#barrier.meet()) return FLAG_ABORTED;
    return this.#control[flagsWord(step)]!;
  }
}
