/** Counts which core bounded steps of model `simple`, in arrays that may be those of the kernels: nothing is made for a step. */
import type { BoundCounts } from './mesh-load.js';
import { busiestCore, IDLE } from './simple.js';

export class CoreBounds {
  readonly #senders: Uint32Array;
  readonly #receivers: Uint32Array;
  readonly #idle: Uint32Array;

  /** @param idle one word */
  constructor(senders: Uint32Array, receivers: Uint32Array, idle: Uint32Array) {
    this.#senders = senders;
    this.#receivers = receivers;
    this.#idle = idle;
  }

  /** The time of the busiest core, which is counted. */
  add(sent: Float64Array, received: Float64Array): number {
    const core = busiestCore(sent, received);
    if (core === IDLE) {
      this.#idle[0]!++;
      return 0;
    }
    if (core < 0) {
      this.#receivers[~core]!++;
      return received[~core]!;
    }
    this.#senders[core]!++;
    return sent[core]!;
  }

  /** Hands the counts over, and begins anew. */
  moveTo(bounds: BoundCounts): void {
    for (const [kind, counts] of [
      ['sender', this.#senders],
      ['receiver', this.#receivers],
    ] as const)
      for (let index = 0; index < counts.length; index++)
        if (counts[index] !== 0) bounds.add({ kind, index }, counts[index]!);
    bounds.add({ kind: 'barrier', index: -1 }, this.#idle[0]!);
    this.clear();
  }

  clear(): void {
    this.#senders.fill(0);
    this.#receivers.fill(0);
    this.#idle.fill(0);
  }
}
