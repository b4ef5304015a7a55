/**
 * One core's content as plain data: what a chip would be programmed with. Written by the compiler,
 * read by `placeCore`. Nothing here refers to memory addresses or workers.
 */
import type { ResetMode, SignMode } from './profile.js';

/** One value for every compartment, or one per compartment (length n). */
export type RegisterColumn = number | Int32Array;

/** Register values as the user's tools name them (registers.ts has width, range and meaning of each). */
export interface CompartmentRegisters {
  readonly du: RegisterColumn;
  readonly dv: RegisterColumn;
  readonly vthMant: RegisterColumn;
  readonly biasMant: RegisterColumn;
  readonly biasExp: RegisterColumn;
  readonly refract: RegisterColumn;
  readonly noiseEnable: RegisterColumn;
  /** extension: reset value, used when `resetMode` is `value` */
  readonly vreset: RegisterColumn;
  /** extension: lower threshold mantissa (<= 0), used when `ternary` */
  readonly vthLoMant: RegisterColumn;
  /** extension, adaptive threshold: its decay, and what a spike adds to it (units of 64). Default 0: none. */
  readonly dth?: RegisterColumn;
  readonly vthStep?: RegisterColumn;
}

export interface CoreRegisters {
  /** -(2^k) + 1, k = 0..23 */
  readonly vmin: number;
  /** 2^(9 + 2m) - 1, m = 0..7 */
  readonly vmax: number;
  readonly dsOffset: 0 | 1;
  readonly dmOffset: 0 | 1;
  readonly noiseTarget: 'off' | 'current' | 'voltage';
  readonly noiseExp: number;
  readonly noiseMantOffset: number;
  /** extensions */
  readonly resetMode: ResetMode;
  readonly ternary: boolean;
  /** 0 = off */
  readonly resetInterval: number;
  readonly resetOffset: number;
}

/** How the synapses of a segment are stored; sizes in bits price the synaptic memory. */
export interface SynapseFormat {
  readonly kind: 'sparse' | 'dense' | 'conv';
  readonly signMode: SignMode;
  readonly weightBits: number;
  readonly delayBits: number;
  readonly indexBits: number;
  readonly tagBits: number;
  /** Left shift of stored mantissas (0..15): the non-negative part of the weight exponent. */
  readonly shift: number;
  /** Right shift of the connection's sum (Lava's rule for negative exponents); 0 everywhere else. Distinct `connection` numbers never share a sum; each delay slot of a connection needs its own. */
  readonly sumShift: number;
  /** Identifies the connection whose events are summed before `sumShift`; 0 when `sumShift` is 0. */
  readonly connection: number;
  /** Which counter its events go to, and so what they cost; default that of `kind`. */
  readonly events?: SynapseFormat['kind'];
}

/**
 * Segments of synapse lists, structure of arrays. Segment s of `words` covers
 * `words[offset[s] .. offset[s] + count[s])` and its targets are `first[s] + index`.
 *
 * - `sparse`, `conv`: `words` are packed by synapse.ts (mantissa 9 bits, delay 6 bits, index 17 bits).
 *   Conv segments of different axons may share the same `offset`: that is the shared kernel.
 * - `dense`: `rows[offset[s] .. + count[s])` are signed mantissas of compartments `first[s] ..`, all with `delay[s]`.
 * - `wide` segments (format.kind sparse, `wide[s] = 1`): `words` come in pairs (packed delay and index, i32 weight in units of 64);
 *   `count[s]` is still the number of synapses, so they cover `words[offset[s] .. offset[s] + 2 * count[s])`.
 */
export interface SynapseMemory {
  readonly formats: readonly SynapseFormat[];
  /** length inAxons + 1: segments of axon a are axonStart[a] .. axonStart[a + 1] */
  readonly axonStart: Uint32Array;
  readonly format: Uint8Array;
  readonly wide: Uint8Array;
  readonly offset: Uint32Array;
  readonly count: Uint32Array;
  readonly first: Uint32Array;
  readonly delay: Uint8Array;
  readonly words: Uint32Array;
  readonly rows: Int16Array;
}

/** Multicast table: compartment i sends to entries start[i] .. start[i + 1). */
export interface OutAxons {
  readonly start: Uint32Array;
  /** index into ChipImage.cores */
  readonly core: Uint32Array;
  /** in-axon of that core */
  readonly axon: Uint32Array;
}

export interface CoreImage {
  /** Chip in the plane, tile on the chip, core in the tile. */
  readonly chipX: number;
  readonly chipY: number;
  readonly tileX: number;
  readonly tileY: number;
  readonly slot: number;
  /** compartments */
  readonly n: number;
  readonly compartments: CompartmentRegisters;
  readonly registers: CoreRegisters;
  /** State before step 1. */
  readonly u0: RegisterColumn;
  readonly v0: RegisterColumn;
  readonly inAxons: number;
  readonly synapses: SynapseMemory;
  readonly outAxons: OutAxons;
  /** Largest synaptic delay on this core. */
  readonly maxDelay: number;
  /** What the core's content costs on the chip, by the profile's memory rules. */
  readonly used: CoreUse;
}

export interface CoreUse {
  readonly compartments: number;
  readonly inAxons: number;
  readonly outAxonSlots: number;
  readonly synapseBits: number;
  readonly accumulators: number;
  readonly synapses: number;
}
