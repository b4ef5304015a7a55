/**
 * What the compiler tells about its work, as plain data: what each core uses of what exists, why populations
 * were split, and every value that was rounded. `explain.ts` fills and prints it.
 */

export type LimitName = 'compartments' | 'inAxons' | 'outAxonSlots' | 'synapseBits' | 'accumulators';

export interface Usage {
  readonly limit: LimitName;
  readonly used: number;
  /** null: the profile has no such limit. */
  readonly available: number | null;
}

/** Where a core is: chip in the plane, tile on the chip, core in the tile. */
export interface CoreLocation {
  readonly chipX: number;
  readonly chipY: number;
  readonly tileX: number;
  readonly tileY: number;
  readonly slot: number;
}

export interface CoreReport extends CoreLocation {
  /** Index in the image. */
  readonly core: number;
  /** Neurons `from` .. `to - 1` of a population. */
  readonly populations: readonly {
    readonly label: string;
    readonly from: number;
    readonly to: number;
  }[];
  readonly usage: readonly Usage[];
  readonly synapses: number;
  readonly maxDelay: number;
}

/** Why the fill of a core stopped: a limit of the chip, or something else. */
export type SplitReason =
  | LimitName
  /** The next neuron has other per-core registers (vmin, vmax, noise, reset, ...). */
  | 'coreRegisters'
  /** The `coreSize` option, or the emulator's 131,072 compartments of a core without limits. */
  | 'coreSize';

export interface Split {
  readonly population: string;
  /** First neuron of the new core. */
  readonly neuron: number;
  /** The core that was full. */
  readonly core: number;
  readonly reason: SplitReason;
  readonly message: string;
}

/** One register (or weight column) that could not hold what was wanted; the neuron that lost most. */
export interface Rounding {
  /** `tau_m`, `bias`, `v_th`, ... */
  readonly quantity: string;
  readonly unit: string;
  readonly register: string;
  /** Register value. */
  readonly value: number;
  /** Neuron with the largest relative error. */
  readonly neuron: number;
  readonly wanted: number;
  readonly got: number;
  readonly relativeError: number;
  readonly message: string;
}

/** A `lif` population converted to registers. */
export interface ConversionReport {
  readonly population: string;
  /** ms */
  readonly dt: number;
  /** Units of v per mV above v_reset; for populations whose neurons differ, the nominal one. */
  readonly unitsPerMv: number;
  /** One per register, also exact ones. */
  readonly roundings: readonly Rounding[];
}

/** How a projection's weights fared. */
export interface WeightReport {
  readonly projection: string;
  readonly synapses: number;
  readonly signMode: string;
  readonly weightBits: number;
  /** null when synapses have their own. */
  readonly weightExp: number | null;
  /** Synapses whose stored weight differs from the wanted one. */
  readonly rounded: number;
  /** Non-zero weights stored as zero. */
  readonly lost: number;
  /** Largest |got - wanted| and the wanted value it belongs to, in the unit of the weights. */
  readonly maxError: number;
  readonly worstWanted: number;
  readonly unit: string;
}

/** What an image says about itself. */
export interface ImageReport {
  readonly profile: { readonly name: string; readonly title: string; readonly notice: string };
  readonly chips: number;
  readonly cores: readonly CoreReport[];
  readonly totals: {
    readonly neurons: number;
    readonly sources: number;
    readonly synapses: number;
    readonly synapseBits: number;
  };
}

export interface CompileReport extends ImageReport {
  readonly splits: readonly Split[];
  readonly conversions: readonly ConversionReport[];
  readonly weights: readonly WeightReport[];
  /** Sentences a user should see: the profile's notice, risks of the conversion. */
  readonly notices: readonly string[];
}
