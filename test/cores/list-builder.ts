/** Builds the synaptic memory of a core, segment by segment; and cores around it that are at rest. */
import {
  type ChipProfile,
  type CompartmentRegisters,
  type CoreImage,
  type CoreRegisters,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  packSynapse,
  packTarget,
  type RegisterColumn,
  type SynapseFormat,
  type SynapseMemory,
} from '../../cores/index.js';
import { FORMAT } from './core-fixture.js';

export interface ListSynapse {
  readonly target: number;
  readonly delay: number;
  /** mantissa, or the whole weight in a wide list */
  readonly weight: number;
}

interface Segment {
  readonly format: number;
  readonly wide: number;
  readonly offset: number;
  readonly count: number;
  readonly first: number;
  readonly delay: number;
}

export class ListBuilder {
  readonly #formats: SynapseFormat[] = [];
  readonly #segments: Segment[] = [];
  readonly #axonStart = [0];
  readonly #words: number[] = [];
  readonly #rows: number[] = [];
  #longest = 0;
  #synapses = 0;

  sparse(synapses: readonly ListSynapse[], shift = 0): void {
    this.#add('sparse', shift, { offset: this.#store(synapses), count: synapses.length });
  }

  wide(synapses: readonly ListSynapse[]): void {
    const offset = this.#words.length;
    for (const { target, delay, weight } of synapses) {
      this.#words.push(packTarget(delay, target), weight >>> 0);
      this.#longest = Math.max(this.#longest, delay);
    }
    this.#add('sparse', 0, { wide: 1, offset, count: synapses.length });
  }

  /** Stores a kernel that several axons may use; returns what `conv` wants. */
  kernel(synapses: readonly ListSynapse[]): { readonly offset: number; readonly count: number } {
    return { offset: this.#store(synapses), count: synapses.length };
  }

  conv(kernel: { readonly offset: number; readonly count: number }, first: number, shift = 0): void {
    this.#add('conv', shift, { ...kernel, first });
  }

  row(weights: readonly number[], first: number, delay = 0, shift = 0): void {
    const offset = this.#rows.length;
    for (const weight of weights) this.#rows.push(weight);
    this.#longest = Math.max(this.#longest, delay);
    this.#add('dense', shift, { offset, count: weights.length, first, delay });
  }

  endAxon(): void {
    this.#axonStart.push(this.#segments.length);
  }

  /** A core with these lists. `maxDelay` may be longer than any list's. */
  core(
    profile: ChipProfile,
    n: number,
    {
      compartments = {},
      registers = {},
      u0 = 0,
      v0 = 0,
      maxDelay = this.#longest,
    }: {
      readonly compartments?: Partial<CompartmentRegisters>;
      readonly registers?: Partial<CoreRegisters>;
      readonly u0?: RegisterColumn;
      readonly v0?: RegisterColumn;
      readonly maxDelay?: number;
    } = {},
  ): CoreImage {
    const inAxons = this.#axonStart.length - 1;
    return {
      chipX: 0,
      chipY: 0,
      tileX: 0,
      tileY: 0,
      slot: 0,
      n,
      compartments: { ...DEFAULT_COMPARTMENT, ...compartments },
      registers: { ...DEFAULT_CORE(profile.rules), ...registers },
      u0,
      v0,
      inAxons,
      synapses: this.#memory(),
      outAxons: { start: new Uint32Array(n + 1), core: new Uint32Array(0), axon: new Uint32Array(0) },
      maxDelay,
      used: {
        compartments: n,
        inAxons,
        outAxonSlots: 0,
        synapseBits: 0,
        accumulators: 0,
        synapses: this.#synapses,
      },
    };
  }

  #memory(): SynapseMemory {
    const segments = this.#segments;
    return {
      formats: this.#formats,
      axonStart: Uint32Array.from(this.#axonStart),
      format: Uint8Array.from(segments, (s) => s.format),
      wide: Uint8Array.from(segments, (s) => s.wide),
      offset: Uint32Array.from(segments, (s) => s.offset),
      count: Uint32Array.from(segments, (s) => s.count),
      first: Uint32Array.from(segments, (s) => s.first),
      delay: Uint8Array.from(segments, (s) => s.delay),
      words: Uint32Array.from(this.#words),
      rows: Int16Array.from(this.#rows),
    };
  }

  #store(synapses: readonly ListSynapse[]): number {
    const offset = this.#words.length;
    for (const { target, delay, weight } of synapses) {
      this.#words.push(packSynapse(weight, delay, target));
      this.#longest = Math.max(this.#longest, delay);
    }
    return offset;
  }

  #add(
    kind: SynapseFormat['kind'],
    shift: number,
    segment: Partial<Segment> & { offset: number; count: number },
  ): void {
    this.#synapses += segment.count;
    this.#segments.push({ wide: 0, first: 0, delay: 0, format: this.#format(kind, shift), ...segment });
  }

  #format(kind: SynapseFormat['kind'], shift: number): number {
    const known = this.#formats.findIndex((f) => f.kind === kind && f.shift === shift);
    if (known >= 0) return known;
    this.#formats.push({ ...FORMAT, kind, shift });
    return this.#formats.length - 1;
  }
}
