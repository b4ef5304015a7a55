/**
 * A shard's log of membrane updates: for every step, of each population, how many of the shard's neurons have another v
 * than after the step before, or fired. Read by the host between legs (recorder.ts). Without it nothing here is paid for.
 *
 * A number a population, not v of every neuron: 19,000 neurons would fill a log of 4 MiB in 55 steps.
 */
import { type Cluster, countChanged, type MembraneRun, type MembraneTally } from '../cores/index.js';
import { LEG_START } from './control.js';
import type { ChipImage } from './image.js';
import type { ShardPlan } from './memory-plan.js';
import type { CoreRange } from './shard.js';

/** Compartments of one population on one core: of the cluster's, which is of the shard's. */
export interface PlacedRun extends MembraneRun {
  readonly cluster: number;
  readonly core: number;
}

/** The runs of a shard, whose clusters are given. */
export function membraneRuns({ populations }: ChipImage, clusters: readonly CoreRange[]): PlacedRun[] {
  return populations.flatMap(({ slices }, population) =>
    slices.flatMap(({ core, compartment, count }): PlacedRun[] => {
      const cluster = clusters.findIndex(({ first, end }) => core >= first && core < end);
      if (cluster < 0) return [];
      const own = core - clusters[cluster]!.first;
      return [{ cluster, core: own, from: compartment, to: compartment + count, population }];
    }),
  );
}

export class MembraneLog {
  readonly isOn: boolean;
  readonly #clusters: readonly Cluster[];
  /** Per cluster, then core. */
  readonly #runs: readonly (readonly (readonly MembraneRun[])[])[];
  /** All of it in the chip's memory, for threads take over each other's shards. */
  readonly #tally: MembraneTally;
  readonly #width: number;
  readonly #control: Int32Array;

  constructor(
    buffer: ArrayBufferLike,
    control: Int32Array,
    { voltagesAt, voltages, membraneRuns, membraneAt, membraneWords, membraneMost, firstKey }: ShardPlan,
    clusters: readonly Cluster[],
  ) {
    this.isOn = membraneMost > 0;
    this.#clusters = clusters;
    const runs = clusters.map(({ cores }) => cores.map((): MembraneRun[] => []));
    for (const run of membraneRuns) runs[run.cluster]![run.core]!.push(run);
    this.#runs = runs;
    this.#tally = {
      before: new Int32Array(buffer, voltagesAt, voltages),
      firstKey,
      counts: new Uint32Array(buffer, membraneAt, membraneWords),
      at: 0,
    };
    this.#width = membraneMost;
    this.#control = control;
  }

  /** Begins step `t`: a row of the leg. */
  open(t: number): void {
    if (!this.isOn) return;
    const at = (t - 1 - this.#control[LEG_START]!) * this.#width;
    this.#tally.counts.fill(0, at, at + this.#width);
    this.#tally.at = at;
  }

  /** Takes up cluster i after its update of step `t`, or after step `t` without one where it was quiet. */
  take(i: number, t: number, quiet: boolean): void {
    countChanged(this.#clusters[i]!, this.#runs[i]!, this.#tally, { t, quiet });
  }

  /** Whether the log might not hold another step. */
  get isFull(): boolean {
    return this.isOn && this.#tally.at + 2 * this.#width > this.#tally.counts.length;
  }
}
