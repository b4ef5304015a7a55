/**
 * Model `simple`: a step takes as long as its busiest core, sending or receiving, and the barrier. The mesh
 * takes no time and nobody waits. Formula 3 ("simple") of SANA-FE (Boyle et al. 2025), exactly.
 */
import { BARRIER_BOUND } from './simple-words.js';
import { boundOfCode } from './step-bounds.js';
import type { StepMessages, StepTime, TimingModel } from './step-messages.js';

/**
 * Time of a step, barrier included, and the code (step-bounds.ts) of what bounds it: the busiest core, senders before
 * receivers, low numbers before high ones; the barrier where it takes longer, or nothing has anything to do.
 */
export function busiest(
  sent: Float64Array,
  received: Float64Array,
  barrier: number,
): { readonly time: number; readonly code: number } {
  let most = 0;
  let code = BARRIER_BOUND;
  for (let core = 0; core < sent.length; core++) {
    if (sent[core]! > most) {
      most = sent[core]!;
      code = core;
    }
  }
  for (let core = 0; core < received.length; core++) {
    if (received[core]! > most) {
      most = received[core]!;
      code = ~core;
    }
  }
  return { time: most + barrier, code: most < barrier ? BARRIER_BOUND : code };
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
    const { time, code } = busiest(sent, received, this.#barrier);
    return { time, bound: boundOfCode(code) };
  }
}
