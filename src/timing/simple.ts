/**
 * Model `simple`: a step takes as long as its busiest core, sending or receiving, and the barrier. The mesh
 * takes no time and nobody waits. Formula 3 ("simple") of SANA-FE (Boyle et al. 2025), exactly.
 */
import type { StepMessages, StepTime, TimingModel } from './step-messages.js';

/** What bounds a step in which no core has anything to do. */
export const IDLE = 0x7fff_ffff;

/**
 * The busiest core: its number where it sends, ~ its number where it receives, `IDLE` where none has anything to do.
 * Senders before receivers, low numbers before high ones.
 */
export function busiestCore(sent: Float64Array, received: Float64Array): number {
  let most = 0;
  let busiest = IDLE;
  for (let core = 0; core < sent.length; core++) {
    if (sent[core]! > most) {
      most = sent[core]!;
      busiest = core;
    }
  }
  for (let core = 0; core < received.length; core++) {
    if (received[core]! > most) {
      most = received[core]!;
      busiest = ~core;
    }
  }
  return busiest;
}

export class SimpleModel implements TimingModel {
  readonly name = 'simple';
  readonly #barrier: number;
  readonly #sent: Float64Array;
  readonly #received: Float64Array;

  /** @param barrier ps */
  constructor(cores: number, { barrier }: { readonly barrier: number }) {
    this.#barrier = barrier;
    this.#sent = new Float64Array(cores);
    this.#received = new Float64Array(cores);
  }

  step({ first, to, generation, processing, rest, hostProcessing }: StepMessages): StepTime {
    const sent = this.#sent;
    const received = this.#received;
    received.set(hostProcessing);
    let at = 0;
    for (let core = 0; core < sent.length; core++) {
      let sum = rest[core]!;
      for (const end = first[core + 1]!; at < end; at++) {
        sum += generation[at]!;
        received[to[at]!]! += processing[at]!;
      }
      sent[core] = sum;
    }
    const core = busiestCore(sent, received);
    if (core === IDLE) return { time: this.#barrier, bound: { kind: 'barrier', index: -1 } };
    return core < 0
      ? { time: received[~core]! + this.#barrier, bound: { kind: 'receiver', index: ~core } }
      : { time: sent[core]! + this.#barrier, bound: { kind: 'sender', index: core } };
  }
}
