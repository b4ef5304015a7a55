/** Counts which core bounded steps of model `simple`, in arrays: nothing is made for a step. */
import type { BoundCounts } from './mesh-load.js';
import { busiestCore } from './simple.js';
import { IDLE } from './simple-words.js';

export class CoreBounds {
  readonly #senders: Uint32Array;
  readonly #receivers: Uint32Array;
  #idle = 0;

  constructor(cores: number) {
    this.#senders = new Uint32Array(cores);
    this.#receivers = new Uint32Array(cores);
  }

  /** The time of the busiest core, which is counted. */
  add(sent: Float64Array, received: Float64Array): number {
    const core = busiestCore(sent, received);
    this.count(core);
    if (core === IDLE) return 0;
    return core < 0 ? received[~core]! : sent[core]!;
  }

  /** Counts a step by its busiest core, as `busiestCore` has it. */
  count(busiest: number): void {
    if (busiest === IDLE) this.#idle++;
    else if (busiest < 0) this.#receivers[~busiest]!++;
    else this.#senders[busiest]!++;
  }

  /** Hands the counts over, and begins anew. */
  moveTo(bounds: BoundCounts): void {
    this.#senders.forEach((steps, index) => {
      bounds.add({ kind: 'sender', index }, steps);
    });
    this.#receivers.forEach((steps, index) => {
      bounds.add({ kind: 'receiver', index }, steps);
    });
    bounds.add({ kind: 'barrier', index: -1 }, this.#idle);
    this.#senders.fill(0);
    this.#receivers.fill(0);
    this.#idle = 0;
  }
}
