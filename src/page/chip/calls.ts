/** What the chip panel can ask of its worker, and what it is told. All plain data. */
import type { ImageReport } from '../../compiler/report.js';
import type { EnergyReport } from '../../energy/energy-report.js';
import type { Call } from '../protocol.js';

/** A file as it was dropped or chosen; `path` within the folder it came in. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Given =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'files'; readonly files: readonly GivenFile[] };

export interface PopulationInfo {
  readonly label: string;
  readonly kind: 'cells' | 'source';
  readonly size: number;
  readonly firstId: number;
  readonly slices: readonly {
    readonly core: number;
    readonly compartment: number;
    readonly neuron: number;
    readonly count: number;
  }[];
  /** Names of explicit neurons; empty for others. */
  readonly names: readonly string[];
}

/** Where cores are, and then places that only send (`Senders.places`). Global, over all chips. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly coresPerTile: number;
  /** Tiles of one chip. */
  readonly tilesX: number;
  readonly tilesY: number;
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly slot: Uint32Array;
}

export interface Spikes {
  readonly steps: Uint32Array;
  readonly ids: Uint32Array;
}

/** Samples of a state variable of some neurons. */
export interface TracePart {
  readonly population: number;
  readonly variable: 'u' | 'v';
  readonly steps: Uint32Array;
  readonly neurons: Uint32Array;
  /** [steps x neurons] */
  readonly samples: Int32Array;
}

/** What a run directory recorded. */
export interface RecordedRun {
  readonly from: number;
  readonly to: number;
  readonly stateHash: string;
  readonly spikes: Spikes;
  readonly traces: readonly TracePart[];
}

export interface Opened {
  readonly kind: 'network' | 'image' | 'run' | 'checkpoint';
  readonly name: string;
  readonly imageHash: string;
  /** Milliseconds a step; 0 = not known. */
  readonly dt: number;
  readonly populations: readonly PopulationInfo[];
  readonly report: ImageReport;
  readonly plane: Plane;
  /** That run the chip. */
  readonly threads: number;
  readonly notices: readonly string[];
  /** As the network's file says, or null. */
  readonly steps: number | null;
  /** The network's text, where it can be shared in a link; else null. */
  readonly text: string | null;
  readonly run: RecordedRun | null;
  readonly status: Status;
}

/** Numbers of places on the mesh, in the order of `Plane`. */
export interface MeshValues {
  /** Steps they are of. */
  readonly steps: number;
  readonly spikes: Float64Array;
  readonly synapticEvents: Float64Array;
  /** Joules; null where the cost profile has none by core. */
  readonly energy: Float64Array | null;
  /** Messages over each directed link (timing/links.ts numbers them). */
  readonly links: Float64Array;
}

export interface ChipTime {
  readonly seconds: number;
  readonly model: string;
}

/** The chip after a step. */
export interface Status {
  readonly step: number;
  /** There is no going back before this one: 0, or that of the checkpoint that was opened. */
  readonly first: number;
  /** The last step that was ever run. */
  readonly furthest: number;
  /** Null while it runs. */
  readonly hash: string | null;
  /** Whether this step was here before, with this state: `differs` would be a defect. */
  readonly again: 'first' | 'same' | 'differs';
  readonly soFar: MeshValues;
  /** Of the steps since the report before; of one step after a step or a seek. */
  readonly latest: MeshValues;
  readonly energy: EnergyReport;
  /** Null where the profile has no latencies, or not every step since the first was run here. */
  readonly time: ChipTime | null;
}

/** Messages of one step, for showing their way; times are parts of the step, 0..1. */
export interface Flights {
  readonly step: number;
  /** All of the step; the arrays may have fewer. */
  readonly messages: number;
  /** Places; from -1: the host. */
  readonly from: Int32Array;
  readonly to: Uint32Array;
  readonly sent: Float32Array;
  readonly arrived: Float32Array;
}

export interface Advanced {
  readonly step: number;
  /** The last step ever run: with this answer, all spikes up to it have been told. */
  readonly known: number;
  /** What was not known yet, in order. */
  readonly spikes: Spikes;
  readonly traces: readonly TracePart[];
  readonly status: Status | null;
  readonly flights: Flights | null;
  /** Why it stopped, where a neuron left its range. */
  readonly fault: { readonly message: string; readonly hint: string } | null;
}

export interface CoreView {
  readonly step: number;
  readonly u: Int32Array;
  readonly v: Int32Array;
  /** Of each compartment, in units of v. */
  readonly threshold: Int32Array;
  readonly spikes: Float64Array;
}

export interface RegisterView {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  readonly meaning: string;
}

export interface NeuronView {
  readonly step: number;
  readonly state: readonly RegisterView[];
  readonly registers: readonly RegisterView[];
  readonly coreRegisters: readonly RegisterView[];
  /** By destination, one for each in-axon. */
  readonly targets: readonly {
    readonly core: number;
    readonly axon: number;
    readonly synapses: number;
    /** Links on the way; null for the host's sources. */
    readonly hops: number | null;
  }[];
}

interface Ask<Params, Result, Progress = never> extends Call {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Progress;
}

export type ChipCalls = {
  readonly open: Ask<{ readonly given: Given; readonly costs: string }, Opened>;
  /** Up to `steps` steps, or as many as fit in `budgetMs`. `rest`: the chip stands after it. */
  readonly advance: Ask<
    {
      readonly steps: number;
      readonly budgetMs: number;
      readonly report: boolean;
      readonly rest: boolean;
      readonly flights: boolean;
    },
    Advanced
  >;
  readonly seek: Ask<{ readonly step: number }, Advanced, { readonly step: number }>;
  readonly price: Ask<{ readonly costs: string }, Status, { readonly step: number }>;
  readonly core: Ask<{ readonly core: number }, CoreView>;
  readonly neuron: Ask<{ readonly population: number; readonly neuron: number }, NeuronView>;
  /** Membrane of one neuron over past steps, run again on a chip of its own. */
  readonly trace: Ask<
    { readonly population: number; readonly neuron: number; readonly from: number; readonly to: number },
    TracePart
  >;
};
