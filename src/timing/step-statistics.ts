/** What a timing model says of a whole run: its time, its worst step, and what its steps waited for. */
import type { StepBound, StepTime } from './step-messages.js';

/** Steps that one core, link or the barrier ended. */
export interface BoundCount {
  readonly bound: StepBound;
  readonly steps: number;
}

const PS_PER_SECOND = 1e12;

export class StepStatistics {
  #steps = 0;
  #time = 0;
  #worst: { step: number; time: number } | null = null;
  readonly #bounds = new Map<StepBound['kind'], Map<number, number>>();

  /** @param step its number; the first of equally long ones is the worst */
  add(step: number, { time, bound: { kind, index } }: StepTime): void {
    this.#steps++;
    this.#time += time;
    if (this.#worst === null || time > this.#worst.time) this.#worst = { step, time };
    let ofKind = this.#bounds.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      this.#bounds.set(kind, ofKind);
    }
    ofKind.set(index, (ofKind.get(index) ?? 0) + 1);
  }

  get steps(): number {
    return this.#steps;
  }

  /** ps of all steps; exact below 2^53, which is two and a half hours of chip time. */
  get time(): number {
    return this.#time;
  }

  /** The step that took longest, in ps; null before the first one. */
  get worst(): { readonly step: number; readonly time: number } | null {
    return this.#worst;
  }

  /** Steps a second that the chip would sustain; null where steps take no time. */
  get stepsPerSecond(): number | null {
    return this.#time > 0 ? (this.#steps * PS_PER_SECOND) / this.#time : null;
  }

  /** How often each core, link or the barrier ended a step; the most frequent first. */
  get bounds(): BoundCount[] {
    const all = [...this.#bounds].flatMap(([kind, counts]) =>
      [...counts].map(([index, steps]) => ({ bound: { kind, index }, steps })),
    );
    return all.sort(
      (a, b) =>
        b.steps - a.steps ||
        Number(a.bound.kind > b.bound.kind) - Number(a.bound.kind < b.bound.kind) ||
        a.bound.index - b.bound.index,
    );
  }

  /**
   * How many times faster than real time the chip would run, for steps of `dt` ms; null where steps take no
   * time or the length of a step is not known (dt 0).
   */
  realTimeFactor(dt: number): number | null {
    const rate = this.stepsPerSecond;
    return rate === null || dt === 0 ? null : (rate * dt) / 1000;
  }
}
