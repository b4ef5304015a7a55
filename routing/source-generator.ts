/**
 * Host sources that spike by rule (Poisson, regular), evaluated where the chip runs. Every shard owns a
 * range of the sources and evaluates only those; a spike is a function of (seed, source, step), so the
 * ranges do not matter.
 *
 * Poisson: source s spikes at t when `mix(stream(s) ^ mix(seed + t * STEP)) < threshold`, unsigned, with
 * `stream(s) = mix(mix(s * SOURCE) + seed)` and the mixer of the chip's noise (cores/noise.ts). Streams are
 * combined with the step by xor, not by a sum, so that no source is another one delayed.
 */
import { mix } from '../cores/index.js';
import type { SourceSchedule } from './image.js';

const SOURCE = 0x9e3779b1;
const STEP = 0xc2b2ae3d;

/** Whether a Poisson source spikes at a step. */
export const poissonSpikes = (seed: number, source: number, step: number, threshold: number): boolean =>
  mix(streamOf(seed, source) ^ stepOf(seed, step)) >>> 0 < threshold;

const streamOf = (seed: number, source: number): number => mix((mix(Math.imul(source, SOURCE)) + seed) | 0);
const stepOf = (seed: number, step: number): number => mix((seed + Math.imul(step, STEP)) | 0);

/** Sources of one schedule that fall into a range and can spike at all. */
interface Generator {
  /** Writes the sources that spike at `step` from `out[at]` on; returns the end. Steps may be asked in any order. */
  fire(step: number, out: Uint32Array, at: number): number;
}

class PoissonSources implements Generator {
  readonly #sources: Uint32Array;
  readonly #streams: Int32Array;
  readonly #thresholds: Uint32Array;
  readonly #seed: number;
  readonly #from: number;
  readonly #to: number;

  constructor(schedule: SourceSchedule & { readonly kind: 'poisson' }, low: number, high: number) {
    const inRange = [...schedule.thresholds.keys()].filter((i) => {
      const source = schedule.first + i;
      return schedule.thresholds[i]! > 0 && source >= low && source < high;
    });
    this.#sources = Uint32Array.from(inRange, (i) => schedule.first + i);
    this.#streams = Int32Array.from(this.#sources, (source) => streamOf(schedule.seed, source));
    this.#thresholds = Uint32Array.from(inRange, (i) => schedule.thresholds[i]!);
    this.#seed = schedule.seed;
    this.#from = schedule.from;
    this.#to = schedule.to;
  }

  fire(step: number, out: Uint32Array, at: number): number {
    if (step < this.#from || step > this.#to) return at;
    const streams = this.#streams;
    const thresholds = this.#thresholds;
    const sources = this.#sources;
    const now = stepOf(this.#seed, step);
    let end = at;
    for (let i = 0; i < streams.length; i++) {
      if (mix(streams[i]! ^ now) >>> 0 < thresholds[i]!) out[end++] = sources[i]!;
    }
    return end;
  }
}

/** A calendar: a binary heap of (next step, source), so that a step costs what it spikes. */
class RegularSources implements Generator {
  readonly #sources: Uint32Array;
  readonly #periods: Uint32Array;
  readonly #phases: Uint32Array;
  readonly #to: number;
  readonly #next: Float64Array;
  /** Heap of indices by `#next`. */
  readonly #heap: Uint32Array;
  #step = -1;

  constructor(schedule: SourceSchedule & { readonly kind: 'regular' }, low: number, high: number) {
    const inRange = [...schedule.periods.keys()].filter((i) => {
      const source = schedule.first + i;
      return schedule.periods[i]! > 0 && source >= low && source < high;
    });
    this.#sources = Uint32Array.from(inRange, (i) => schedule.first + i);
    this.#periods = Uint32Array.from(inRange, (i) => schedule.periods[i]!);
    this.#phases = Uint32Array.from(inRange, (i) => schedule.phases[i]!);
    this.#to = schedule.to;
    this.#next = new Float64Array(inRange.length);
    this.#heap = new Uint32Array(inRange.length);
  }

  fire(step: number, out: Uint32Array, at: number): number {
    if (step !== this.#step + 1) this.#startAt(step);
    this.#step = step;
    if (step > this.#to) return at;
    const heap = this.#heap;
    const next = this.#next;
    let end = at;
    while (heap.length > 0 && next[heap[0]!] === step) {
      const i = heap[0]!;
      out[end++] = this.#sources[i]!;
      next[i]! += this.#periods[i]!;
      this.#sink(0);
    }
    return end;
  }

  #startAt(step: number): void {
    for (let i = 0; i < this.#next.length; i++) {
      const phase = this.#phases[i]!;
      const period = this.#periods[i]!;
      this.#next[i] = phase + period * Math.max(0, Math.ceil((step - phase) / period));
      this.#heap[i] = i;
    }
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const next = this.#next;
    const moving = heap[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && next[heap[child + 1]!]! < next[heap[child]!]!) child++;
      if (next[heap[child]!]! >= next[moving]!) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = moving;
  }
}

/** All generated sources of a range. */
export class SourceGenerator {
  readonly #generators: readonly Generator[];

  /** Sources `low .. high - 1` of the image's schedules. */
  constructor(schedules: readonly SourceSchedule[], low: number, high: number) {
    this.#generators = schedules.flatMap((schedule): Generator[] => {
      if (schedule.kind === 'poisson') return [new PoissonSources(schedule, low, high)];
      if (schedule.kind === 'regular') return [new RegularSources(schedule, low, high)];
      return [];
    });
  }

  /** Most spikes one step can have. A source that two schedules drive may spike twice. */
  static most(schedules: readonly SourceSchedule[], low: number, high: number): number {
    const within = (first: number, count: number): number =>
      Math.max(0, Math.min(high, first + count) - Math.max(low, first));
    return schedules.reduce((sum, schedule) => {
      if (schedule.kind === 'poisson') return sum + within(schedule.first, schedule.thresholds.length);
      if (schedule.kind === 'regular') return sum + within(schedule.first, schedule.periods.length);
      return sum;
    }, 0);
  }

  /** Writes the sources that spike at `step` to `out`, in no particular order; returns how many. */
  fire(step: number, out: Uint32Array): number {
    let end = 0;
    for (const generator of this.#generators) end = generator.fire(step, out, end);
    return end;
  }
}
