/** What bounded steps: one number for each, and how often each thing did. */
import { BARRIER_BOUND } from './simple-words.js';
import type { StepBound } from './step-messages.js';

/** Code of link 0; the others follow. A core that sends is its number, one that receives ~ its number. */
const FIRST_LINK = 0x4000_0000;

export function codeOfBound({ kind, index }: StepBound): number {
  if (kind === 'barrier') return BARRIER_BOUND;
  if (kind === 'link') return FIRST_LINK + index;
  return kind === 'receiver' ? ~index : index;
}

export function boundOfCode(code: number): StepBound {
  if (code === BARRIER_BOUND) return { kind: 'barrier', index: -1 };
  if (code >= FIRST_LINK) return { kind: 'link', index: code - FIRST_LINK };
  return code < 0 ? { kind: 'receiver', index: ~code } : { kind: 'sender', index: code };
}

/** How many steps a core, a link or the barrier bounded. */
export interface BoundCount {
  readonly bound: StepBound;
  readonly steps: number;
}

/** Senders, receivers, links, the barrier: each by number. */
const KINDS: readonly StepBound['kind'][] = ['sender', 'receiver', 'link', 'barrier'];

/** Counts bounds; as many as there are different ones. */
export class BoundCounts {
  readonly #steps = new Map<number, number>();

  /** Of codes. */
  static of(codes: Int32Array): BoundCounts {
    const counts = new BoundCounts();
    for (const code of codes) counts.#count(code);
    return counts;
  }

  add(bound: StepBound): void {
    this.#count(codeOfBound(bound));
  }

  #count(code: number): void {
    this.#steps.set(code, (this.#steps.get(code) ?? 0) + 1);
  }

  /** Most steps first; among equals in order of kind (sender, receiver, link, barrier), then index. */
  list(): readonly BoundCount[] {
    const kindOf = ({ bound }: BoundCount): number => KINDS.indexOf(bound.kind);
    return [...this.#steps]
      .map(([code, steps]) => ({ bound: boundOfCode(code), steps }))
      .sort((a, b) => b.steps - a.steps || kindOf(a) - kindOf(b) || a.bound.index - b.bound.index);
  }
}
