/**
 * All a report shows, as plain data. `ReportFacts` is JSON; the arrays beside it are large and travel packed
 * (pack.ts). Made by build-report.ts from a run, and by nothing else.
 */
import type { TimeReport } from '../account/time-report.js';
import type { CompileReport, ImageReport } from '../compiler/report.js';
import type { EnergyReport } from '../energy/energy-report.js';
import type { Direction } from '../views/mesh-layout.js';

export const REPORT_SCHEMA = 'seamount/report/1';

export interface ReportPopulation {
  readonly label: string;
  readonly kind: 'cells' | 'source';
  readonly size: number;
  /** Since step 1, recorded or not. */
  readonly spikes: number;
}

/** A value of every core that the mesh can show. */
export interface CoreMetric {
  readonly key: 'spikes' | 'synapses' | 'updates' | 'messages' | 'energy' | 'memory' | 'compartments';
  readonly title: string;
  /** `J`, `bit`, or nothing for counts. */
  readonly unit: string;
  /** In the order of `cores`. */
  readonly values: readonly number[];
}

export interface ReportLink {
  /** Tile it leaves from, chips continuing each other. */
  readonly x: number;
  readonly y: number;
  readonly direction: Direction;
  readonly value: number;
  readonly label: string;
}

export interface ReportMesh {
  readonly tilesX: number;
  readonly tilesY: number;
  readonly chipsX: number;
  readonly chipsY: number;
  readonly coresPerTile: number;
  readonly cores: readonly {
    readonly core: number;
    readonly x: number;
    readonly y: number;
    readonly slot: number;
    readonly label: string;
  }[];
  readonly metrics: readonly CoreMetric[];
  /** null where neither a model of the mesh ran nor all spikes are known. */
  readonly links: {
    readonly quantity: 'load' | 'messages';
    readonly entries: readonly ReportLink[];
  } | null;
}

export interface ReportFacts {
  readonly schema: typeof REPORT_SCHEMA;
  readonly title: string;
  /** Of the package that ran it. */
  readonly version: string;
  readonly image: string;
  readonly profile: string;
  readonly profileTitle: string;
  readonly notices: readonly string[];
  readonly seed: number;
  /** Milliseconds a step; 0 = not known. */
  readonly dt: number;
  readonly steps: { readonly from: number; readonly to: number; readonly asked: number };
  readonly interrupted: boolean;
  readonly command: readonly string[];
  readonly stateHash: string;
  /** In order of network id; neuron 0 of the first is row 0 of the raster. */
  readonly populations: readonly ReportPopulation[];
  /** Recorded in the run. */
  readonly spikesRecorded: number;
  /** Every `rowStride`-th neuron is in the raster: 1 unless spikes are too many to carry. */
  readonly rowStride: number;
  readonly counters: readonly {
    readonly name: string;
    readonly value: number | string;
    readonly meaning: string;
  }[];
  readonly mesh: ReportMesh | null;
  readonly use: ImageReport | null;
  readonly compile: CompileReport | null;
  readonly energy: EnergyReport | null;
  readonly time: TimeReport | null;
}

export interface ReportTrace {
  readonly name: string;
  readonly population: string;
  readonly variable: 'u' | 'v';
  readonly steps: Uint32Array;
  /** Of the population; those that are shown. */
  readonly neurons: Uint32Array;
  /** How many neurons, and how many steps, were recorded. */
  readonly recorded: number;
  readonly stepsRecorded: number;
  /** [neurons][steps], integers as on the chip. */
  readonly samples: readonly Int32Array[];
  /** In the unit of `samples`; null for u, and where thresholds differ or are not known. */
  readonly threshold: number | null;
}

/** What each step cost, in equal stretches. */
export interface ReportSeries {
  readonly from: number;
  readonly to: number;
  readonly binSteps: number;
  /** Of a stretch; null where there are no joules. */
  readonly joules: Float64Array | null;
  /** On the chip; null where it was not timed. */
  readonly seconds: Float64Array | null;
}

export interface ReportData {
  readonly facts: ReportFacts;
  readonly steps: Uint32Array;
  /** Network ids. */
  readonly rows: Uint32Array;
  /** By population, spikes in stretches of `binSteps` from the first step. */
  readonly binSteps: number;
  readonly counts: readonly Uint32Array[];
  readonly traces: readonly ReportTrace[];
  readonly series: ReportSeries | null;
}
