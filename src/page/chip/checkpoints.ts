/** States of the past to go back to: as many as fit, evenly spread, ever further apart as the run gets longer. */
import type { Checkpoint } from '../../../routing/index.js';

export interface CheckpointOptions {
  /** Steps between two, at first. */
  readonly every: number;
  /** Kept at most. */
  readonly most: number;
  readonly mostBytes: number;
}

const BYTES_A_CORE = 512;

const bytesOf = ({ cores, inFlight }: Checkpoint): number =>
  cores.reduce(
    (sum, core) =>
      sum + BYTES_A_CORE + core.u.byteLength * 3 + core.pending.byteLength + core.spikeCounts.byteLength,
    inFlight.byteLength,
  );

export class Checkpoints {
  readonly #most: number;
  readonly #mostBytes: number;
  /** By step, ascending. */
  readonly #kept = new Map<number, Checkpoint>();
  #every: number;
  #bytes = 0;

  constructor({ every, most, mostBytes }: CheckpointOptions) {
    this.#every = every;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** Steps between two: a run must stop at multiples of it. */
  get every(): number {
    return this.#every;
  }

  get steps(): readonly number[] {
    return [...this.#kept.keys()];
  }

  wants(step: number): boolean {
    return step % this.#every === 0 && !this.#kept.has(step);
  }

  add(checkpoint: Checkpoint): void {
    this.#kept.set(checkpoint.step, checkpoint);
    this.#bytes += bytesOf(checkpoint);
    while (this.#kept.size > 1 && (this.#kept.size > this.#most || this.#bytes > this.#mostBytes))
      this.#thin();
  }

  /** The latest at or before `step`; null: the beginning. */
  before(step: number): Checkpoint | null {
    let best: Checkpoint | null = null;
    for (const [at, checkpoint] of this.#kept) if (at <= step && at > (best?.step ?? -1)) best = checkpoint;
    return best;
  }

  #thin(): void {
    this.#every *= 2;
    for (const [step, checkpoint] of this.#kept)
      if (step % this.#every !== 0) {
        this.#kept.delete(step);
        this.#bytes -= bytesOf(checkpoint);
      }
  }
}
