/**
 * How many steps a run goes on between two looks at the world (progress, Ctrl-C): few while a step is slow, many while it is
 * fast, for every leg costs some microseconds. Results do not depend on where legs end.
 */

/** What a leg should take, in ms: below is wasted, above is felt. */
const LEAST_MS = 5;
const MOST_MS = 20;

export class LegPace {
  #steps = 1;
  #since: number | null = null;

  /** Steps of the leg that begins now; the one before has taken all the time since the last call. */
  next(): number {
    const now = performance.now();
    if (this.#since !== null) {
      const took = now - this.#since;
      if (took < LEAST_MS) this.#steps *= 2;
      else if (took > MOST_MS) this.#steps = Math.max(1, this.#steps >>> 1);
    }
    this.#since = now;
    return this.#steps;
  }
}
