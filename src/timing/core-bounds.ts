/** Counts which core bounded steps of model `simple`, in arrays: nothing is made for a step. */
import type { BoundCounts } from './mesh-load.js';

export class CoreBounds {
  readonly #senders: Uint32Array;
  readonly #receivers: Uint32Array;
  #idle = 0;

  constructor(cores: number) {
    this.#senders = new Uint32Array(cores);
    this.#receivers = new Uint32Array(cores);
  }

  /** The largest of both, its core counted; senders before receivers, low numbers before high ones, as in `busiestCore`. */
  add(sent: Float64Array, received: Float64Array): number {
    let most = 0;
    let index = -1;
    for (let core = 0; core < sent.length; core++) {
      if (sent[core]! > most) {
        most = sent[core]!;
        index = core;
      }
    }
    let receiver = -1;
    for (let core = 0; core < received.length; core++) {
      if (received[core]! > most) {
        most = received[core]!;
        receiver = core;
      }
    }
    if (receiver >= 0) this.#receivers[receiver]!++;
    else if (index >= 0) this.#senders[index]!++;
    else this.#idle++;
    return most;
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
