/**
 * Spikes the host sends while the chip runs, kept in order of steps until a leg takes them. A source spikes
 * at most once in a step this way; its value (payload) multiplies the weights.
 */
import { SeamountError } from '../cores/index.js';

export interface InputSpikes {
  /** ascending */
  readonly steps: Uint32Array;
  readonly sources: Uint32Array;
  readonly values: Int32Array;
}

const GROWTH = 1024;

export class HostInput {
  readonly #sourceCount: number;
  readonly #payloads: boolean;
  /** The latest step each source was sent for: tells at once that a spike is no duplicate. */
  readonly #latest: Uint32Array;
  #steps = new Uint32Array(GROWTH);
  #sources = new Uint32Array(GROWTH);
  #values = new Int32Array(GROWTH);
  #head = 0;
  #end = 0;

  constructor(sourceCount: number, payloads: boolean) {
    this.#sourceCount = sourceCount;
    this.#payloads = payloads;
    this.#latest = new Uint32Array(sourceCount);
  }

  /**
   * Queues spikes. `steps` is one step for all or one per spike, all after `now`.
   * Throws E_USAGE, and queues nothing, when a spike is impossible.
   */
  add(
    now: number,
    steps: number | ArrayLike<number>,
    sources: ArrayLike<number>,
    values: ArrayLike<number> | null,
  ): void {
    this.#check(now, steps, sources, values);
    this.#reserve(sources.length);
    const begin = this.#end;
    let ordered = true;
    let suspect = false;
    for (let i = 0; i < sources.length; i++) {
      const step = typeof steps === 'number' ? steps : steps[i]!;
      const source = sources[i]!;
      if (this.#end > this.#head && this.#steps[this.#end - 1]! > step) ordered = false;
      if (this.#latest[source]! >= step) suspect = true;
      else this.#latest[source] = step;
      this.#steps[this.#end] = step;
      this.#sources[this.#end] = source;
      this.#values[this.#end] = values?.[i] ?? 1;
      this.#end++;
    }
    const duplicate = suspect ? this.#duplicate() : null;
    if (duplicate !== null) {
      this.#end = begin;
      throw new SeamountError(
        'E_USAGE',
        `source ${duplicate.source} was sent twice for step ${duplicate.step}`,
      );
    }
    if (!ordered) this.#sort();
  }

  /** Writes (step, source, value) triples for `first .. last` to `buffer`; returns how many, and the last step that is complete. */
  load(buffer: Int32Array, last: number): { count: number; last: number } {
    const capacity = buffer.length / 3;
    let count = 0;
    for (let i = this.#head; i < this.#end && this.#steps[i]! <= last; i++) {
      if (count === capacity) {
        const cut = this.#steps[i]!;
        while (buffer[3 * (count - 1)] === cut) count--;
        return { count, last: cut - 1 };
      }
      buffer[3 * count] = this.#steps[i]!;
      buffer[3 * count + 1] = this.#sources[i]!;
      buffer[3 * count + 2] = this.#values[i]!;
      count++;
    }
    return { count, last };
  }

  /** Forgets what was for steps up to `step`: it has arrived. */
  drop(step: number): void {
    while (this.#head < this.#end && this.#steps[this.#head]! <= step) this.#head++;
    if (this.#head === this.#end) this.#head = this.#end = 0;
  }

  clear(): void {
    this.#head = this.#end = 0;
    this.#latest.fill(0);
  }

  /** What has not arrived yet. */
  pending(): InputSpikes {
    return {
      steps: this.#steps.slice(this.#head, this.#end),
      sources: this.#sources.slice(this.#head, this.#end),
      values: this.#values.slice(this.#head, this.#end),
    };
  }

  #check(
    now: number,
    steps: number | ArrayLike<number>,
    sources: ArrayLike<number>,
    values: ArrayLike<number> | null,
  ): void {
    const refuse = (message: string, hint = ''): never => {
      throw new SeamountError('E_USAGE', message, hint);
    };
    if (typeof steps !== 'number' && steps.length !== sources.length) {
      refuse(`${sources.length} input spikes have ${steps.length} steps`);
    }
    if (values !== null && values.length !== sources.length) {
      refuse(`${sources.length} input spikes have ${values.length} values`);
    }
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (!(Number.isInteger(source) && source >= 0 && source < this.#sourceCount)) {
        refuse(`there is no source ${source}; the chip has ${this.#sourceCount}`);
      }
      const step = typeof steps === 'number' ? steps : steps[i]!;
      if (!(Number.isInteger(step) && step > now && step < 2 ** 31)) {
        refuse(`an input spike cannot arrive at step ${step}; the next step is ${now + 1}`);
      }
      const value = values?.[i] ?? 1;
      if (!Number.isInteger(value) || (value | 0) !== value)
        refuse(`an input spike cannot have value ${value}`);
      if (value !== 1 && !this.#payloads) {
        refuse(`an input spike has value ${value}, but this chip takes none`, 'open it with payloads: true');
      }
    }
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#steps.length) return;
    const { steps, sources, values } = this.pending();
    const size = 2 * (steps.length + more) + GROWTH;
    this.#steps = new Uint32Array(size);
    this.#sources = new Uint32Array(size);
    this.#values = new Int32Array(size);
    this.#steps.set(steps);
    this.#sources.set(sources);
    this.#values.set(values);
    this.#end = steps.length;
    this.#head = 0;
  }

  #duplicate(): { source: number; step: number } | null {
    const seen = new Set<number>();
    for (let i = this.#head; i < this.#end; i++) {
      const spike = this.#steps[i]! * this.#sourceCount + this.#sources[i]!;
      if (seen.has(spike)) return { source: this.#sources[i]!, step: this.#steps[i]! };
      seen.add(spike);
    }
    return null;
  }

  #sort(): void {
    const { steps, sources, values } = this.pending();
    const order = Uint32Array.from(steps.keys()).sort((a, b) => steps[a]! - steps[b]! || a - b);
    order.forEach((from, i) => {
      this.#steps[this.#head + i] = steps[from]!;
      this.#sources[this.#head + i] = sources[from]!;
      this.#values[this.#head + i] = values[from]!;
    });
  }
}
