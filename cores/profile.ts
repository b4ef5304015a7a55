/**
 * What a chip is, as data: its limits and its rules. Chips and the emulators we match bit for bit
 * differ by a `ChipProfile` literal (`profiles.ts`) and by nothing else; no code asks for a profile's name.
 *
 * Sources of the rules: nengo-loihi e564f66, Lava b6822fb, Brian2Loihi 9ac5842 (all three run and
 * compared), Davies et al. 2018 for limits.
 */

/** How a sum that leaves its register behaves. Every departure is counted, whatever the choice. */
export type OverflowBehaviour =
  /** two's complement of the register's width */
  | 'wrap'
  /** saturate at the ends of the register */
  | 'clamp'
  /** finish the step as `wrap` would, then stop the run and name the compartment */
  | 'error';

/**
 * The register a sum must fit.
 *
 * - `twosComplement`: `bits` magnitude bits plus sign, `-2^bits .. 2^bits - 1`.
 * - `lavaWrap`: Lava's current: `x > 2^23 -> x - 2^24`, `x <= -2^23 -> x + 2^24`, once, so `+2^23` is legal.
 * - `none`: the peer has no limit. Ours is the emulator's own, `|x| < 2^30`; leaving it always stops the run.
 */
export type SumRule =
  | { readonly kind: 'twosComplement'; readonly bits: number }
  | { readonly kind: 'lavaWrap' }
  | { readonly kind: 'none' };

/** What may happen to `v` beyond its range: the core's `vmin`/`vmax` registers, +-(2^23 - 1), or no limit (2^30, as above). */
export type VoltageRange = 'registers' | 'symmetric23' | 'none';

export type ResetMode =
  /** v = 0 (the only one Loihi 1 has) */
  | 'zero'
  /** v = vreset register (extension) */
  | 'value'
  /** v = v - vth, soft reset (extension) */
  | 'subtract';

/** How a user's weight mantissa becomes a storable one. `exact` refuses what the format cannot hold. */
export type WeightRounding = 'exact' | 'nearestEven' | 'floor' | 'towardZero';

/** Where a negative weight exponent is applied: per synapse (floor or nearest even), or Lava's shift of the connection's sum. */
export type NegativeExponentRule = 'synapseFloor' | 'synapseNearest' | 'connectionSum';

export type SignMode = 'mixed' | 'excitatory' | 'inhibitory';

/** Integer rules of a compartment and a synapse. Section numbers refer to docs/semantics.md. */
export interface Rules {
  /** 1-bit offsets added to du and dv, shared by a core (section 2). Effective decay is `register + offset`, at most 4096. */
  readonly dsOffset: 0 | 1;
  readonly dmOffset: 0 | 1;
  /** Largest du / dv register value: 4095, or 4096 where a peer accepts it. */
  readonly duMax: 4095 | 4096;
  readonly dvMax: 4095 | 4096;
  /** Sum of synaptic input and current noise, before the decayed current is added. */
  readonly inputSum: SumRule;
  /** Decayed current plus input. */
  readonly current: SumRule;
  /** Current plus bias plus voltage noise. */
  readonly biasSum: SumRule;
  readonly onOverflow: OverflowBehaviour;
  readonly voltage: VoltageRange;
  readonly bias: {
    readonly mantMin: number;
    readonly mantMax: number;
    readonly expMin: number;
    readonly expMax: number;
  };
  readonly vthMantMin: number;
  readonly vthMantMax: number;
  /** Held steps are `refract - 1` (0 behaves as 1). A profile without refractoriness has max 1. */
  readonly refractMax: number;
  readonly weights: {
    /** Bit widths a format may have. */
    readonly bits: readonly number[];
    readonly rounding: WeightRounding;
    /** Mixed mode reaches -256 in `full`, -254 in `symmetric`. */
    readonly mixedRange: 'full' | 'symmetric';
    /** Lowest inhibitory mantissa: the magnitude of 8 bits, or what fits 9 bits in two's complement. */
    readonly inhibitoryMin: -255 | -256;
    readonly negativeExponent: NegativeExponentRule;
    readonly expMin: number;
    readonly expMax: number;
    /** Clip effective weights to +-(2^21 - 64). */
    readonly clip: boolean;
  };
  /** Largest synaptic delay register: a spike of step t arrives at t + 1 + delay. */
  readonly delayMax: number;
  /** Steps added to the stamp of a host input spike to get its arrival step. */
  readonly hostInputLatency: 0 | 1;
  /** Uniform integer noise draws, inclusive. */
  readonly noise: { readonly min: number; readonly max: number };
  readonly resets: readonly ResetMode[];
  /** Spikes of value -1 below `vthLo`, +1 above `vth` (Lava extension). */
  readonly ternary: boolean;
  /** u and v cleared before integration every `resetInterval` steps (Lava extension). */
  readonly periodicReset: boolean;
  /** Spikes may carry an integer payload that multiplies the weight (Loihi 2). */
  readonly graded: boolean;
  /** A spike may raise the threshold, which decays back (extension). Absent is false: images made before there was such a rule keep their hash. */
  readonly adaptiveThreshold?: boolean;
  /** What a probe of v reads while refractory: 0, or the chip's 128 x remaining count. */
  readonly refractoryReadout: 'zero' | 'countdown';
}

/** A number, or null where the profile has no such limit. */
export type Limit = number | null;

/** Capacity of one core and shape of the chip. */
export interface Limits {
  readonly compartmentsPerCore: Limit;
  readonly inAxonsPerCore: Limit;
  readonly outAxonSlotsPerCore: Limit;
  /** Synaptic memory in bits, each axon's list rounded up to 64-bit words. */
  readonly synapseBitsPerCore: Limit;
  /** Dendritic accumulators shared by a core's compartments; slots per compartment are a power of two, max delay = slots - 2. */
  readonly accumulatorsPerCore: Limit;
  readonly tilesX: number;
  readonly tilesY: number;
  readonly coresPerTile: number;
  /** Chips in the plane, x then y; null grows as needed. */
  readonly chips: Limit;
}

export interface ChipProfile {
  readonly name: string;
  /** One line for reports. */
  readonly title: string;
  /** Where rules and limits come from. */
  readonly source: string;
  /** Printed with every result made under this profile, e.g. that capacity limits are off. Empty when there is nothing to say. */
  readonly notice: string;
  readonly rules: Rules;
  readonly limits: Limits;
}
